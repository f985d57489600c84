"""Finds the mistakes in a lesson's text before anybody reads it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from courses.content.domain.partial_dates import NotADate, parse_period
from courses.content.rendering import wording
from courses.content.rendering.directives import MAX_NESTING, NAMES, OPENING
from courses.content.rendering.parser import all_tokens, parser
from courses.content.rendering.problems import Problem

MAX_BYTES = 200_000
_MARKER = re.compile(r"[ \t]*:{3,}")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True)
class Outline:
    """What a lesson's text refers to, in the order of the text."""

    claims: tuple[str, ...]
    questions: tuple[str, ...]
    pictures: tuple[str, ...]


def lesson_outline(body: str) -> Outline:
    """Return the claims, questions and pictures that `body` names, each once."""
    claims: list[str] = []
    questions: list[str] = []
    pictures: list[str] = []
    for token in all_tokens(parser().parse(body, {})):
        if token.type == "citation":
            claims += token.meta["keys"]
        elif token.type == "question":
            questions.append(token.meta["slug"])
        elif token.type == "figure_open":
            pictures.append(token.meta["name"])
    return Outline(*(tuple(dict.fromkeys(names)) for names in (claims, questions, pictures)))


def check_lesson(
    body: str,
    known_claims: Collection[str],
    known_questions: Collection[str],
    known_media: Collection[str],
) -> list[Problem]:
    """Return the mistakes of `body`, in the order of its lines; none means it may be saved."""
    if len(body.encode("utf-8", "replace")) > MAX_BYTES:
        return [Problem(1, wording.too_long(MAX_BYTES // 1000))]
    if not body.strip():
        return [Problem(1, str(wording.EMPTY_LESSON))]
    env: dict[str, Any] = {}
    tokens = parser().parse(body, env)
    problems = set(env.get("problems", ()))
    problems.update(_stray_markers(body, tokens, env))
    problems.update(_structure(tokens))
    problems.update(_questions(tokens, known_questions))
    problems.update(_dates_and_pictures(tokens, known_media))
    for token in tokens:
        if token.type == "inline":
            problems.update(_inline(token, known_claims))
    return sorted(problems)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _stray_markers(body: str, tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[Problem]:
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
            yield Problem(number + 1, wording.no_such_block(match[1], NAMES))
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


def _questions(tokens: Sequence[Token], known: Collection[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for token in tokens:
        if token.type != "question" or not token.meta["slug"]:
            continue
        slug = token.meta["slug"]
        if slug in seen:
            yield Problem(_line(token), str(wording.QUESTION_TWICE))
        elif slug not in known:
            yield Problem(_line(token), wording.no_such_question(slug, sorted(known)))
        seen.add(slug)


def _dates_and_pictures(tokens: Sequence[Token], known_media: Collection[str]) -> Iterator[Problem]:
    for token in tokens:
        if token.type == "entry_open":
            try:
                parse_period(token.meta["date"])
            except NotADate:
                yield Problem(_line(token), wording.not_a_date(token.meta["date"]))
        elif token.type == "figure_open":
            name = token.meta["name"]
            if name and name not in known_media:
                yield Problem(_line(token), wording.no_such_picture(name, sorted(known_media)))


def _inline(token: Token, known_claims: Collection[str]) -> Iterator[Problem]:
    before = ""
    for child in token.children or ():
        if child.type == "citation":
            line = _line(token) + token.content.count("\n", 0, child.meta["position"])
            for key in child.meta["keys"]:
                if key not in known_claims:
                    yield Problem(line, wording.no_such_claim(key, sorted(known_claims)))
        elif child.type == "link_open" and before.endswith("!"):
            yield Problem(_line(token), str(wording.IMAGE_IN_TEXT))
        elif child.type == "text" and _TAG.search(child.content):
            yield Problem(_line(token), str(wording.RAW_HTML))
        before = child.content if child.type == "text" else ""
