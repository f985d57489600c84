from django.db import migrations

_AT_ONCE = 500
_SELF_RATED = "flashcard"


def score_submitted(apps, schema_editor):
    """Store what attempts that were handed in came to; until now it was added up when read."""
    Attempt = apps.get_model("assessment", "Attempt")
    Response = apps.get_model("assessment", "Response")
    QuestionVersion = apps.get_model("assessment", "QuestionVersion")
    cards = {
        str(pk)
        for pk in QuestionVersion.objects.filter(type=_SELF_RATED).values_list("pk", flat=True)
    }
    last = None
    while True:
        submitted = Attempt.objects.filter(submitted_at__isnull=False, raw_score=None)
        if last is not None:
            submitted = submitted.filter(pk__gt=last)
        batch = list(submitted.order_by("pk")[:_AT_ONCE])
        if not batch:
            return
        last = batch[-1].pk
        earned = {}
        answered = Response.objects.filter(attempt__in=[attempt.pk for attempt in batch])
        for attempt_id, version_id, credit in answered.values_list(
            "attempt_id", "version_id", "credit"
        ):
            if str(version_id) not in cards:
                earned[attempt_id] = earned.get(attempt_id, 0.0) + credit
        for attempt in batch:
            graded = sum(name not in cards for name in attempt.order)
            if graded:
                attempt.raw_score = attempt.score = earned.get(attempt.pk, 0.0) / graded
        Attempt.objects.bulk_update(batch, ["raw_score", "score"])


def drop_what_cannot_be_told(apps, schema_editor):
    """Make the rows fit the tables as they were: no pools, and what awaits a mark is worth 0."""
    apps.get_model("assessment", "QuizSlot").objects.filter(question=None).delete()
    apps.get_model("assessment", "Response").objects.filter(credit=None).update(credit=0.0)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0004_answer_indexes")]

    operations = [migrations.RunPython(score_submitted, drop_what_cannot_be_told)]
