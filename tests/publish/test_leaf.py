"""A page of the site as a part of the document that is printed."""

from __future__ import annotations

from tightrope.copies.leaf import Rewriter, with_links


def written(article: str, page: str = "chapters/a") -> str:
    return with_links(Rewriter(page, article).html, lambda path, at: f"to {path} at {at}")


def test_ids_begin_with_the_page_and_so_does_what_names_them() -> None:
    assert written(
        '<svg aria-labelledby="t d"><title id="t">x</title><g fill="url(#p)"></g></svg>'
    ) == (
        '<svg aria-labelledby="chapters-a--t chapters-a--d">'
        '<title id="chapters-a--t">x</title><g fill="url(#chapters-a--p)"></g></svg>'
    )


def test_a_style_of_a_picture_names_its_new_id_and_leaves_colours() -> None:
    assert written('<svg id="web"><style>#web{--still: #E6E3DC}</style></svg>') == (
        '<svg id="chapters-a--web"><style>#chapters-a--web{--still: #E6E3DC}</style></svg>'
    )


def test_links_are_told_from_the_root_of_the_site() -> None:
    assert written('<a href="../partners/amd.html#x">AMD</a>') == (
        '<a href="to partners/amd.html at x">AMD</a>'
    )
    assert written('<a href="#here">x</a>') == '<a href="to chapters/a.html at here">x</a>'


def test_links_to_other_sites_stay() -> None:
    link = '<a href="https://example.org/?a=1&amp;b=2">x</a>'
    assert written(link) == link


def test_what_a_click_would_show_is_left_out_with_all_that_stands_in_it() -> None:
    assert written('<p>a</p><div class="figure-tools"><div><br>b</div><p>c</p></div><p>d</p>') == (
        "<p>a</p><p>d</p>"
    )


def test_folds_stand_open_but_for_a_long_list_of_sources() -> None:
    assert written('<details class="course">x</details>') == (
        '<details class="course" open="">x</details>'
    )
    long = '<details class="figure-source is-long">x</details>'
    assert written(long) == long


def test_text_and_its_entities_stay_as_written() -> None:
    text = "<p>1 &lt; 2 &#8212; “quoted” <code>a[&quot;b&quot;]</code></p>"
    assert written(text) == text


def test_a_fold_of_a_solution_says_solution() -> None:
    assert written('<p class="collapsed admonition-title">Show the solution</p>') == (
        '<p class="collapsed admonition-title">Solution</p>'
    )
