"""What a page says of itself where its address is shared, and the picture for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.publish import share_card, shared_link

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
        tags = shared_link.tags('A & "B"', "1 < 2", "")
        assert '<meta property="og:title" content="A &amp; &quot;B&quot;" />' in tags
        assert '<meta name="description" content="1 &lt; 2" />' in tags
        assert "og:image" not in tags

    def test_name_the_picture_of_a_page_that_has_one(self) -> None:
        tags = shared_link.tags("A", "", "figures/card.png")
        assert '<meta property="og:image" content="figures/card.png" />' in tags
        assert "description" not in tags


class TestTheCard:
    def test_is_a_picture_of_the_size_that_messengers_show(self, tmp_path: Path) -> None:
        file = tmp_path / "figures" / "card.png"
        share_card.write("The money came in two years.", PICTURE, file)
        head = file.read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        assert int.from_bytes(head[16:20]) == share_card.WIDTH
        assert int.from_bytes(head[20:24]) == share_card.HEIGHT

    def test_is_the_same_every_time(self, tmp_path: Path) -> None:
        for name in "ab":
            share_card.write("Found", PICTURE, tmp_path / name)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()

    def test_has_its_own_ink_and_the_whole_headline(self) -> None:
        card = share_card.card("The money came in two years.", PICTURE)
        assert "currentColor" not in card
        for word in ("The", "money", "years."):
            assert word in card

    def test_needs_a_picture_with_a_size(self) -> None:
        with pytest.raises(ValueError, match="does not say how large it is"):
            share_card.card("Found", "<svg></svg>")
