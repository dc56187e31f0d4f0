"""Which browser the tests of the pages take, and what a run says that has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tightrope.copies import browser as machine

from .. import browsers

HOOKS = """import pytest
from playwright.sync_api import sync_playwright
from tightrope.copies import browser as machine
from . import browsers
from .browsers import pytest_sessionfinish as pytest_sessionfinish
machine.APPLICATIONS = ()
@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    shared = tmp_path_factory.getbasetemp().parent
    with sync_playwright() as playwright, browsers.started(playwright, shared) as browser:
        yield browser
"""
TESTS = """import pytest
@pytest.mark.parametrize("number", range(3))
def test_a_page(browser, number):
    assert browser.new_page().evaluate("1 + 1") == 2
def test_something_else():
    pass
"""


def program(path: Path, script: str = "exit 1") -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with a path of one empty folder, and no applications."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(machine, "APPLICATIONS", (str(tmp_path / "Google Chrome"),))
    return folder


class TestWhichBrowserIsTaken:
    def test_none_where_there_is_none(self, bare: Path) -> None:
        assert machine.installed() is None

    @pytest.mark.parametrize("name", machine.NAMES)
    def test_any_chromium_or_chrome_on_the_path(self, bare: Path, name: str) -> None:
        place = program(bare / name)
        assert machine.installed() == place

    def test_an_application_of_macos(self, bare: Path) -> None:
        place = program(Path(machine.APPLICATIONS[0]))
        assert machine.installed() == place

    def test_the_one_that_is_named_before_any_other(
        self, bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        program(bare / "chromium")
        named = program(tmp_path / "my browser")
        monkeypatch.setenv("CHROMIUM", named)
        assert machine.installed() == named

    def test_a_name_that_is_no_program_is_refused(
        self, bare: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
        with pytest.raises(ValueError, match="CHROMIUM must name a program, and /nowhere"):
            machine.installed()


class TestADownload:
    """By a command that stands for Playwright's."""

    @pytest.fixture
    def install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The place of the script that is run to download."""
        script = tmp_path / "install"
        monkeypatch.setattr(browsers, "DOWNLOAD", ("/bin/sh", str(script)))
        return script

    def test_is_made_where_the_browser_is_not_there(self, install: Path, tmp_path: Path) -> None:
        install.write_text(f"touch '{tmp_path}/chrome'")
        assert browsers.downloaded(f"{tmp_path}/chrome") == ""

    def test_is_not_made_where_it_is(self, install: Path, tmp_path: Path) -> None:
        assert browsers.downloaded(program(tmp_path / "chrome")) == ""

    def test_that_fails_says_why(self, install: Path, tmp_path: Path) -> None:
        install.write_text("echo 'Error: no such host' >&2; exit 1")
        missing = browsers.downloaded(f"{tmp_path}/chrome")
        assert missing == "its download by Playwright failed (Error: no such host)"

    def test_that_hangs_is_given_up(
        self, install: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install.write_text("exec sleep 60")
        monkeypatch.setattr(browsers, "SECONDS", 0.2)
        missing = browsers.downloaded(f"{tmp_path}/chrome")
        assert missing == "its download by Playwright was not done after 0.2 s"

    def test_is_tried_once_for_all_processes(self, install: Path, tmp_path: Path) -> None:
        install.write_text(f"echo tried >> '{tmp_path}/log'; exit 1")
        said = {browsers.once(f"{tmp_path}/chrome", tmp_path) for _ in range(3)}
        assert said == {"its download by Playwright failed (without a word)"}
        assert (tmp_path / "log").read_text() == "tried\n"


@pytest.mark.thorough
class TestARunOfThreePagesAndSomethingElse:
    """The hook and the browser in a suite of their own, as `make test` runs them."""

    @pytest.fixture
    def suite(self, tmp_path: Path) -> Path:
        folder = tmp_path / "suite" / "tests"
        folder.mkdir(parents=True)
        shutil.copy(browsers.__file__, folder)
        for name, text in (("__init__", ""), ("conftest", HOOKS), ("test_it", TESTS)):
            (folder / f"{name}.py").write_text(text)
        return folder.parent

    def run(self, suite: Path, **environment: str) -> tuple[int, list[str]]:
        """Exit code and last lines of a run on two processes that can download nothing."""
        away = {"CI", "CHROMIUM", *(name for name in os.environ if name.startswith("PYTEST"))}
        clean = {name: value for name, value in os.environ.items() if name not in away}
        own = {
            "PATH": str(suite),
            "PLAYWRIGHT_BROWSERS_PATH": str(suite),
            "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
            # The three processes need no other plugin, and importing all of them takes seconds.
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        plugins = ("-p", "xdist", "-p", "no:cacheprovider")
        command = [sys.executable, "-m", "pytest", "-q", *plugins, "-n", "2"]
        done = subprocess.run(
            command,
            cwd=suite,
            env=clean | own | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout.splitlines()

    def test_without_a_browser_runs_the_rest_and_says_last_what_was_left_out(
        self, suite: Path
    ) -> None:
        code, lines = self.run(suite)
        assert code == 0
        assert lines[-2].startswith("1 passed, 3 skipped")
        assert lines[-1].startswith(
            "3 tests of the pages left out, no browser: no Chromium or Chrome is installed, "
            "and its download by Playwright failed ("
        )
        assert lines[-1].endswith(f"; {browsers.HINT}")

    def test_without_a_browser_fails_in_ci(self, suite: Path) -> None:
        program(suite / "chromium")  # no download is tried, which takes seconds to fail
        code, lines = self.run(suite, CI="true")
        assert code == 1
        assert lines[-2].startswith("3 tests of the pages left out, no browser: ")
        assert lines[-1] == "CI=true: pages that no browser has shown are not tested"

    def test_with_a_browser_that_does_not_start_names_it(self, suite: Path) -> None:
        broken = program(suite / "chromium")
        code, lines = self.run(suite)
        assert code == 0
        assert f"3 tests of the pages left out, no browser: {broken} does not start (" in lines[-1]
