"""Sources and claims: revised when they say something else, archived when they go."""

from datetime import timedelta

import pytest

from courses.content.domain.drafts import SourceDraft, TopicDraft
from courses.content.models import Claim, ClaimRevision, Lesson, Source, Topic
from courses.content.services import save_claim, save_claims, save_sources, save_topics
from courses.content.signals import claim_revised
from tests.factories.content import (
    SAVED_AT,
    claim_draft,
    make_claim,
    make_lesson,
    make_source,
    make_topic,
)

LATER = SAVED_AT + timedelta(days=1)


@pytest.fixture
def ledger(course):
    make_source(course)
    make_topic(course)
    return course


@pytest.fixture
def news():
    heard = []

    def hear(sender, **said):
        heard.append(said)

    claim_revised.connect(hear)
    yield heard
    claim_revised.disconnect(hear)


def test_a_new_claim_has_its_first_revision(ledger, news):
    assert save_claim(ledger, claim_draft("JR-001"), now=SAVED_AT) == "created"

    claim = Claim.objects.get(course=ledger, key="JR-001")
    assert (claim.current.number, claim.current.created_at) == (1, SAVED_AT)
    assert news[0]["previous"] is None


def test_saving_the_same_again_changes_nothing(ledger, news):
    draft = claim_draft("JR-001", figures=[{"value": 5.5, "unit": "percent", "what": "share"}])
    save_claim(ledger, draft, now=SAVED_AT)

    assert save_claim(ledger, draft, now=LATER) == "unchanged"
    assert ClaimRevision.objects.count() == 1
    assert len(news) == 1


def test_another_statement_is_a_revision_and_news(ledger, news):
    save_claim(ledger, claim_draft("JR-001"), now=SAVED_AT)

    assert save_claim(ledger, claim_draft("JR-001", statement="Not so."), now=LATER) == "changed"

    claim = Claim.objects.get(course=ledger, key="JR-001")
    assert (claim.current.number, claim.current.statement) == (2, "Not so.")
    assert claim.revisions.get(number=1).statement == "What JR-001 states."
    assert news[1]["previous"].number == 1
    assert news[1]["now"] == LATER


def test_missing_claims_are_archived_and_come_back_as_they_were(ledger):
    drafts = [claim_draft("JR-001"), claim_draft("JR-002")]
    save_claims(ledger, drafts, now=SAVED_AT)

    gone = save_claims(ledger, drafts[:1], now=LATER)
    again = save_claims(ledger, drafts[:1], now=LATER)
    back = save_claims(ledger, drafts, now=LATER)

    assert gone.archived == ["JR-002"]
    assert not again
    assert back.restored == ["JR-002"]
    assert ClaimRevision.objects.count() == 2


def test_a_claim_of_an_unknown_source_is_refused(ledger):
    with pytest.raises(KeyError):
        save_claim(ledger, claim_draft("JR-001", source="S9"), now=SAVED_AT)


def test_the_order_of_topics_is_that_of_the_list(course):
    save_topics(course, [TopicDraft("a", "A"), TopicDraft("b", "B")], now=SAVED_AT)

    changes = save_topics(course, [TopicDraft("b", "B"), TopicDraft("c", "C")], now=LATER)

    assert (changes.created, changes.changed, changes.archived) == (["c"], ["b"], ["a"])
    present = Topic.objects.filter(course=course, archived_at=None)
    assert list(present.values_list("slug", flat=True)) == ["b", "c"]


def test_sources_are_mended_in_place(course):
    draft = SourceDraft(key="S1", title="A", kind="commentary", written="2024-11")
    save_sources(course, [draft], now=SAVED_AT)
    mended = SourceDraft(key="S1", title="B", kind="commentary", written="2024-11")

    assert save_sources(course, [mended], now=LATER).changed == ["S1"]
    assert not save_sources(course, [mended], now=LATER)
    assert Source.objects.get(course=course).title == "B"


@pytest.mark.parametrize("change", ["claim", "source", "archive"])
def test_references_of_a_lesson_are_renewed_when_what_they_show_changes(course, change):
    claim = make_claim(course, "JR-001")
    citing = make_lesson(course, "citing", body="So it was [JR-001].")
    other = make_lesson(course, "other")

    if change == "claim":
        save_claim(course, claim_draft("JR-001", statement="Otherwise."), now=LATER)
    elif change == "source":
        draft = SourceDraft(key="S1", title="Renamed", kind="x", written="2024")
        save_sources(course, [draft], now=LATER)
    else:
        save_claims(course, [], now=LATER)

    assert claim.current is not None
    versions = dict(Lesson.objects.values_list("slug", "references_version"))
    assert versions[citing.slug] > citing.references_version
    assert versions[other.slug] == other.references_version
