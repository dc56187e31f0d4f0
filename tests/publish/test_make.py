"""make: what it is given reaches the program whole, and contents decide what is done."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tightrope import paths

ODD = [
    "my deals",
    "deals (1)",
    "deals [old]",
    "a'b",
    'a"b',
    "$HOME and $(id)",
    "back\\slash",
    "a\\ b",
    "a;b&c|d<e>f",
    "-dash",
    "Über uns & co, 100% #1",
    "a LAYR=paid",
    "*",
]
"""Names of folders and files that people have."""


def clean(**more: str) -> dict[str, str]:
    """The environment without what make, which may have started the tests, was called with."""
    ours = ("MAKE", "DATA", "AS_OF", "LAYER", "JOBS", "PORT", "PYTHON=", "JPY_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The Makefile in a folder of its own, with a Python that only says what it was asked for."""
    folder = tmp_path / "tight rope (1)"
    bin_ = folder / ".venv" / "bin"
    bin_.mkdir(parents=True)
    shutil.copy(paths.ROOT / "Makefile", folder)
    for pinned in ("requirements.lock", "pyproject.toml"):
        (folder / pinned).write_text(f"{pinned}, as it was\n")
    python = bin_ / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    shutil.copy(python, bin_ / "pip")
    stamp(folder)
    return folder


def stamp(folder: Path) -> None:
    """Say that the environment in this folder was set up from the files that are there."""
    files = [(folder / one).read_bytes() for one in ("requirements.lock", "pyproject.toml")]
    summed = subprocess.run(["cksum"], input=b"".join(files), capture_output=True, check=True)
    (folder / ".venv" / "ready").write_bytes(summed.stdout)


def made(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=clean(**more),
        capture_output=True,
        text=True,
        check=False,
    )


def asked(folder: Path, *arguments: str) -> list[str]:
    """What the program is asked for by make with these arguments."""
    done = made(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", ODD)
class TestAnOddNameReachesTheProgramWhole:
    def test_as_data_of_a_book(self, tree: Path, name: str) -> None:
        arguments = asked(tree, "book", f"DATA={name}")
        assert f"--data={name}" in arguments
        assert f"--out=_build/book-data-{name}" in arguments

    def test_as_data_to_check(self, tree: Path, name: str) -> None:
        assert asked(tree, "check-data", f"DATA={name}") == ["-m", "tightrope.cases.checked", name]

    def test_as_data_for_a_zip_and_an_audit(self, tree: Path, name: str) -> None:
        assert f"--data={name}" in asked(tree, "zip", f"DATA={name}")
        assert f"--data={name}" in asked(tree, "audit", f"DATA={name}")

    def test_as_name_and_rows_of_a_scenario(self, tree: Path, name: str) -> None:
        arguments = asked(tree, "scenario", f"NAME={name}", f"ROWS={name}.csv")
        assert f"--scenario={name}" in arguments
        assert f"--rows={name}.csv" in arguments
        assert f"--out=_build/book-scenario-{name}" in arguments


@pytest.mark.parametrize(("target", "ending"), [("pdf", "pdf"), ("zip-site", "zip")])
def test_a_copy_is_made_of_the_edition_that_was_built_and_named_after_it(
    tree: Path, target: str, ending: str
) -> None:
    arguments = asked(tree, target, "DATA=my deals", "AS_OF=2025-10-31")
    edition = "book-data-my deals-as-of-2025-10-31"
    assert arguments.index(f"--out=_build/{edition}") < arguments.index(
        f"--site=_build/{edition}/site"
    )
    assert arguments[-1] == f"--out=_build/tightrope-{edition}.{ending}"


@pytest.mark.parametrize("other", ["DATA=my deals", "AS_OF=2025-10-31", "LAYER=paid"])
def test_the_editions_of_one_site_take_no_day_layer_or_data(tree: Path, other: str) -> None:
    assert asked(tree, "editions")[-1] == "--out=_build/editions"
    done = made(tree, "editions", other)
    assert done.returncode != 0
    assert "leave out DATA, AS_OF, LAYER and SOLUTIONS" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("key", ["", "1"])
def test_a_course_pack_is_the_students_or_with_the_key_and_goes_to_build(
    tree: Path, key: str
) -> None:
    arguments = asked(tree, "course", f"KEY={key}")
    assert arguments == ["-m", "tightrope.course.pack", f"--key={key}", "--out=_build"]


@pytest.mark.parametrize("other", ["DATA=my deals", "AS_OF=2025-10-31", "LAYER=paid"])
def test_a_course_pack_takes_no_day_layer_or_data(tree: Path, other: str) -> None:
    done = made(tree, "course", other)
    assert done.returncode != 0
    assert "leave out DATA, AS_OF, LAYER and SOLUTIONS" in done.stderr
    assert done.stdout == ""


def test_the_folder_of_an_edition_has_no_folders_in_it(tree: Path) -> None:
    arguments = asked(tree, "book", "DATA=../my deals/new", "AS_OF=2025/10/31", "LAYER=paid")
    assert "--out=_build/book-data-up_my deals_new-as-of-2025_10_31-paid" in arguments


def test_numbers_are_accepted_from_the_default_edition_after_it_is_built(tree: Path) -> None:
    arguments = asked(tree, "golden")
    assert "--out=_build/book" in arguments
    assert arguments[-2:] == ["tests.golden.facts", "_build/book/site/facts.json"]


@pytest.mark.parametrize(
    "other", ["DATA=my deals", "AS_OF=2025-10-31", "LAYER=paid", "SOLUTIONS=none"]
)
def test_numbers_of_another_edition_are_not_accepted(tree: Path, other: str) -> None:
    done = made(tree, "golden", other)
    assert done.returncode != 0
    assert "leave out DATA, AS_OF, LAYER and SOLUTIONS" in done.stderr
    assert done.stdout == ""


def test_a_misspelt_variable_is_refused_also_beside_a_value_with_blanks(tree: Path) -> None:
    done = made(tree, "book", "DATA=my deals (1)", "LAYR=paid")
    assert done.returncode != 0
    assert "unknown variable LAYR; known are: DATA AS_OF LAYER SOLUTIONS" in done.stderr


def test_a_line_end_in_a_value_is_refused_in_one_line(tree: Path) -> None:
    done = made(tree, "book", "DATA=my\ndeals")
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert "a variable must not hold a line end" in line


@pytest.mark.parametrize("stray", ["deals copy.csv", "a:b.csv", "$x.csv", "#x#", "%.csv"])
def test_stray_files_are_nothing_to_make(tree: Path, stray: str) -> None:
    for folder in ("data", "notebooks", "book"):
        (tree / folder).mkdir()
        (tree / folder / stray).write_text("")
    assert "tightrope.publish" in asked(tree, "book")


class TestTheEnvironment:
    """It is set up anew when what it was made from is other than it was, and only then."""

    @pytest.fixture
    def python(self, tmp_path: Path) -> Path:
        python = tmp_path / "my python"
        python.write_text(f'#!/bin/sh\necho "set up: $*" >>"{tmp_path}/called"\n')
        python.chmod(0o755)
        return python

    def set_up(self, tree: Path, python: Path) -> bool:
        """Whether `make check-data` sets the environment up."""
        called = python.with_name("called")
        called.unlink(missing_ok=True)
        done = made(tree, "check-data", f"PYTHON={python}")
        assert done.returncode == 0, done.stderr
        return called.is_file() and "-m venv --clear .venv" in called.read_text()

    def test_when_a_lock_of_older_date_is_put_in_place(self, tree: Path, python: Path) -> None:
        lock = tree / "requirements.lock"
        lock.write_text("an older lock\n")
        os.utime(lock, (0, 0))
        assert self.set_up(tree, python)
        assert not self.set_up(tree, python)

    def test_not_when_only_the_date_is_new(self, tree: Path, python: Path) -> None:
        os.utime(tree / "requirements.lock", (2**31, 2**31))
        assert not self.set_up(tree, python)

    def test_when_there_is_none(self, tree: Path, python: Path) -> None:
        (tree / ".venv" / "ready").unlink()
        assert self.set_up(tree, python)
        assert not self.set_up(tree, python)

    def test_by_its_date_where_an_earlier_version_made_it(self, tree: Path, python: Path) -> None:
        ready = tree / ".venv" / "ready"
        ready.write_text("")
        os.utime(ready, (2**31, 2**31))
        assert not self.set_up(tree, python)
        os.utime(ready, (0, 0))
        assert self.set_up(tree, python)


def published(*arguments: str, module: str = "tightrope.publish") -> list[str]:
    """What the program says on stderr when it refuses these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=paths.ROOT,
        env=clean(BROWSER="true"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (1, 2), done.stdout
    return done.stderr.splitlines()


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "٢", "1" * 5000])
def test_a_number_of_jobs_that_is_none_is_refused_in_one_line(tmp_path: Path, jobs: str) -> None:
    said = published(f"--out={tmp_path / 'out'}", f"--jobs={jobs}")
    assert said == [f'JOBS must be a whole number from 1 to 1000, not "{jobs}"']
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["x'y", "../up", "a b", "x" * 300])
def test_a_name_that_is_none_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    said = published(f"--out={tmp_path / 'out'}", f"--scenario={name}", "--rows=my.csv")
    assert said == [
        f'NAME must be a lower-case word, with hyphens where there are more, not "{name}"'
    ]
    assert not (tmp_path / "out").exists()


class TestServing:
    module = "tightrope.publish.serve"

    def test_the_site_is_shown_at_the_port(self, tmp_path: Path) -> None:
        site = tmp_path / "a site"
        site.mkdir()
        (site / "index.html").write_text("the book")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", self.module, f"--port={port}", f"--site={site}"]
        with subprocess.Popen(
            command, env=clean(BROWSER="true"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as serving:
            try:
                assert serving.stdout is not None
                said = serving.stdout.readline().decode()
                assert said == f"http://localhost:{port}/  (Ctrl-C ends it)\n"
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
                    assert page.read() == b"the book"
            finally:
                serving.terminate()
