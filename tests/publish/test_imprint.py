"""What a book says of itself: from its settings, which are checked before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.publish import build, imprint
from tightrope.publish.imprint import Imprint
from tightrope.publish.pages import OURS, Manuscript

SITE, CODE = "https://example.org/book", "http://code.example.org:8080/~us/book.git"


def settings(folder: Path, text: str) -> Manuscript:
    config = folder / "_config.yml"
    config.write_text(f"title: A book\n{text}")
    return Manuscript(OURS.toc, config, OURS.notebooks, OURS.book)


def test_the_project_has_its_name_and_invents_no_address() -> None:
    assert Imprint.of(OURS) == Imprint("The Tightrope", "The Tightrope contributors")


@pytest.mark.parametrize("ending", ["", "/"])
def test_addresses_are_read_from_the_settings(tmp_path: Path, ending: str) -> None:
    book = settings(tmp_path, f'site_url: "{SITE}{ending}"\nrepository_url: {CODE}\n')
    assert Imprint.of(book) == Imprint("A book", "", SITE, CODE)
    assert Imprint.of(book).left_out == ""


@pytest.mark.parametrize("nothing", ["", "site_url:\n", 'site_url: ""\n'])
def test_without_them_a_line_says_what_is_left_out(tmp_path: Path, nothing: str) -> None:
    said = Imprint.of(settings(tmp_path, nothing)).left_out
    assert "no absolute tags" in said
    assert "no feed" in said
    assert "no clone lines" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "wrong",
    [
        "example.org/book",
        "ftp://example.org",
        "https://",
        "https:///book",
        "https://example.org/?a=b",
        "https://example.org/#top",
        "https://me@example.org/",
        "https://example.org:port/",
        "https://example.org/a b",
        "https://example.org/$(x)",
        "5",
        "[a]",
    ],
)
@pytest.mark.parametrize("name", ["site_url", "repository_url"])
def test_what_is_no_address_is_refused_with_its_line_and_what_is_allowed(
    tmp_path: Path, name: str, wrong: str
) -> None:
    value = wrong if wrong[0] in "5[" else f'"{wrong}"'
    with pytest.raises(imprint.SettingError) as refused:
        Imprint.of(settings(tmp_path, f"author: A\n{name}: {value}\n"))
    said = str(refused.value)
    assert said.startswith(f"_config.yml:3: {name}: ")
    assert said.endswith(f"write {imprint.ALLOWED}")
    assert "\n" not in said


def test_it_is_refused_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = settings(tmp_path, "site_url: here\n")
    assert build.main([f"--out={tmp_path / 'out'}", "--jobs=1"], book) == 1
    assert capsys.readouterr().err.startswith('_config.yml:2: site_url: "here" is not allowed')
    assert not (tmp_path / "out" / "source").exists()
