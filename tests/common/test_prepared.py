"""A prepared query answers what its queryset answers, whatever the arguments."""

from datetime import UTC, datetime

import pytest
from django.db.models import Exists, OuterRef

from courses.common.ids import new_id
from courses.common.models import Job
from courses.common.prepared import Prepared

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def jobs(db):
    return [
        Job.objects.create(
            kind="count", slot=str(number), due_at=NOW, created_at=NOW,
            attempts=number, progress_done=number, requested_by=new_id(), payload={"n": number},
        )
        for number in range(5)
    ]  # fmt: skip


def _of(requester, least, *, limit=10):
    twin = Job.objects.filter(slot=OuterRef("slot"), state="waiting").order_by()
    return (
        Job.objects.filter(requested_by=requester, attempts__gte=least)
        .annotate(twin=Exists(twin))
        .values_list("id", "due_at", "payload", "attempts", "twin")
        .order_by("id")[:limit]
    )


def test_it_returns_what_the_queryset_returns(jobs):
    ask = Prepared(_of)

    for job in jobs:
        for least in (0, 3):
            assert ask(job.requested_by, least) == list(_of(job.requested_by, least))


def test_it_asks_the_database_once_and_builds_no_more(jobs, django_assert_num_queries):
    built = []

    def build(requester, least):
        built.append(requester)
        return _of(requester, least)

    ask = Prepared(build)

    with django_assert_num_queries(len(jobs)):
        for job in jobs:
            ask(job.requested_by, 0)
    assert len(built) == 2  # to see where the arguments go


def test_what_is_no_argument_is_its_shape(jobs):
    ask = Prepared(lambda least, *, limit: Job.objects.filter(attempts__gte=least)
                   .values_list("id").order_by("attempts")[:limit])  # fmt: skip

    assert len(ask(0, limit=2)) == 2
    assert len(ask(0, limit=4)) == 4
    assert ask(3, limit=4) == [(jobs[3].pk,), (jobs[4].pk,)]


def test_an_argument_that_would_be_frozen_is_refused(db):
    ask = Prepared(lambda least: Job.objects.filter(attempts__gte=0).values_list("id"))

    with pytest.raises(ValueError, match="reaches the statement"):
        ask(1)


def test_texts_are_arguments_too(jobs):
    ask = Prepared(lambda kind, slot: Job.objects.filter(kind=kind, slot=slot).values_list("id"))

    assert ask("count", "3") == [(jobs[3].pk,)]
    assert ask("count", "'; --") == []


def test_an_argument_that_the_queryset_changes_is_refused(db):
    ask = Prepared(lambda least: Job.objects.filter(attempts=least + 1).values_list("id"))

    with pytest.raises(ValueError, match="reaches the statement"):
        ask(1)
