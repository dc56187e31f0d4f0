"""Firefox and WebKitGTK, each as one tab that opens an address and answers a script."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from selenium.common import WebDriverException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.remote.websocket_connection import WebSocketConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

SECONDS = 60
"""How long a browser may take to start, to load a page or to answer."""
NARROWEST = 480
"""Pixels: WebKitGTK's own browser makes its window no narrower; below, a frame holds the page."""
FRAME = "frame.html"
"""The page of the site under test that holds such a frame."""
_FIREFOX = ("firefox-esr", "firefox")
_SMALL = tuple(f"{place}/webkit2gtk-4*/MiniBrowser" for place in ("lib/*", "lib*", "libexec"))
"""Where Debian, Arch and Fedora keep WebKitGTK's browser, below /usr."""
_SCREEN = ("Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp")


class Missing(Exception):
    """A browser that is not here, and how to get it."""


class Tab(Protocol):
    """What both browsers can be asked."""

    name: str

    def open(self, address: str, width: int) -> None:
        """Load a page, in a window of that width in pixels, and wait until it is there."""

    def answer(self, script: str) -> Any:
        """What the promise of a JavaScript expression comes to, as plain data."""


class _Firefox:
    """Driven by WebDriver BiDi, which Firefox speaks itself: no driver has to be installed."""

    def __init__(self, connection: WebSocketConnection) -> None:
        self._connection = connection
        session = self._send("session.new", capabilities={})
        self.name = f"Firefox {session['capabilities']['browserVersion']}"
        self._context = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        reply: dict[str, Any] = self._connection.send_cmd(method, parameters)
        if reply["type"] == "error":
            raise WebDriverException(f"{method}: {reply['message']}")
        return dict(reply["result"])

    def open(self, address: str, width: int) -> None:
        size = {"width": width, "height": 900}
        self._send("browsingContext.setViewport", context=self._context, viewport=size)
        self._send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def answer(self, script: str) -> Any:
        result = self._send(
            "script.evaluate",
            expression=f"Promise.resolve({script}).then(JSON.stringify)",
            target={"context": self._context},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise WebDriverException(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])


@contextmanager
def firefox(own: str) -> Iterator[Tab]:
    """Firefox, headless and with a profile of its own; raises Missing where there is none."""
    program = next(filter(None, map(shutil.which, _FIREFOX)), None)
    if not program:
        raise Missing("no Firefox: apt-get install firefox-esr")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", "--no-remote", "--profile", profile]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr
            said = (line.rpartition(" on ") for line in process.stderr)
            address = next((url.strip() for what, _, url in said if "BiDi" in what), "")
            if not address:
                raise Missing(f"{program} does not start")
            connection = WebSocketConnection(f"{address}/session", SECONDS, 0.05)
            yield _Firefox(connection)
            connection.close()
        finally:
            process.terminate()
            process.wait()


class _WebKit:
    """WebKitGTK's small browser, driven by its own driver."""

    def __init__(self, driver: WebKitGTK, own: str) -> None:
        self._driver, self._own = driver, own
        self.name = f"WebKitGTK {driver.capabilities['browserVersion']}"
        driver.set_script_timeout(SECONDS)
        driver.set_page_load_timeout(SECONDS)

    def open(self, address: str, width: int) -> None:
        self._driver.switch_to.default_content()
        self._driver.set_window_size(max(width, NARROWEST), 900)
        if width >= NARROWEST:
            self._driver.get(address)
            return
        self._driver.get(self._own + FRAME)
        self._driver.execute_async_script(
            "const [address, width, done] = arguments;"
            "const frame = document.querySelector('iframe');"
            "frame.width = width; frame.onload = done; frame.src = address",
            address,
            width,
        )
        self._driver.switch_to.frame(0)

    def answer(self, script: str) -> Any:
        said = self._driver.execute_async_script(
            f"const done = arguments[0]; Promise.resolve({script})"
            ".then(JSON.stringify).catch(error => JSON.stringify({error: String(error)}))"
            ".then(done)"
        )
        return json.loads(said)


@contextmanager
def webkit(own: str) -> Iterator[Tab]:
    """WebKitGTK on a screen that nobody sees; raises Missing where a part of it is not here.

    `own` is the server of the site, with a page FRAME that holds nothing but a frame.
    """
    driver = shutil.which("WebKitWebDriver")
    browser = next((file for place in _SMALL for file in Path("/usr").glob(place)), None)
    if not driver or not browser:
        raise Missing("no WebKitGTK: apt-get install webkit2gtk-driver")
    if not shutil.which(_SCREEN[0]):
        raise Missing("no screen for WebKitGTK: apt-get install xvfb")
    screen = subprocess.Popen(_SCREEN, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert screen.stdout
        display = f":{screen.stdout.readline().strip()}"
        options = Options()
        options.binary_location = str(browser)
        options.add_argument("--automation")
        tab = WebKitGTK(options, Service(driver, env={"DISPLAY": display, "PATH": "/usr/bin"}))
        try:
            yield _WebKit(tab, own)
        finally:
            tab.quit()
    finally:
        screen.terminate()
        screen.wait()


ENGINES: tuple[Callable[[str], AbstractContextManager[Tab]], ...] = (firefox, webkit)
"""What starts each browser, given the address of the server."""
