"""Looks at the questions: how many, how alike, and where their keys stand.

Whether each is well made is for the linter to say.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from courses.exchange.domain.records import CourseContent, PlacedQuestion, QuizDraft, SlotDraft
from courses.exchange.reporting import rules
from courses.exchange.reporting.copying import Ledger
from courses.exchange.reporting.findings import Finding, error, remark
from courses.exchange.reporting.reading import words_of


@dataclass(frozen=True)
class KeyPlaces:
    """Where the right options of single choice stand, as written.

    `places` counts them by place (from 1), `longest` those longer than all others.
    """

    questions: int
    places: dict[int, int]
    longest: int

    def share(self, count: int) -> float:
        return count / self.questions if self.questions else 0.0


def published(content: CourseContent) -> list[PlacedQuestion]:
    """Return the questions that students see."""
    return [question for question in content.questions if question.status == "published"]


def asked_in(content: CourseContent, quiz: QuizDraft) -> list[str]:
    """Return the slugs of what a quiz asks or may draw, each once: drafts that it names too."""
    asked: dict[str, None] = {}
    for slot in quiz.questions:
        if isinstance(slot, str):
            asked[slot] = None
        elif slot.question:
            asked[slot.question] = None
        else:
            asked |= dict.fromkeys(in_pool(content, slot))
    return list(asked)


def in_pool(content: CourseContent, slot: SlotDraft) -> list[str]:
    """Return the slugs of the published questions that a slot draws from."""
    return [one.draft.slug for one in published(content) if slot.value in _pools(one, slot.pool)]


def _pools(question: PlacedQuestion, pool: str) -> tuple[str, ...]:
    """Return the pools of a kind that a question belongs to."""
    if pool == "tag":
        return question.draft.tags
    return (question.lesson if pool == "lesson" else question.topic,)


def file_of(question: PlacedQuestion) -> str:
    return f"questions/{question.lesson or '_course'}.yaml"


def type_counts(questions: Sequence[PlacedQuestion]) -> dict[str, int]:
    """Return how many questions there are of each type, the most frequent first."""
    return dict(Counter(question.draft.type for question in questions).most_common())


def key_places(questions: Sequence[PlacedQuestion]) -> KeyPlaces:
    """Return where the right options stand, and how often they are the longest."""
    places: Counter[int] = Counter()
    longest = counted = 0
    for question in questions:
        if question.draft.type != "single_choice":
            continue
        options = question.draft.payload["options"]
        right = next(index for index, option in enumerate(options) if option.get("correct"))
        lengths = [len(option["text"]) for option in options]
        counted += 1
        places[right + 1] += 1
        others = lengths[:right] + lengths[right + 1 :]
        longest += lengths[right] > max(others, default=0)
    return KeyPlaces(counted, dict(sorted(places.items())), longest)


def question_findings(content: CourseContent) -> Iterator[Finding]:
    """Yield what is wrong with the questions, alone and together."""
    questions = published(content)
    if len(questions) < rules.LEAST_QUESTIONS:
        sentence = f"There are {len(questions)} questions; {rules.LEAST_QUESTIONS} are owed."
        yield error("questions", "questions/", sentence)
    for question in questions:
        yield from _alone(question)
    yield from _copied(content)
    yield from _alike(questions)


def _alone(question: PlacedQuestion) -> Iterator[Finding]:
    where = f"{file_of(question)} {question.draft.slug}"
    if len(question.claims) > rules.CLAIMS_THAT_COUNT:
        extra = ", ".join(question.claims[rules.CLAIMS_THAT_COUNT :])
        sentence = f"Only the first {rules.CLAIMS_THAT_COUNT} claims count; not {extra}."
        yield remark("claims", where, sentence)


def _copied(content: CourseContent) -> Iterator[Finding]:
    """Yield the questions and entries that repeat a claim at length; lessons are seen to apart."""
    ledger = Ledger(content.claims)
    texts: dict[str, tuple[str, ...]] = {
        f"{file_of(question)} {question.draft.slug}": (
            *(question.draft.stem, question.draft.explanation),
            str(question.draft.payload.get("back", "")),
        )
        for question in published(content)
    }
    texts |= {f"glossary.yaml {term.slug}": (term.definition, term.more) for term in content.terms}
    for where, said in texts.items():
        for run in ledger.runs_in(said):
            if run.length >= rules.COPY_ERROR:
                yield remark("copied", where, str(run))


def _alike(questions: Sequence[PlacedQuestion]) -> Iterator[Finding]:
    """Yield the pairs of stems that are the same, or nearly."""
    stems = [(question, words_of(question.draft.stem)) for question in questions]
    for (one, mine), (other, theirs) in combinations(stems, 2):
        where = f"{file_of(one)} {one.draft.slug}"
        if mine == theirs:
            yield error("same-stem", where, f"{other.draft.slug} asks in the same words.")
            continue
        shared = len(set(mine) & set(theirs)) * 2
        # the slow comparison only for those that have most words in common
        if shared < rules.ALIKE * (len(set(mine)) + len(set(theirs))) * 0.9:
            continue
        likeness = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
        if likeness >= rules.ALIKE:
            sentence = f"{other.draft.slug} asks nearly the same ({likeness:.0%} of the words)."
            yield remark("alike", where, sentence)
