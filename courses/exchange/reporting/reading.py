"""What a lesson consists of, and how hard its prose is to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from courses.content.domain.drafts import LessonDraft, count_words
from courses.content.rendering.charts import Chart
from courses.content.rendering.checking import Outline, lesson_outline
from courses.content.rendering.parser import parser
from courses.content.rendering.text import plain_text

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)]*(?=\s|$)")


@dataclass(frozen=True)
class LessonParts:
    """What stands in a lesson's text; `prose` are its paragraphs, items and headings' texts."""

    slug: str
    words: int
    grade: float
    objectives: int
    before: str
    inline: tuple[str, ...]
    prompts: int
    has_summary: bool
    has_limits: bool
    charts: tuple[Chart, ...]
    outline: Outline
    prose: tuple[str, ...]


def read_parts(lesson: LessonDraft) -> LessonParts:
    """Return what `lesson` consists of."""
    tokens = parser().parse(lesson.body, {})
    kinds = [token.type for token in tokens]
    asked = [token for token in tokens if token.type == "question"]
    prose = _prose(tokens)
    return LessonParts(
        slug=lesson.slug,
        words=count_words(lesson.body),
        grade=reading_grade(" ".join(prose)),
        objectives=len(lesson.objectives),
        before=next((token.meta["slug"] for token in asked if token.meta.get("before")), ""),
        inline=tuple(token.meta["slug"] for token in asked if not token.meta.get("before")),
        prompts=kinds.count("prompt_open"),
        has_summary="summary_open" in kinds,
        has_limits="limits_open" in kinds,
        charts=tuple(token.meta["chart"] for token in tokens if token.type == "chart_open"),
        outline=lesson_outline(lesson.body),
        prose=prose,
    )


def _prose(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return what is written in sentences: no headings, no cells of tables."""
    texts = []
    inside = ""
    for token in tokens:
        if token.nesting:
            inside = token.type
        elif token.type == "inline" and inside not in ("heading_open", "th_open", "td_open"):
            texts.append(plain_text(token))
    return tuple(text for text in texts if text)


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, without case."""
    return [word.casefold() for word in _WORD.findall(text.replace("’", "'"))]


def reading_grade(text: str) -> float:
    """Return the Coleman-Liau index of `text`: the school year in which it is read with ease.

    0.0588 L - 0.296 S - 15.8, where L are letters and S sentences per 100 words (Coleman
    and Liau, 1975). It counts letters, not syllables, and so needs no dictionary; long
    names raise it. 0 for an empty text.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    letters = sum(character.isalnum() for word in words for character in word)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    hundreds = len(words) / 100
    return round(0.0588 * letters / hundreds - 0.296 * sentences / hundreds - 15.8, 1)
