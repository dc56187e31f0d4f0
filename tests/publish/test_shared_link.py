"""What a page says of itself where its address is shared, and the picture for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish import share_card, shared, shared_link
from tightrope.publish.imprint import Imprint
from tightrope.publish.kept import Kept

SITE = "https://example.org/book"
PICTURE = (
    '<svg role="img" width="940" height="700" viewBox="0 0 940 700"><title>T</title>'
    '<path stroke="currentColor" d="M0,0h9"/></svg>'
)


class TestTheDescription:
    def test_is_the_standfirst_of_a_page_that_has_one(self) -> None:
        body = (
            '<h1>Found</h1><p class="edition">Day</p>'
            '<div class="standfirst docutils"><p>Of <a href="#">$9&nbsp;bn</a> two came.</p></div>'
        )
        assert shared_link.described(body) == "Of $9 bn two came."

    def test_is_the_question_of_a_chapter(self) -> None:
        body = (
            '<h1>Title</h1><div class="question admonition"><p class="admonition-title">The '
            "question</p>\n<p>Who pays whom?</p></div><p>More.</p>"
        )
        assert shared_link.described(body) == "Who pays whom?"

    def test_is_else_the_first_paragraph(self) -> None:
        assert shared_link.described("<h1>T</h1><p>One.</p><p>Two.</p>") == "One."
        assert shared_link.described("<h1>T</h1>") == ""

    def test_ends_with_a_sentence_or_else_with_a_word(self) -> None:
        sentence = f"{'word ' * 30}end. "
        assert shared_link.cut(2 * sentence) == sentence.strip()
        cut = shared_link.cut("word " * 60)
        assert cut.endswith("word …")
        assert len(cut) <= 202


class TestTheTags:
    def test_hold_title_and_description_escaped(self) -> None:
        tags = shared_link.tags('A & "B"', "1 < 2")
        assert '<meta property="og:title" content="A &amp; &quot;B&quot;" />' in tags
        assert '<meta name="description" content="1 &lt; 2" />' in tags
        assert "og:image" not in tags

    def test_of_a_page_without_text_have_no_description(self) -> None:
        assert "description" not in shared_link.tags("A", "")

    def test_name_address_and_picture_where_the_site_has_an_address(self) -> None:
        tags = shared_link.absolute_tags(f"{SITE}/a.html", f"{SITE}/cards/a.png")
        assert f'<meta property="og:url" content="{SITE}/a.html" />' in tags
        assert f'<meta property="og:image" content="{SITE}/cards/a.png" />' in tags
        assert '<meta name="twitter:card" content="summary_large_image" />' in tags

    def test_of_a_page_without_a_picture_name_none(self) -> None:
        tags = shared_link.absolute_tags(f"{SITE}/a.html", "")
        assert "og:image" not in tags
        assert '<meta name="twitter:card" content="summary" />' in tags


class TestTheCard:
    @pytest.mark.parametrize("picture", [PICTURE, ""])
    def test_is_a_picture_of_the_size_that_messengers_show(self, picture: str) -> None:
        head = share_card.png("The money came in two years.", picture)[:24]
        assert head.startswith(b"\x89PNG")
        assert int.from_bytes(head[16:20]) == share_card.WIDTH
        assert int.from_bytes(head[20:24]) == share_card.HEIGHT

    def test_is_the_same_every_time(self) -> None:
        assert share_card.png("Found", PICTURE) == share_card.png("Found", PICTURE)

    def test_has_its_own_ink_the_whole_headline_and_the_name_of_the_book(self) -> None:
        card = share_card.card("The money came in two years.", PICTURE)
        assert "currentColor" not in card
        for word in ("The", "money", "years.", "The Tightrope"):
            assert word in card

    def test_needs_a_picture_with_a_size(self) -> None:
        with pytest.raises(ValueError, match="does not say how large it is"):
            share_card.card("Found", "<svg></svg>")


class TestTheFiles:
    def test_are_none_without_an_address(self, tiny: Dealbook, tmp_path: Path) -> None:
        shared.write(Kept(tmp_path), "", tiny, Imprint("B"), {"index": "A"}, {}, tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_are_a_card_a_page_and_the_feed_and_are_drawn_once(
        self, tiny: Dealbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def write(folder: str) -> list[str]:
            aside = tmp_path / folder
            aside.mkdir()
            titles = {"index": "First", "chapters/toy": "Toy"}
            figures = {"chapters/toy": PICTURE}
            shared.write(
                Kept(tmp_path / "kept"),
                "data",
                tiny,
                Imprint("B", "", SITE),
                titles,
                figures,
                aside,
            )
            return sorted(str(f.relative_to(aside)) for f in aside.rglob("*.*"))

        assert write("one") == ["cards/chapters/toy.png", "cards/index.png", "feed.xml"]
        monkeypatch.setattr(share_card, "png", None)  # it is not drawn again
        assert write("two") == write("three")
        card = "cards/chapters/toy.png"
        assert (tmp_path / "one" / card).read_bytes() == (tmp_path / "two" / card).read_bytes()
