"""Reads the form of a question: what is wrong with it, what the linter says, what it comes to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.assessment.domain.authoring import QuestionDraft, change_between, check_question
from courses.assessment.domain.linting import LintedClaim, LintedQuestion, lint_alone
from courses.assessment.domain.problems import PayloadInvalid
from courses.assessment.domain.types.base import texts_in
from courses.assessment.selectors.linting import LintNote, notes_on
from courses.assessment.wording import sentence
from courses.content.models import Claim, Term
from courses.content.rendering.citations import cited_keys
from courses.content.rendering.glossary import linked_terms
from courses.content.selectors import course_claims
from courses.enrollment.models import Course
from courses.exchange.domain.mistakes import Mistake, did_you_mean
from courses.exchange.domain.nodes import MapNode, Node, line_at, read_yaml, value_of
from courses.exchange.selectors import question_draft
from courses.web.forms.fields import first_error
from courses.web.forms.questions import QuestionForm, Silences
from courses.web.question_editing import Editing
from courses.web.rule_words import rule_label

_PAYLOAD = "payload"
_HEAD = re.compile(r"[.\[]")
_INDEX = re.compile(r"\[(\d+)\]")
_MOST_PROBLEMS = 30
_PLACES = {
    "stem": gettext_lazy("Stem"),
    "explanation": gettext_lazy("Explanation"),
    "hints": gettext_lazy("Hints"),
    "claims": gettext_lazy("Claims"),
    "tags": gettext_lazy("Tags"),
    "silenced": gettext_lazy("Silenced findings"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding of the linter with its place in the form: a field, perhaps with a line."""

    level: str
    rule: str
    label: str
    field: str
    place: str
    sentence: str
    reason: str = ""


@dataclass(slots=True)
class Checked:
    """What a form comes to. `draft` is None while anything is wrong with it.

    `concluded` is `answer`, `cosmetic`, or None where a saved question would stay as it is.
    """

    draft: QuestionDraft | None = None
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    concluded: str | None = None

    @property
    def open_notes(self) -> list[Note]:
        return [note for note in self.notes if not note.reason]

    @property
    def silenced_notes(self) -> list[Note]:
        return [note for note in self.notes if note.reason]


@dataclass(slots=True)
class _Payload:
    """The type's own part once read: its value, and its tree for the lines of what is wrong."""

    value: Any = None
    root: Node | None = None
    is_readable: bool = False

    def line_of(self, path: str) -> int:
        return line_at(self.root, path) if self.root is not None else 1


def check_form(editing: Editing, form: QuestionForm, silences: Silences) -> Checked:
    """Check a bound form; every mistake becomes an error of the field it is in. Three queries."""
    form.is_valid()
    silences.is_valid()
    checked = Checked()
    payload = _read_payload(form)
    known = {claim.key: claim for claim in course_claims(editing.course)}
    checked.claims = _claims(form, known)
    content = _content(editing, form, silences, payload)
    try:
        checked.draft = check_question(**content) if payload.is_readable else None
    except PayloadInvalid as invalid:
        for problem in invalid.problems[:_MOST_PROBLEMS]:
            _place_problem(form, silences, payload, problem.path, sentence(problem.message))
    _check_links(editing.course, form, payload, known)
    if payload.is_readable:
        checked.notes = _notes(editing.course, checked.claims, content, payload, form)
    if form.errors or any(silences.errors):
        checked.draft = None
    if checked.draft is not None:
        checked.concluded = _concluded(editing, checked.draft, checked.claims)
    first_error(form, *silences.forms)
    return checked


def _concluded(editing: Editing, draft: QuestionDraft, claims: Iterable[Claim]) -> str | None:
    """Return what sets the draft apart from the saved question, None where nothing does."""
    question = editing.question
    if question is None or question.current is None:
        return None
    same_claims = [claim.key for claim in claims] == editing.claim_keys
    saved = question_draft(question.slug, question.current)
    return change_between(saved, draft) or (None if same_claims else "cosmetic")


def silences_of(silences: Silences) -> list[tuple[int, dict[str, str]]]:
    """Return the rows in which a rule is chosen, each with its number in the form."""
    return [
        (index, {"rule": data["rule"], "reason": data.get("reason", "")})
        for index, row in enumerate(silences.forms)
        if (data := getattr(row, "cleaned_data", {})).get("rule")
    ]


def _content(
    editing: Editing, form: QuestionForm, silences: Silences, payload: _Payload
) -> dict[str, Any]:
    return {
        "slug": editing.question.slug if editing.question else form.typed("slug"),
        "type_name": editing.type_name,
        "stem": form.typed("stem"),
        "payload": payload.value,
        "explanation": form.typed("explanation"),
        "tags": form.tag_list,
        "hints": form.hint_list,
        "silenced": [row for _index, row in silences_of(silences)],
    }


def _read_payload(form: QuestionForm) -> _Payload:
    """Read the YAML; what cannot be read becomes errors of its field, each with its line."""
    if _PAYLOAD in form.errors:
        return _Payload()
    mistakes: list[Mistake] = []
    document = read_yaml(form.typed(_PAYLOAD), file="", mistakes=mistakes)
    root = document.root if document else None
    value = value_of(root, file="", mistakes=mistakes) if root is not None else None
    if document is not None and not isinstance(root, MapNode):
        mistakes.append(Mistake("", 1, "Here stand keys with values, such as “options:”."))
    for mistake in mistakes[:_MOST_PROBLEMS]:
        # The reader of course files speaks English, whoever listens.
        told = format_html('<span lang="en">{}</span>', mistake.sentence)
        form.add_error(_PAYLOAD, _on_line(mistake.line, "", told))
    return _Payload(value, root, not mistakes)


def _claims(form: QuestionForm, known: Mapping[str, Claim]) -> list[Claim]:
    """Return the claims that the form names, each once; unknown keys become errors."""
    if "claims" in form.errors:
        return []
    keys = list(dict.fromkeys(form.claim_keys))
    for key in [key for key in keys if key not in known][:_MOST_PROBLEMS]:
        form.add_error("claims", _no_claim(key, known))
    return [known[key] for key in keys if key in known]


def _no_claim(key: str, known: Iterable[str]) -> str:
    near = did_you_mean(key, known, after=0)
    if near:
        guess = near.partition("“")[2].partition("”")[0]
        return _("There is no claim “%(key)s” in this course. Did you mean “%(guess)s”?") % {
            "key": key[:40], "guess": guess,
        }  # fmt: skip
    return _("There is no claim “%(key)s” in this course.") % {"key": key[:40]}


def _check_links(
    course: Course, form: QuestionForm, payload: _Payload, known: Mapping[str, Claim]
) -> None:
    """Note every claim and every entry of the glossary that a text names in vain."""
    terms: set[str] | None = None
    for name, path, text in _texts(form, payload):
        line = payload.line_of(path) if path else 0
        for key in cited_keys(text):
            if key not in known:
                form.add_error(name, _on_line(line, "", _no_claim(key, known)))
        linked = linked_terms(text)
        if linked and terms is None:
            found = Term.objects.filter(course=course, archived_at=None)
            terms = set(found.values_list("slug", flat=True))
        for slug in linked:
            if slug not in (terms or ()):
                said = _("There is no entry “%(slug)s” in the glossary.") % {"slug": slug[:60]}
                form.add_error(name, _on_line(line, "", said))


def _texts(form: QuestionForm, payload: _Payload) -> Iterator[tuple[str, str, str]]:
    """Yield (field, path in the payload, text) of everything that may cite or link."""
    for name in ("stem", "explanation", "hints"):
        if name not in form.errors:
            yield name, "", form.typed(name)
    if payload.is_readable:
        for path, text in texts_in(payload.value, ""):
            yield _PAYLOAD, path, text


def _place_problem(
    form: QuestionForm, silences: Silences, payload: _Payload, path: str, said: str
) -> None:
    """Make a problem of the domain an error of the field that its path names."""
    head = _HEAD.split(path)[0]
    index = int(found[1]) if (found := _INDEX.search(path)) else None
    if head == "silenced" and index is not None:
        row = silences.forms[silences_of(silences)[index][0]]
        part = path.rpartition(".")[2]
        row.add_error(part if part in row.fields else None, said)
    elif head in form.fields and head != _PAYLOAD:
        # What Django has found there already says the same.
        if head not in form.errors or index is not None:
            form.add_error(head, said if index is None else f"{index + 1}. {said}")
    elif head in ("slug", "type"):
        form.add_error(None, said)
    else:
        form.add_error(_PAYLOAD, _on_line(payload.line_of(path), path, said))


def _on_line(line: int, path: str, said: str) -> Any:
    if not line:
        return said
    if path:
        told = _("Line {line}, {place}: {sentence}")
        place = format_html('<code translate="no">{}</code>', path)
        return format_html(told, line=line, place=place, sentence=said)
    return format_html(_("Line {line}: {sentence}"), line=line, sentence=said)


def _notes(
    course: Course,
    claims: Iterable[Claim],
    content: Mapping[str, Any],
    payload: _Payload,
    form: QuestionForm,
) -> list[Note]:
    """Return what the linter finds in the question by itself, but for what is told as an error."""
    linted = LintedQuestion(
        slug=content["slug"],
        type=content["type_name"],
        stem=content["stem"],
        payload=content["payload"],
        explanation=content["explanation"],
        tags=tuple(content["tags"]),
        hints=tuple(content["hints"]),
        claims=tuple(
            LintedClaim(one.key, one.current.kind, one.current.date, one.current.attributed)
            for one in claims
            if one.current is not None
        ),
        silenced=tuple((row["rule"], row["reason"]) for row in content["silenced"]),
        language=course.language,
        uses_claims=course.rests_on_claims,
    )
    told = " ".join(str(line) for lines in form.errors.values() for line in lines)
    found = [one for one in notes_on(lint_alone(linted)) if one.sentence not in told]
    return [_note(one, payload) for one in found]


def _note(found: LintNote, payload: _Payload) -> Note:
    head = _HEAD.split(found.path)[0]
    if head in _PLACES:
        name, place = head, str(_PLACES[head])
    elif not found.path:
        name, place = "stem", ""
    else:
        name = _PAYLOAD
        place = _("Answers, line %(line)d") % {"line": payload.line_of(found.path)}
    return Note(
        found.level, found.rule, rule_label(found.rule), name, place, found.sentence, found.reason
    )
