"""Prompts, summaries, limits, charts and links to the glossary: as HTML, and as mistakes."""

import pytest
from django.utils import translation

from courses.content.domain.drafts import count_words
from courses.content.rendering import (
    HtmlPart,
    Problem,
    QuestionPart,
    RenderedLesson,
    check_lesson,
    lesson_outline,
    render_body,
    render_inline,
)
from tests.support.growth import LINEAR, growth

URLS = {"JR-001": "/claims/JR-001/", "JR-002": "/claims/JR-002/"}
TERMS = {"meti": "/courses/russia/glossary/#meti"}
BARS = """::: chart Money for Ukraine
unit: billion US dollars
- Committed "before" | about 0.6 [JR-002]
- Announced | 5.5 [JR-001]
message: The second was *nine* times
the first [JR-001].
:::"""
DOTS = """::: chart Scrambles
unit: scrambles
style: dots
- Spring of 2024 | 52 [JR-001]
- Summer | 3 [JR-001]
message: Many.
:::"""


def render(body: str) -> RenderedLesson:
    with translation.override("en"):
        return render_body(body, claim_urls=URLS, pictures={}, term_urls=TERMS)


def html(body: str) -> str:
    (part,) = render(body).parts
    assert isinstance(part, HtmlPart)
    return str(part.html)


def problems(body: str) -> list[tuple[int, str]]:
    with translation.override("en"):
        found = check_lesson(body, URLS, {"first", "second"}, (), TERMS)
    return [(problem.line, problem.message) for problem in found]


def test_several_questions_may_stand_before_the_reading():
    lesson = render("::: before first\n:::\n::: before second\n:::\n\nProse.")

    assert lesson.parts[:2] == (
        QuestionPart("first", before=True),
        QuestionPart("second", before=True),
    )


def test_a_question_before_reading_says_that_it_is_one():
    lesson = render("::: before first\n:::\n\nProse.\n\n::: question second\n:::")

    assert lesson.parts[0] == QuestionPart("first", before=True)
    assert lesson.parts[2] == QuestionPart("second", before=False)
    assert lesson.questions == ("first", "second")


def test_a_prompt_folds_its_answer_away():
    text = html('::: prompt Why "then"?\nBecause [JR-001].\n:::')

    assert text.startswith('<details class="prompt"><summary>')
    assert '<span class="prompt-question">Why “then”?</span></summary>' in text
    assert text.index("</summary>") < text.index("Because")


@pytest.mark.parametrize(
    ("block", "title"),
    [
        ("summary In a nutshell", "In a nutshell"),
        ("summary", "In short"),
        ("limits", "What these sources cannot tell us"),
    ],
)
def test_a_section_has_a_heading_that_can_be_linked_to(block, title):
    lesson = render(f"::: {block}\nWords.\n:::")

    assert [(heading.level, heading.title) for heading in lesson.headings] == [(2, title)]
    assert f'<section class="lesson-{block.split()[0]}">' in str(lesson.parts[0].html)


def test_bars_are_as_long_as_their_numbers():
    text = html(BARS)

    assert '<rect class="bar" width="10.9%" height="100%">' in text
    assert '<rect class="bar" width="100.0%" height="100%">' in text
    assert "style=" not in text


def test_a_chart_says_in_words_what_it_shows():
    assert (
        'role="img" aria-label="Money for Ukraine (billion US dollars). The second was nine '
        'times the first. Committed “before”: about 0.6; Announced: 5.5."'
    ) in html(BARS)


def test_a_chart_has_a_table_behind_it_with_the_references():
    text = html(BARS)
    table = text[text.index("<details") :]

    assert "<summary>The same as a table</summary>" in table
    assert '<th scope="row">Announced</th><td>5.5</td>' in table
    assert table.count("data-claim") == 2


def test_the_message_cites_what_its_numbers_rest_on_once():
    caption = html(BARS).split("</figcaption>")[0]

    assert caption.count('data-claim="JR-001"') == 1
    assert caption.count('data-claim="JR-002"') == 1


def test_dots_are_as_many_as_they_say():
    text = html(DOTS)

    assert text.count('<circle class="dot"') == 55
    assert 'viewBox="0 0 316 36"' in text


def test_shares_are_drawn_to_a_hundred():
    text = html(
        "::: chart Poll\nunit: percent\n- For | 82 [JR-001]\n- Against | 1,2 [JR-001]\n"
        "- About all | about 9.5 [JR-001]\nmessage: Most.\n:::"
    )

    assert 'width="82.0%"' in text
    assert ">82%<" in text
    assert "chart-unit" not in text


def test_large_numbers_are_grouped():
    assert ">about 2,000<" in html(
        "::: chart People\nunit: people\n- Taken in | about 2000 [JR-001]\nmessage: Few.\n:::"
    )


def test_words_link_to_the_glossary_and_stay_words_without_it():
    text = html("The [ministry](glossary:meti) and the [court](glossary:court).")

    assert '<a class="term" href="/courses/russia/glossary/#meti" data-term="meti"' in text
    assert "and the court." in text


def test_inline_text_has_no_glossary():
    assert render_inline("The [ministry](glossary:meti).") == "The ministry."


def test_the_outline_lists_claims_of_charts_and_linked_entries():
    outline = lesson_outline(f"{BARS}\n\n[a](glossary:meti) [b](glossary:meti)")

    assert outline.claims == ("JR-002", "JR-001")
    assert outline.terms == ("meti",)


def test_what_is_no_prose_is_not_counted():
    body = "::: prompt Why then?\nBecause.\n:::\n\n[One word](glossary:mild-hybrid)\n"

    assert count_words(body) == 5


def test_good_blocks_have_no_problems():
    body = (
        f"::: before first\n:::\n\n[m](glossary:meti)\n\n{BARS}\n\n{DOTS}\n\n"
        "::: prompt Why?\nSo [JR-001].\n:::\n\n::: summary\nA.\n:::\n\n::: limits\nB.\n:::"
    )

    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Words.\n\n::: before first\n:::", 3, "at the very beginning"),
        ("::: before first\n:::\n\nWords.\n\n::: before second\n:::", 6, "at the very beginning"),
        ("::: before first\n:::\n" * 6, 11, "at most five"),
        ("::: before frist\n:::", 1, "Did you mean “first”?"),
        ("::: prompt\nWords\n:::", 1, "asks something"),
        ("::: prompt Why [JR-001]?\nWords\n:::", 1, "cites nothing"),
        ("::: prompt Why?\n:::", 1, "is empty"),
        ("::: prompt Why?\n::: question first\n:::\n:::", 2, "stands on its own"),
        ("::: summary\n:::", 1, "is empty"),
        ("::: summary\na\n:::\n\n::: summary\nb\n:::", 5, "one summary"),
        ("::: note\n::: limits\na\n:::\n:::", 2, "stand on their own"),
        ("a [b](glossary:met)", 1, "Did you mean “meti”?"),
        ("a\nb\n[c](glossary:)", 3, "no entry “”"),
        (BARS.replace("unit: billion US dollars\n", ""), 1, "what it counts"),
        (BARS.replace(" Money for Ukraine", ""), 1, "has a title"),
        (BARS.replace("message: ", "massage: "), 1, "what it shows"),
        (BARS.replace("| 5.5", ": 5.5"), 4, "a label, a bar and a number"),
        (BARS.replace("5.5", "5.5 billion"), 4, "“5.5 billion” is no number"),
        (BARS.replace("5.5 [JR-001]", "5.5"), 4, "cites the claim"),
        (BARS.replace("5.5 [JR-001]", "5.5 [JR-003]"), 4, "Did you mean “JR-00"),
        (BARS.replace("unit:", "style: pie\nunit:"), 2, "bars or dots, not “pie”"),
        (BARS.replace("unit:", "unit: a\nunit:"), 3, "twice"),
        ("::: chart A\nwords\nunit: x\nmessage: m\n:::", 2, "begins with unit:"),
        ("::: chart A\nunit: x\nmessage: m\n:::", 1, "no numbers"),
        (DOTS.replace("52", "201"), 4, "at most 200"),
        (DOTS.replace("52", "5.2"), 4, "Dots are whole"),
        (BARS.replace("billion US dollars", "percent").replace("5.5", "101"), 4, "more than 100"),
        ("\n\n".join([BARS] * 13), 97, "at most 12 charts"),
        (
            BARS.replace("- Announced", "- A | 1 [JR-001]\n" * 24 + "- Announced"),
            1,
            "more than 24 numbers",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(body, line, said):
    found = problems(body)

    assert any(at == line and said in message for at, message in found), found


def test_very_many_unknown_names_get_few_hints_at_a_cost_that_grows_with_their_number():
    known = {f"JR-{number:03}" for number in range(300)}

    def check(names: int) -> list[Problem]:
        body = " ".join(f"[JR-{number}]" for number in range(10_000, 10_000 + names))
        return check_lesson(body, known, (), ())

    found = check(4_000)

    assert len(found) == 4_000
    assert sum("Did you mean" in problem.message for problem in found) <= 50
    assert growth(check, 2_000) < LINEAR


@pytest.mark.parametrize("opening", ["::: note a{blanks}b\n:::", "::: nothing a{blanks}b"])
def test_very_many_blanks_in_an_opening_line_are_read_at_a_linear_cost(opening):
    def check(blanks: int) -> list[Problem]:
        return check_lesson(opening.format(blanks=" " * blanks), (), (), ())

    assert growth(check, 20_000) < LINEAR


@pytest.mark.parametrize("quotes", ['"', '"a ', "'a\" "])
def test_very_many_quotation_marks_are_read_at_a_linear_cost(quotes):
    def check(marks: int) -> list[Problem]:
        return check_lesson(quotes * marks, (), (), ())

    assert growth(check, 8_000) < LINEAR
