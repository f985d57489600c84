"""Finds the mistakes in a lesson's text before anybody reads it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from courses.content.domain.partial_dates import NotADate, parse_period
from courses.content.rendering import wording
from courses.content.rendering.directives import MAX_NESTING, NAMES, OPENING
from courses.content.rendering.glossary import SCHEME, term_of, terms_in
from courses.content.rendering.parser import parser
from courses.content.rendering.problems import Problem
from courses.content.rendering.text import all_tokens

MAX_BYTES = 200_000
MOST_HINTS = 50
_MARKER = re.compile(r"[ \t]*:{3,}")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True)
class Outline:
    """What a lesson's text refers to, in the order of the text."""

    claims: tuple[str, ...]
    questions: tuple[str, ...]
    pictures: tuple[str, ...]
    terms: tuple[str, ...] = ()


def lesson_outline(body: str) -> Outline:
    """Return the claims, questions, pictures and entries that `body` names, each once."""
    claims: list[str] = []
    questions: list[str] = []
    pictures: list[str] = []
    tokens = list(all_tokens(parser().parse(body, {})))
    for token in tokens:
        if token.type == "citation":
            claims += token.meta["keys"]
        elif token.type == "question":
            questions.append(token.meta["slug"])
        elif token.type == "figure_open":
            pictures.append(token.meta["name"])
        elif token.type == "chart_open":
            claims += token.meta["chart"].claims
    named = (claims, questions, pictures, terms_in(tokens))
    return Outline(*(tuple(dict.fromkeys(names)) for names in named))


def check_lesson(
    body: str,
    known_claims: Collection[str],
    known_questions: Collection[str],
    known_media: Collection[str],
    known_terms: Collection[str] = (),
    *,
    most_hints: int = MOST_HINTS,
) -> list[Problem]:
    """Return the mistakes of `body`, in the order of its lines; none means it may be saved.

    At most `most_hints` of them guess what was meant: the search is slow.
    """
    if len(body.encode("utf-8", "replace")) > MAX_BYTES:
        return [Problem(1, wording.too_long(MAX_BYTES // 1000))]
    if not body.strip():
        return [Problem(1, str(wording.EMPTY_LESSON))]
    env: dict[str, Any] = {}
    tokens = parser().parse(body, env)
    hints = wording.Hints(most_hints)
    problems = set(env.get("problems", ()))
    problems.update(_stray_markers(body, tokens, env, hints))
    problems.update(_structure(tokens))
    problems.update(_questions(tokens, known_questions, hints))
    problems.update(_dates_and_pictures(tokens, known_media, hints))
    for token in tokens:
        if token.type == "inline":
            problems.update(_inline(token, known_claims, known_terms, hints))
        elif token.type == "chart_open":
            problems.update(_chart(token, known_claims, hints))
    return sorted(problems)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _stray_markers(
    body: str, tokens: Sequence[Token], env: dict[str, Any], hints: wording.Hints
) -> Iterator[Problem]:
    """Find lines with ::: that are no directive: misspelled blocks and closings of nothing."""
    taken = set(env.get("directive_lines", ()))
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            taken.update(range(*token.map))
    for number, line in enumerate(body.split("\n")):
        if number in taken or not _MARKER.match(line):
            continue
        match = OPENING.fullmatch(line.strip())
        if match and match[1] not in NAMES:
            yield Problem(number + 1, wording.no_such_block(match[1], hints.near(match[1], NAMES)))
        elif not match:
            yield Problem(number + 1, str(wording.STRAY_CLOSING))


def _structure(tokens: Sequence[Token]) -> Iterator[Problem]:
    level = 1
    for token in tokens:
        if token.level >= MAX_NESTING - 1:
            yield Problem(_line(token), str(wording.TOO_DEEP))
        if token.type == "heading_open":
            here = int(token.tag[1])
            if here == 1:
                yield Problem(_line(token), str(wording.TITLE_IN_BODY))
            elif here > level + 1:
                yield Problem(_line(token), str(wording.HEADING_SKIPS))
            level = max(here, 2)


def _questions(
    tokens: Sequence[Token], known: Collection[str], hints: wording.Hints
) -> Iterator[Problem]:
    seen: set[str] = set()
    for token in tokens:
        if token.type != "question" or not token.meta["slug"]:
            continue
        slug = token.meta["slug"]
        if slug in seen:
            yield Problem(_line(token), str(wording.QUESTION_TWICE))
        elif slug not in known:
            yield Problem(_line(token), wording.no_such_question(slug, hints.near(slug, known)))
        seen.add(slug)


def _dates_and_pictures(
    tokens: Sequence[Token], known_media: Collection[str], hints: wording.Hints
) -> Iterator[Problem]:
    for token in tokens:
        if token.type == "entry_open":
            try:
                parse_period(token.meta["date"])
            except NotADate:
                yield Problem(_line(token), wording.not_a_date(token.meta["date"]))
        elif token.type == "figure_open":
            name = token.meta["name"]
            if name and name not in known_media:
                hint = hints.near(name, known_media)
                yield Problem(_line(token), wording.no_such_picture(name, hint))


def _chart(token: Token, known_claims: Collection[str], hints: wording.Hints) -> Iterator[Problem]:
    for row in token.meta["chart"].rows:
        for key in row.claims:
            if key not in known_claims:
                hint = hints.near(key, known_claims)
                yield Problem(row.line + 1, wording.no_such_claim(key, hint))


def _inline(
    token: Token,
    known_claims: Collection[str],
    known_terms: Collection[str],
    hints: wording.Hints,
) -> Iterator[Problem]:
    before = ""
    for child in token.children or ():
        slug = term_of(child)
        if child.type == "citation":
            line = _line(token) + token.content.count("\n", 0, child.meta["position"])
            for key in child.meta["keys"]:
                if key not in known_claims:
                    hint = hints.near(key, known_claims)
                    yield Problem(line, wording.no_such_claim(key, hint))
        elif slug is not None and slug not in known_terms:
            at = max(token.content.find(f"({SCHEME}{slug}"), 0)
            place = _line(token) + token.content.count("\n", 0, at)
            yield Problem(place, wording.no_such_term(slug, hints.near(slug, known_terms)))
        elif child.type == "link_open" and before.endswith("!"):
            yield Problem(_line(token), str(wording.IMAGE_IN_TEXT))
        elif child.type == "text" and _TAG.search(child.content):
            yield Problem(_line(token), str(wording.RAW_HTML))
        before = child.content if child.type == "text" else ""
