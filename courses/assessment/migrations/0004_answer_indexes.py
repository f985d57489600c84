from django.db import migrations, models

from courses.common.migrating import AddIndexInPassing


class Migration(migrations.Migration):
    # Indexes of a large table are made while answers come in.
    atomic = False

    dependencies = [("assessment", "0003_quizzes_and_regrades")]

    operations = [
        AddIndexInPassing(
            model_name="attempt",
            index=models.Index(
                fields=["deadline_at"],
                condition=models.Q(submitted_at__isnull=True, deadline_at__isnull=False),
                name="attempt_deadline",
            ),
        ),
        AddIndexInPassing(
            model_name="response",
            index=models.Index(fields=["question", "answered_at"], name="response_to_question"),
        ),
        AddIndexInPassing(
            model_name="response",
            index=models.Index(
                fields=["question", "received_at"],
                condition=models.Q(credit__isnull=True),
                name="response_awaiting",
            ),
        ),
    ]
