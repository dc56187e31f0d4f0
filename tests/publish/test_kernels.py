"""Runs among other runs: one build at a time, kernels of nobody's making, and none that stays."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient

from tightrope import dealbook, paths
from tightrope.publish import build, kernels, lock, pages, run
from tightrope.publish.host import Host
from tightrope.publish.pages import Manuscript

from ..conftest import TINY
from .conftest import Cells, code, markdown, toy_cells, write_manuscript

Write = Callable[[Cells], Manuscript]
BUILD = f"""
import sys
from pathlib import Path
from tightrope.publish import build
from tightrope.publish.kernels import use_warm_kernels
from tightrope.publish.pages import Manuscript
if __name__ == "__main__":
    use_warm_kernels()
    toc, config, notebooks, book, out = map(Path, sys.argv[1:])
    arguments = ["--data={TINY}", f"--out={{out}}", "--jobs=2"]
    sys.exit(build.main(arguments, Manuscript(toc, config, notebooks, book)))
"""
"""Builds the toy book in a process of its own."""


def command(written: Manuscript, out: Path) -> list[str]:
    places = (written.toc, written.config, written.notebooks, written.book, out)
    return [sys.executable, "-c", BUILD, *map(str, places)]


def built(written: Manuscript, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(written, out),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def is_gone(pid: int) -> bool:
    """Whether the process has ended; a container may leave its entry in the table."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_for(happened: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, f"it did not happen within {seconds} s"
        time.sleep(0.05)


def sleeping(note: Path) -> Cells:
    """A page that writes down which processes make it, and then never ends."""
    told = (
        "import json, os, time\n"
        "from pathlib import Path\n"
        f"note = Path({str(note)!r})\n"
        'note.with_suffix(".half").write_text(json.dumps([os.getpid(), os.getppid()]))\n'
        'note.with_suffix(".half").replace(note)\n'
        "time.sleep(600)"
    )
    return [*toy_cells(), code(told)]


@contextmanager
def at_work(written: Manuscript, out: Path, note: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A build in a process of its own that is in the midst of a page."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command(written, out), stdout=quiet, stderr=quiet) as process:
        try:
            wait_for(note.is_file, 60)
            yield process
        finally:
            process.kill()


def test_a_second_build_of_the_edition_is_refused_and_leaves_the_first_alone(
    manuscript: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, note = tmp_path / "out", tmp_path / "note"
    written = manuscript(sleeping(note))
    with at_work(written, out, note) as first:
        files = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
        assert build.main([f"--data={TINY}", f"--out={out}"], written) == 1
        assert capsys.readouterr().err == (
            f"{out}: another build of this edition runs; "
            "wait for it or build another edition\n\n"
            "not built; the last good site stays as it was\n"
        )
        assert first.poll() is None
        assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == files
    # Killed as it was, it holds nothing any more.
    with lock.alone(out):
        pass


def test_two_editions_are_built_side_by_side(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    with lock.alone(one), lock.alone(two), pytest.raises(lock.BusyError), lock.alone(one):
        pass


def test_kernels_and_their_server_end_when_the_build_is_killed(
    manuscript: Write, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    with at_work(manuscript(sleeping(note)), tmp_path / "out", note) as process:
        started = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        kernel, server = json.loads(note.read_text())
        assert {kernel, server} <= set(started)
        process.kill()
        wait_for(lambda: all(is_gone(pid) for pid in started), 20)


def test_jupyter_book_and_its_workers_end_when_the_build_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "note"
    book = (
        "import multiprocessing, os, sys, time; from pathlib import Path\n"
        "from tightrope.publish.orphans import end_with_parent\n"
        "end_with_parent(os.getppid())\n"
        "context = multiprocessing.get_context('fork')\n"
        "worker = context.Process(target=time.sleep, args=(600,))\n"
        "worker.start()\n"
        f"note = Path({str(note)!r})\n"
        "note.with_suffix('.half').write_text(f'{os.getpid()} {worker.pid}')\n"
        "note.with_suffix('.half').replace(note)\n"
        "time.sleep(600)\n"
    )
    main = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {book!r}])"
    with subprocess.Popen([sys.executable, "-c", main]) as process:
        try:
            wait_for(note.is_file, 60)
        finally:
            process.kill()
    started = [int(pid) for pid in note.read_text().split()]
    wait_for(lambda: all(is_gone(pid) for pid in started), 20)


def test_a_kernel_that_is_killed_is_said_with_its_page_and_the_site_stays(
    manuscript: Write, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "site").mkdir(parents=True)
    (out / "site" / "index.html").write_text("the last good site")
    written = manuscript([*toy_cells(), code(f"import os\nos.kill(os.getpid(), {signal.SIGKILL})")])
    done = built(written, out)
    assert done.returncode == 1
    assert done.stderr == (
        "notebooks/toy.ipynb (page chapters/toy): its kernel died (out of memory?)\n\n"
        "not built; the last good site stays as it was\n"
    )
    assert (out / "site" / "index.html").read_text() == "the last good site"


def test_a_page_after_one_whose_kernel_was_killed_gets_another_kernel(
    manuscript: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill = code(f"import os\nos.kill(os.getpid(), {signal.SIGKILL})")
    (page,) = pages.to_run(manuscript([*toy_cells(), kill]))
    edition, book = run.Edition(data=str(TINY)), dealbook.load(TINY)
    with Host() as host:
        with pytest.raises(run.RunError, match="its kernel died"):
            run.run_page(page, edition, book, host)
        (page,) = pages.to_run(manuscript(toy_cells()))
        assert run.run_page(page, edition, book, host).cells


def test_any_other_fault_of_a_run_names_the_page(
    manuscript: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise TypeError("no kernel today")

    monkeypatch.setattr("papermill.execute_notebook", broken)
    (page,) = pages.to_run(manuscript(toy_cells()))
    with Host() as host, pytest.raises(run.RunError) as error:
        run.run_page(page, run.Edition(data=str(TINY)), dealbook.load(TINY), host)
    assert str(error.value) == (
        "notebooks/toy.ipynb (page chapters/toy): TypeError: no kernel today"
    )


class TestAKernelWhosePortAnotherProcessTook:
    def test_is_started_again(self, manuscript: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        start, begun = NotebookClient.start_new_kernel_client, []

        def taken_at_first(client: NotebookClient) -> object:
            begun.append(client)
            if len(begun) == 1:
                raise RuntimeError("Kernel died before replying to kernel_info")
            return start(client)

        monkeypatch.setattr(NotebookClient, "start_new_kernel_client", taken_at_first)
        (page,) = pages.to_run(manuscript(toy_cells()))
        with Host() as host:
            run.run_page(page, run.Edition(data=str(TINY)), dealbook.load(TINY), host)
        assert len(begun) == 2

    def test_is_said_with_its_page_if_it_never_starts(
        self, manuscript: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def never(_: NotebookClient) -> None:
            raise RuntimeError("Kernel died before replying to kernel_info")

        monkeypatch.setattr(NotebookClient, "start_new_kernel_client", never)
        (page,) = pages.to_run(manuscript(toy_cells()))
        with (
            Host() as host,
            pytest.raises(run.RunError, match=r"page chapters/toy\): RuntimeError: Kernel died"),
        ):
            run.run_page(page, run.Edition(data=str(TINY)), dealbook.load(TINY), host)


@pytest.fixture
def lived_in(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody whose Jupyter and IPython are set up in every way."""
    home = tmp_path / "home"
    themed = "import altair\naltair.theme.enable('dark')\n"
    for text, place in (
        (themed, home / ".ipython/profile_default/startup/00.py"),
        ("c.InteractiveShellApp.exec_lines = ['1 / 0']\nc.InteractiveShell.ast_node_interactivity = 'all'\n", home / ".ipython/profile_default/ipython_config.py"),
        ("c.IPKernelApp.extensions = ['no_such']\n", home / ".ipython/profile_default/ipython_kernel_config.py"),
        ("raise SystemExit('mine')\n", home / "startup.py"),
        ("raise SystemExit('mine')\n", home / ".jupyter/jupyter_config.py"),
        ("{", home / ".jupyter/jupyter_config.json"),
        (json.dumps({"argv": ["/nope/python"], "language": "julia", "display_name": "Mine", "env": {"TIGHTROPE_TOC": "/nope"}}), home / "kernels" / "kernels" / "python3" / "kernel.json"),
    ):  # fmt: skip
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return {
        "HOME": str(home),
        "PYTHONSTARTUP": str(home / "startup.py"),
        "JUPYTER_PATH": str(home / "kernels"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "JPY_PARENT_PID": "4711",
    }


@dataclass(frozen=True)
class Undisturbed:
    """A build in a process of its own by somebody who has set nothing up."""

    manuscript: Manuscript
    site: dict[Path, bytes]
    left: list[Path]
    """What it left in the folder for temporary files."""


def files_of(site: Path) -> dict[Path, bytes]:
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    cells = [*toy_cells(), markdown("The end.")]
    cells[5].source = cells[5].source.replace(
        "display(Table", "parties.name.iloc[0]\ndisplay(Table"
    )
    written = write_manuscript(folder / "manuscript", cells)
    (folder / "empty").mkdir()
    # A short path, since the system bounds those of sockets.
    with tempfile.TemporaryDirectory(prefix="t") as temporary:
        done = built(written, folder / "out", HOME=str(folder / "empty"), TMPDIR=temporary)
        assert done.returncode == 0, done.stderr
        left = [*Path(temporary).iterdir()]
    return Undisturbed(written, files_of(folder / "out" / "site"), left)


def test_the_settings_of_whoever_builds_reach_no_page(
    undisturbed: Undisturbed, tmp_path: Path, lived_in: dict[str, str]
) -> None:
    done = built(undisturbed.manuscript, tmp_path / "out", **lived_in)
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "out" / "site") == undisturbed.site


def test_a_build_leaves_no_temporary_folder(undisturbed: Undisturbed) -> None:
    assert undisturbed.left == []


def test_pages_run_again_when_the_list_of_pages_changed_and_know_the_new_one(
    manuscript: Write, tmp_path: Path
) -> None:
    link = (
        "from IPython.display import HTML\n"
        "from tightrope.publish.pages import link_to, of_this_book\n"
        'HTML(link_to("partners/lab", "The <lab>", "chapters/toy", of_this_book()))'
    )
    written = manuscript([*toy_cells(), code(link)])

    def linked() -> str:
        said: list[str] = []
        ready = [page for page in pages.to_run(written) if page.id == "chapters/toy"]
        edition, book = run.Edition(data=str(TINY)), dealbook.load(TINY)
        run.run_all(ready, edition, book, tmp_path / "out", 1, said.append, written.toc)
        executed = nbformat.read(tmp_path / "out" / "chapters" / "toy.ipynb", as_version=4)
        return str(executed.cells[-1].outputs[0].data["text/html"])

    without = written.toc.read_text()
    assert linked() == "The &lt;lab&gt;"
    (written.book / "partners").mkdir()
    (written.book / "partners" / "lab.md").write_text("# The lab\n")
    written.toc.write_text(f"{without}  - file: partners/lab\n")
    assert linked() == '<a href="../partners/lab.html">The &lt;lab&gt;</a>'
    written.toc.write_text(without)
    assert linked() == "The &lt;lab&gt;"


def test_kernels_that_start_at_once_share_one_folder_of_settings() -> None:
    kernels._settings.cache_clear()
    start = threading.Barrier(8)

    def folder(_: int) -> str:
        start.wait()
        return kernels._settings_folder()

    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(folder, range(8)))
    assert len(folders) == 1
    assert Path(folders.pop()).is_dir()


IMPORTS = """
import importlib, sys
from tightrope.publish.kernels import PRELOADED
for module in PRELOADED:
    importlib.import_module(module)
there = set(sys.modules)
for line in sys.stdin:
    exec(line)
late = {name.partition(".")[0] for name in set(sys.modules) - there}
print(*sorted(late - {"tightrope"} - sys.stdlib_module_names))
"""
"""Prints the packages that some imports load beyond those that are there already."""


def test_what_two_notebooks_import_is_there_before_a_kernel_starts() -> None:
    times = Counter(
        line
        for template in paths.NOTEBOOKS.glob("*.ipynb")
        for line in {
            ast.unparse(node)
            for cell in nbformat.read(template, as_version=4).cells
            if cell.cell_type == "code"
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
    )
    lines = "\n".join(line for line, often in times.items() if often > 1)
    late = subprocess.run(
        [sys.executable, "-c", IMPORTS], input=lines, capture_output=True, text=True, check=True
    )
    assert late.stdout.split() == []


COLLECTING = """
import gc, importlib, sys
importlib.import_module(sys.argv[1])
print(gc.isenabled())
"""


def test_the_first_thing_that_the_server_of_kernels_does_is_to_stop_collecting_cycles() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLLECTING, kernels.PRELOADED[0]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
