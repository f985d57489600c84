"""The cards that a learner set aside."""

from courses.accounts.models import User
from courses.assessment.presenting import question_view
from courses.assessment.versions import get_versions
from courses.flashcards.models import Card
from courses.flashcards.outcomes import ShelvedCard


def shelved_cards(learner: User) -> list[ShelvedCard]:
    """Return the learner's suspended cards of questions that are still asked, by course."""
    mine = Card.objects.available_to(learner.pk).filter(suspended=True)
    rows = list(
        mine.order_by("course__title", "question__position", "question_id").values_list(
            "question_id", "course__title", "question__current_id"
        )
    )
    versions = get_versions(version_id for *_rest, version_id in rows)
    return [
        ShelvedCard(
            question_id=question_id,
            course_title=title,
            stem_html=question_view(versions[version_id], seed=0)["stem_html"],
        )
        for question_id, title, version_id in rows
    ]
