"""One stylesheet of many, without the rules that nothing on the pages can meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.publish import stylesheet


def test_stylesheets_are_joined_in_order_with_what_they_import(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "basic.css").write_text("a{top:2px}")
    base, more = tmp_path / "styles" / "base.css", tmp_path / "more.css"
    base.write_text('\ufeff@charset "UTF-8";/*! licence */@import "../basic.css";b{top:0}')
    more.write_text("i{left:0}/*# sourceMappingURL=more.css.map */")
    assert stylesheet.joined([base, more]) == "/*! licence */a{top:2px}b{top:0}i{left:0}"


def test_what_a_script_names_is_a_word_that_begins_with_a_letter() -> None:
    found = stylesheet.words(['list.add("is-open", 3e5)', "id = pst_main"])
    assert found == {"list", "add", "is-open", "id", "pst_main"}


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".used,.unused>a{color:red}", ".used{color:red}"),
        (".unused{color:blue}", ""),
        ("p:not(.unused){margin:0}", "p:not(.unused){margin:0}"),
        ("p:is(.a, .b) .used{top:0}", "p:is(.a, .b) .used{top:0}"),
        ('a[title="x,.y"]{top:0}', 'a[title="x,.y"]{top:0}'),
        ('.used{content:"}"}', '.used{content:"}"}'),
        ("#used{top:0}#unused{top:0}", "#used{top:0}"),
        ("@media print{.unused{top:0}}", ""),
        ("@media print{.unused{top:0}.used{top:0}}", "@media print{.used{top:0}}"),
        ("@font-face{font-family:Icons;src:url(icons.woff2)}", ""),
        ("@keyframes fa-spin{to{top:0}}@keyframes fade{to{top:1px}}", "@keyframes fade{to{top:1px}}"),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        ('@import "x.css";p{top:0}', "p{top:0}"),
        ("/*! licence */.unused{top:0}", "/*! licence */"),
        ("/* a note */.used{top:0}", ".used{top:0}"),
    ],
)  # fmt: skip
def test_a_rule_stays_where_all_its_classes_and_ids_are_known(css: str, left: str) -> None:
    assert stylesheet.needed(css, {"used"}).replace("\n", "") == left
