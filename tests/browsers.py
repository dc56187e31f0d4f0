"""The browser that shows the pages to the tests, and what happens where there is none.

Any Chromium or Chrome of the machine will do, else the one that Playwright downloads into its own
cache; nothing is installed in the system. Without either, all other tests run, and the last line
says how many were left out and why. Only where CI=true does such a run fail.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright

from tightrope.copies.browser import HINT, installed

DOWNLOAD = (sys.executable, "-m", "playwright", "install", "chromium")
SECONDS = 240
"""How long a download may take: a browser is some 170 MB."""
WITHOUT = "no browser: "
"""How the reason begins for which a test is left out."""
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # Other hosts do not exist; what is asked of them still shows up as a request.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def downloaded(program: str) -> str:
    """Why Playwright's own browser, `program`, cannot be had; "" once it is there."""
    if Path(program).is_file():
        return ""
    try:
        done = subprocess.run(
            DOWNLOAD, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"its download by Playwright was not done after {SECONDS} s"
    if Path(program).is_file():
        return ""
    said = [line for line in (done.stdout + done.stderr).splitlines() if "rror" in line]
    return f"its download by Playwright failed ({said[-1].strip() if said else 'without a word'})"


def once(program: str, folder: Path) -> str:
    """`downloaded`, asked once for all the processes that share `folder`."""
    with (folder / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = folder / "browser.json"
        if not answer.is_file():
            answer.write_text(json.dumps(downloaded(program)), encoding="utf-8")
        return str(json.loads(answer.read_text(encoding="utf-8")))


@contextmanager
def started(playwright: Playwright, folder: Path) -> Iterator[Browser]:
    """A browser that can reach no other host; leaves the test out where there is none."""
    program = installed()
    if not program:
        program = playwright.chromium.executable_path
        missing = once(program, folder)
        if missing:
            pytest.skip(f"{WITHOUT}no Chromium or Chrome is installed, and {missing}")
    try:
        browser = playwright.chromium.launch(executable_path=program, args=[*OPTIONS])
    except Error as error:
        pytest.skip(f"{WITHOUT}{program} does not start ({error.message.splitlines()[0]})")
    yield browser
    browser.close()


def left_out(reports: list[pytest.TestReport]) -> str:
    """How many of the skipped tests had no browser, and why; "" if none."""
    reasons = [
        report.longrepr[2].removeprefix("Skipped: ")
        for report in reports
        if isinstance(report.longrepr, tuple)
    ]
    without = Counter(reason for reason in reasons if reason.startswith(WITHOUT))
    return "\n".join(
        f"{number} test{'s' * (number != 1)} of the pages left out, {reason}; {HINT}"
        for reason, number in without.items()
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Say last what was left out; a run of CI has failed then."""
    yield
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if hasattr(session.config, "workerinput") or terminal is None:
        return
    missing = left_out(terminal.stats.get("skipped", []))
    if not missing:
        return
    terminal.write_line(missing, yellow=True)
    if os.environ.get("CI") == "true":
        terminal.write_line("CI=true: pages that no browser has shown are not tested", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
