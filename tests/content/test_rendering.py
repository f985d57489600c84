"""Lessons as HTML: directives, citations, footnotes, headings."""

import pytest
from django.utils import translation

from courses.content.rendering import (
    HtmlPart,
    Picture,
    QuestionPart,
    RenderedLesson,
    render_body,
    render_inline,
)

URLS = {"JR-001": "/claims/JR-001/", "JR-002": "/claims/JR-002/"}
PICTURES = {"map.svg": Picture("/media/map.svg?v=1", 40, 20)}


def render(body: str) -> RenderedLesson:
    with translation.override("en"):
        return render_body(body, claim_urls=URLS, pictures=PICTURES)


def html(body: str) -> str:
    """Return the one piece of prose that `body` becomes."""
    (part,) = render(body).parts
    assert isinstance(part, HtmlPart)
    return str(part.html)


def test_citations_are_numbered_in_the_order_of_the_text():
    lesson = render("First [JR-002]. Again [JR-001, JR-002].")

    assert lesson.citations == ("JR-002", "JR-001")
    text = str(lesson.parts[0].html)
    assert text.count("data-claim") == 3
    assert (
        'First<sup class="cites"><a class="cite" href="/claims/JR-002/" data-claim="JR-002" '
        'aria-label="Reference 1: claim JR-002" rel="noopener noreferrer">1</a></sup>.'
    ) in text
    assert ">2</a>, <a" in text


def test_a_citation_of_an_unknown_claim_stays_readable():
    assert '<span class="cite-unknown">[JR-999]</span>' in html("Who knows [JR-999].")


def test_a_citation_may_stand_before_a_colon():
    lesson = render("Symbolic, it says [JR-001]: more gesture than harm.")

    assert lesson.citations == ("JR-001",)
    assert ">1</a></sup>: more gesture" in str(lesson.parts[0].html)


@pytest.mark.parametrize("text", ["[JR-001](/elsewhere)", "`[JR-001]`", r"\[JR-001]"])
def test_what_only_looks_like_a_citation_is_none(text):
    assert render(text).citations == ()


def test_questions_part_the_prose():
    lesson = render("Before.\n\n::: question first\n:::\n\n::: question second\n:::\nAfter.")

    assert [part.kind for part in lesson.parts] == ["html", "question", "question", "html"]
    assert lesson.questions == ("first", "second")
    assert lesson.parts[1] == QuestionPart("first")


def test_references_are_numbered_on_across_a_question():
    lesson = render("One [JR-001].\n\n::: question q\n:::\n\nTwo [JR-002], one [JR-001].")

    after = str(lesson.parts[2].html)
    assert ">2</a>" in after
    assert ">1</a>" in after


@pytest.mark.parametrize(
    "body",
    [
        "> ::: question q\n> :::",
        "- ::: question q\n  :::",
        "::: note\n::: question q\n:::\n:::",
    ],
)
def test_a_question_inside_another_block_is_not_asked(body):
    assert render(body).questions == ()


def test_a_figure_has_its_caption_its_alternative_and_its_size():
    text = html("::: figure map.svg\nWhere *it* was [JR-001].\nalt: A map of\nthe islands.\n:::")

    assert (
        '<img src="/media/map.svg?v=1" alt="A map of the islands." width="40" height="20" '
        'loading="lazy" decoding="async">'
    ) in text
    assert "<figcaption>Where <em>it</em> was<sup" in text


def test_a_figure_whose_picture_is_gone_shows_its_alternative():
    text = html("::: figure gone.svg\nA caption.\nalt: What it showed.\n:::")

    assert "<p>What it showed.</p>" in text
    assert "<img" not in text


def test_a_timeline_is_an_ordered_list_with_times():
    text = html("::: timeline\n- 2014 | Crimea [JR-001]\n- 2022-02-24 | Invasion,\n  at dawn\n:::")

    assert text.startswith('<ol class="timeline" aria-label="Timeline">')
    assert '<time datetime="2022-02-24">24 February 2022</time>' in text
    assert "Invasion,\nat dawn" in text
    assert text.count("<li>") == 2


def test_a_quotation_names_its_speaker_and_place():
    text = html("::: quote Takeshi Iwaya | Kyiv, 16 November 2024\nJapan is with Ukraine\n:::")

    assert "<blockquote>\n<p>Japan is with Ukraine</p>\n</blockquote>" in text
    assert '<span class="speaker">Takeshi Iwaya</span>' in text
    assert '<span class="where">Kyiv, 16 November 2024</span>' in text


def test_analysis_is_shown_as_analysis():
    text = html("::: analysis\nIt argues [JR-001].\n:::")

    assert text.startswith(
        '<div class="analysis" role="note" aria-label="What the analysis argues">'
    )


def test_blocks_may_stand_inside_a_note():
    text = html("::: note Beware\n- one\n\n::: quote A | b\nWords\n:::\n:::")

    assert '<p class="callout-title">Beware</p>' in text
    assert "<blockquote>" in text
    assert text.endswith("</div>")


def test_directives_inside_code_are_code():
    lesson = render("```\n::: question q\n:::\n```")

    assert lesson.questions == ()
    assert "<pre><code>::: question q" in str(lesson.parts[0].html)


def test_a_fence_inside_a_note_may_show_a_closing_line():
    text = html("::: note\n~~~\n:::\n~~~\nstill in it\n:::")

    assert text.index("still in it") < text.index("</div>")


def test_headings_start_below_the_title_and_can_be_linked_to():
    lesson = render("# One\n\n## Two\n\n## Two\n\n### 北方領土")

    assert [(h.level, h.anchor) for h in lesson.headings] == [
        (2, "part-one"),
        (2, "part-two"),
        (2, "part-two-2"),
        (3, "part-北方領土"),
    ]
    assert "<h1" not in str(lesson.parts[0].html)


def test_footnotes_have_letters_and_lead_back():
    text = html("A word.[^x]\n\n[^x]: Explained [JR-001].")

    assert '<sup class="footnote-ref"><a href="#fn1" id="fnref1"' in text
    assert ">a</a></sup>" in text
    assert 'aria-label="Back to the text"' in text


def test_tables_scroll_and_keep_their_alignment():
    text = html("| a | b |\n|--:|:-:|\n| 1 | 2 |")

    assert '<div role="region" tabindex="0"' in text or 'class="table-scroll"' in text
    assert '<td class="align-right">1</td>' in text
    assert '<th class="align-right" scope="col">' in text
    assert "style=" not in text


def test_prose_is_typeset():
    assert html('He said "no" -- twice.') == "<p>He said “no” – twice.</p>"


def test_labels_are_in_the_language_of_the_reader():
    body = "::: timeline\n- 2024-06 | x\n:::"

    with translation.override("ja"):
        japanese = str(render_body(body, claim_urls={}, pictures={}).parts[0].html)

    assert "2024" in japanese


def test_inline_text_has_no_paragraph():
    assert render_inline("A *stressed* word & `code`") == (
        "A <em>stressed</em> word &amp; <code>code</code>"
    )


def test_inline_citations_link_to_the_claims_of_the_course():
    assert 'href="/courses/russia/claims/JR-001/"' in render_inline(
        "So it was [JR-001].", course_slug="russia"
    )


def test_an_empty_text_renders_to_nothing():
    assert render_inline("") == ""
    assert render("").parts == ()
