"""Which claims are taught and asked, and what lies in the folder that nothing leads to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.content.rendering.citations import cited_keys
from courses.exchange.domain.records import CourseContent, SlotDraft
from courses.exchange.reporting import rules
from courses.exchange.reporting.findings import Finding, error, remark
from courses.exchange.reporting.questions import asked_in, file_of, in_pool, published
from courses.exchange.reporting.reading import LessonParts


@dataclass(frozen=True)
class ClaimCoverage:
    """The lessons that cite a claim, and the questions whose key depends on it."""

    key: str
    taught: tuple[str, ...]
    asked: tuple[str, ...]


def claim_coverage(content: CourseContent, lessons: Sequence[LessonParts]) -> list[ClaimCoverage]:
    """Return for every claim where it is taught and asked, in the order of the ledger."""
    taught: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for lesson in lessons:
        for key in lesson.outline.claims:
            taught.setdefault(key, []).append(lesson.slug)
    for question in published(content):
        for key in question.claims[: rules.CLAIMS_THAT_COUNT]:
            asked.setdefault(key, []).append(question.draft.slug)
    return [
        ClaimCoverage(claim.key, tuple(taught.get(claim.key, ())), tuple(asked.get(claim.key, ())))
        for claim in content.claims
    ]


def coverage_findings(coverage: Sequence[ClaimCoverage]) -> Iterator[Finding]:
    """Yield the claims that are not taught, or not asked."""
    for claim in coverage:
        if not claim.taught:
            yield error("untaught", f"claims.yaml {claim.key}", "No lesson cites this claim.")
        if not claim.asked:
            yield error("unasked", f"claims.yaml {claim.key}", "No question rests on this claim.")


def reference_findings(content: CourseContent, lessons: Sequence[LessonParts]) -> Iterator[Finding]:
    """Yield what nothing leads to, and what leads to nothing that students see."""
    yield from _questions(content, lessons)
    yield from _quizzes(content)
    shown = {name for lesson in lessons for name in lesson.outline.pictures}
    for name in content.media:
        if name not in shown:
            yield error("unused-media", f"media/{name}", "No lesson shows this picture.")
    used = {claim.source for claim in content.claims}
    for source in content.sources:
        if source.key not in used:
            yield remark("unused-source", f"sources.yaml {source.key}", "No claim rests on it.")
    topics = {claim.topic for claim in content.claims} | {q.topic for q in content.questions}
    for topic in content.topics:
        if topic.slug not in topics:
            yield remark("unused-topic", f"course.yaml {topic.slug}", "Nothing belongs to it.")


def _questions(content: CourseContent, lessons: Sequence[LessonParts]) -> Iterator[Finding]:
    inline = {slug for lesson in lessons for slug in lesson.outline.questions}
    quizzed = {slug for quiz in content.quizzes for slug in asked_in(content, quiz)}
    status = {question.draft.slug: question.status for question in content.questions}
    for question in published(content):
        slug = question.draft.slug
        if slug not in inline and slug not in quizzed:
            where = f"{file_of(question)} {slug}"
            yield remark("unused-question", where, "It stands in no lesson and in no quiz.")
    for lesson in lessons:
        for slug in lesson.outline.questions:
            if status.get(slug) != "published":
                sentence = f"The question {slug} is a draft: students do not see it."
                yield error("hidden-question", f"lessons/{lesson.slug}.md", sentence)


def _quizzes(content: CourseContent) -> Iterator[Finding]:
    status = {question.draft.slug: question.status for question in content.questions}
    for quiz in content.quizzes:
        where = f"course.yaml {quiz.slug}"
        if not quiz.questions:
            yield error("empty-quiz", where, "The quiz asks nothing.")
        for slug in quiz.slugs:
            if status.get(slug) != "published":
                sentence = f"The question {slug} is a draft: students do not see it."
                yield error("hidden-question", where, sentence)
        for slot in quiz.questions:
            if isinstance(slot, SlotDraft) and slot.pool:
                there = len(in_pool(content, slot))
                if there < slot.draw:
                    drawn = f"{slot.draw} of the {slot.pool} {slot.value}; there are {there}."
                    yield error("small-pool", where, f"The quiz draws {drawn}")


def glossary_findings(content: CourseContent, lessons: Sequence[LessonParts]) -> Iterator[Finding]:
    """Yield entries that rest on nothing, and those that no lesson leads to."""
    linked = {slug for lesson in lessons for slug in lesson.outline.terms}
    for term in content.terms:
        where = f"glossary.yaml {term.slug}"
        if not term.common and not term.claims and not cited_keys(term.definition):
            sentence = "It is neither common knowledge (common: true) nor does it cite a claim."
            yield error("groundless-entry", where, sentence)
        if term.slug not in linked:
            yield remark("unlinked-entry", where, "No lesson links to this entry.")
