"""The server of a built site: for this machine only, and with a hint where its port is taken."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tightrope.publish import serve


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("the book", encoding="utf-8")
    return tmp_path


def test_the_folder_is_served_on_this_machine_alone(site: Path) -> None:
    with serve.server(site, 0) as serving:
        host, port = serving.server_address[:2]
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        try:
            with urlopen(f"http://127.0.0.1:{port}/") as answer:
                assert answer.read() == b"the book"
        finally:
            serving.shutdown()
            thread.join()
    assert host == "127.0.0.1"


def test_a_taken_port_is_one_line_with_a_port_that_is_free(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main([f"--port={port}", f"--site={site}"]) == 2
    told, _, free = capsys.readouterr().err.strip().rpartition("=")
    assert told == f"port {port}: Address already in use; name another one, such as PORT"
    with socket.create_server(("127.0.0.1", int(free))):
        pass


@pytest.mark.parametrize("port", ["0", "65536", "http", ""])
def test_a_port_that_is_none_is_refused_in_one_line(
    site: Path, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    assert serve.main([f"--port={port}", f"--site={site}"]) == 2
    said = capsys.readouterr().err
    assert said == f'PORT must be a whole number from 1 to 65535, not "{port}"\n'


def test_the_address_is_said_and_ctrl_c_ends_it_in_peace(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: ThreadingHTTPServer) -> None:
        raise KeyboardInterrupt

    opened: list[list[str]] = []
    real = subprocess.Popen

    def popen(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        opened.append(command)
        return real([sys.executable, "-c", ""], **options)

    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", stopped)
    monkeypatch.setattr(subprocess, "Popen", popen)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert serve.main(["--port", str(port), "--site", str(site)]) == 0
    address = f"http://localhost:{port}/"
    assert capsys.readouterr().out == f"{address}  (Ctrl-C ends it)\n"
    assert [command[-1] for command in opened] == [address]
