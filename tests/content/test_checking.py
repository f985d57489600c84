"""What authors are told about their lessons: every mistake, with its line."""

import pytest
from django.utils import translation

from courses.content.rendering import check_lesson, lesson_outline

CLAIMS = {"JR-001", "JR-002"}
QUESTIONS = {"first", "second"}
MEDIA = {"map.svg"}
GOOD = """Words [JR-001].

## A part

::: question first
:::

::: figure map.svg
Caption [JR-001,
JR-002].
alt: What it shows.
:::

::: timeline
- 2014 | One
- 2022/2023-02 | Two
:::

::: quote Somebody | somewhere
Words
:::

::: analysis
::: note Inside
It argues.
:::
:::

```
::: not a block
<b>
```
"""


def problems(body: str) -> list[tuple[int, str]]:
    with translation.override("en"):
        found = check_lesson(body, CLAIMS, QUESTIONS, MEDIA)
    return [(problem.line, problem.message) for problem in found]


def test_a_good_lesson_has_no_problems():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("a\n\nb [JR-999]", 3, "There is no claim “JR-999”"),
        ("a\nb\nc [JR-001] [JR-003]", 3, "Did you mean “JR-00"),
        ("a\n\n::: question frist\n:::", 3, "Did you mean “first”?"),
        ("::: question first\n:::\n\n::: question first\n:::", 4, "twice"),
        ("::: question\n:::", 1, "names one question"),
        ("::: question first\nwords\n:::", 2, "no text of its own"),
        ("- ::: question first\n  :::", 1, "stands on its own"),
        ("::: figure map.svg\nCaption.\n:::", 1, "no text alternative"),
        ("::: figure nap.svg\nCaption.\nalt: x\n:::", 1, "Did you mean “map.svg”?"),
        ("::: figure\nCaption.\nalt: x\n:::", 1, "names its file"),
        ("::: timeline\n- 2022-13 | x\n:::", 2, "“2022-13” is no date"),
        ("::: timeline\n- 2022 x\n:::", 2, "a date, a bar and a text"),
        ("::: timeline\nwords\n:::", 2, "begins with a dash"),
        ("::: timeline\n:::", 1, "no entries"),
        ("::: quote\nWords\n:::", 1, "names who said it"),
        ("::: quote A\n:::", 1, "is empty"),
        ("::: note\n:::", 1, "is empty"),
        ("a\n\n::: note\nb", 3, "never closed"),
        ("a\n\n::: qestion first\n:::", 3, "Did you mean “question”?"),
        ("a\n\n:::", 3, "closes nothing"),
        ("# Title", 1, "begin at ##"),
        ("## A\n\n#### B", 3, "skips a level"),
        ("a ![x](y.png)", 1, "Pictures come by a figure"),
        ("a <b>c</b>", 1, "HTML is not understood"),
        ("> " * 25 + "deep", 1, "too deeply"),
        ("", 1, "no text"),
        ("x" * 200_001, 1, "longer than 200 kB"),
    ],
)
def test_a_mistake_is_named_with_its_line(body, line, said):
    found = problems(body)

    assert any(at == line and said in message for at, message in found), found


def test_all_mistakes_are_found_at_once():
    body = "x [JR-009]\n\n::: figure map.svg\nc\n:::\n\n::: question third\n:::\n"

    assert [line for line, _message in problems(body)] == [1, 3, 7]


def test_the_outline_lists_what_a_text_leans_on():
    outline = lesson_outline(GOOD)

    assert outline.claims == ("JR-001", "JR-002")
    assert outline.questions == ("first",)
    assert outline.pictures == ("map.svg",)
