"""The lock of one person: whoever changes several rows of theirs at once takes it first."""

from collections.abc import Collection
from uuid import UUID

from courses.accounts.models import User


def lock_person(user_id: UUID) -> None:
    """Keep others who ask for it waiting until the end of the transaction.

    Two that update several cards of a learner, each in the order of its own index, would
    otherwise wait for each other. Rows that refer to the person can still be inserted.
    Raises User.DoesNotExist.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


def lock_people(user_ids: Collection[UUID]) -> None:
    """Lock several people, in the order of their ids; who does not exist any more is no matter."""
    people = User.objects.filter(pk__in=user_ids).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk"))
