"""Cards, the review log with the triggers that keep it append-only, sets, plans."""

import courses.common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# The log is the truth about what a learner remembers, and so the database itself refuses
# to change it. A row leaves only while `flashcards_erasepermit` names its learner.
SQLITE_FORWARD = [
    """
    CREATE TRIGGER review_log_no_update BEFORE UPDATE ON flashcards_reviewlog
    BEGIN
        SELECT RAISE(ABORT, 'the review log is append-only: no UPDATE');
    END
    """,
    """
    CREATE TRIGGER review_log_no_delete BEFORE DELETE ON flashcards_reviewlog
    WHEN NOT EXISTS (
        SELECT 1 FROM flashcards_erasepermit WHERE learner_id = OLD.learner_id
    )
    BEGIN
        SELECT RAISE(ABORT, 'the review log is append-only: no DELETE without a permit');
    END
    """,
    # INSERT OR REPLACE removes the old row without firing the trigger above.
    """
    CREATE TRIGGER review_log_no_replace BEFORE INSERT ON flashcards_reviewlog
    WHEN EXISTS (
        SELECT 1 FROM flashcards_reviewlog WHERE learner_id = NEW.learner_id AND id = NEW.id
    )
    BEGIN
        SELECT RAISE(ABORT, 'UNIQUE constraint failed: the review log has this id');
    END
    """,
]
SQLITE_REVERSE = [
    "DROP TRIGGER review_log_no_replace",
    "DROP TRIGGER review_log_no_delete",
    "DROP TRIGGER review_log_no_update",
]
POSTGRESQL_FORWARD = [
    """
    CREATE FUNCTION review_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (
                SELECT 1 FROM flashcards_erasepermit WHERE learner_id = OLD.learner_id
            ) THEN
                RETURN OLD;
            END IF;
        ELSIF TG_OP = 'TRUNCATE' THEN
            IF NOT EXISTS (
                SELECT 1 FROM flashcards_reviewlog r WHERE NOT EXISTS (
                    SELECT 1 FROM flashcards_erasepermit p WHERE p.learner_id = r.learner_id
                )
            ) THEN
                RETURN NULL;
            END IF;
        END IF;
        RAISE EXCEPTION 'the review log is append-only: no % without a permit', TG_OP
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER review_log_no_change BEFORE UPDATE OR DELETE ON flashcards_reviewlog
    FOR EACH ROW EXECUTE FUNCTION review_log_append_only()
    """,
    """
    CREATE TRIGGER review_log_no_truncate BEFORE TRUNCATE ON flashcards_reviewlog
    FOR EACH STATEMENT EXECUTE FUNCTION review_log_append_only()
    """,
]
POSTGRESQL_REVERSE = [
    "DROP TRIGGER review_log_no_truncate ON flashcards_reviewlog",
    "DROP TRIGGER review_log_no_change ON flashcards_reviewlog",
    "DROP FUNCTION review_log_append_only()",
]
FORWARD = {"sqlite": SQLITE_FORWARD, "postgresql": POSTGRESQL_FORWARD}
REVERSE = {"sqlite": SQLITE_REVERSE, "postgresql": POSTGRESQL_REVERSE}


def guard_review_log(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def release_review_log(apps, schema_editor):
    for statement in REVERSE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('assessment', '0001_initial'),
        ('enrollment', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasePermit',
            fields=[
                ('learner_id', models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='ParameterSet',
            fields=[
                ('id', models.UUIDField(default=courses.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('model', models.CharField(help_text='For example fsrs-6.', max_length=20)),
                ('weights', models.JSONField()),
                ('figures', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField()),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parameter_sets', to='enrollment.course')),
                ('learner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parameter_sets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DayPlan',
            fields=[
                ('id', models.UUIDField(default=courses.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('due_count', models.PositiveIntegerField()),
                ('new_count', models.PositiveIntegerField()),
                ('postponed_count', models.PositiveIntegerField(default=0)),
                ('seconds', models.PositiveIntegerField()),
                ('planned_at', models.DateTimeField()),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='day_plans', to='enrollment.course')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='day_plans', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', 'id'],
                'constraints': [models.UniqueConstraint(fields=('learner', 'course', 'day'), name='plan_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('pk', models.CompositePrimaryKey('learner_id', 'question_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('state', models.PositiveSmallIntegerField(choices=[(0, 'New'), (1, 'Learning'), (2, 'Review'), (3, 'Relearning')], default=0)),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('stability', models.FloatField(blank=True, null=True)),
                ('difficulty', models.FloatField(blank=True, null=True)),
                ('last_review_at', models.DateTimeField(blank=True, null=True)),
                ('last_review_day', models.DateField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('interval_days', models.PositiveIntegerField(default=0)),
                ('reps', models.PositiveIntegerField(default=0)),
                ('lapses', models.PositiveIntegerField(default=0)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('suspended', models.BooleanField(default=False)),
                ('queue_position', models.BigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='enrollment.course')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='assessment.question')),
                ('parameters', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flashcards.parameterset')),
            ],
            options={
                'ordering': ['learner', 'due_at', 'question'],
                'indexes': [models.Index(condition=models.Q(('queue_position__isnull', False)), fields=['learner', 'queue_position'], name='card_queue'), models.Index(condition=models.Q(('suspended', False)), fields=['learner', 'due_at'], name='card_due')],
            },
        ),
        migrations.CreateModel(
            name='ReviewLog',
            fields=[
                ('pk', models.CompositePrimaryKey('learner_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=courses.common.ids.new_id)),
                ('kind', models.CharField(choices=[('answer', 'Answer'), ('undo', 'Undo'), ('correction', 'Correction'), ('fact_changed', 'Fact Changed'), ('merged', 'Merged')], default='answer', max_length=12)),
                ('place', models.CharField(choices=[('review', 'Review'), ('lesson', 'Lesson'), ('quiz', 'Quiz')], default='review', max_length=10)),
                ('version_id', models.UUIDField(blank=True, null=True)),
                ('target_id', models.UUIDField(blank=True, null=True)),
                ('rating', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('self_rated', models.BooleanField(default=False)),
                ('answer', models.JSONField(blank=True, null=True)),
                ('credit', models.FloatField(blank=True, null=True)),
                ('digest', models.CharField(help_text='Of the request: one id, one answer.', max_length=64)),
                ('served_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('local_day', models.DateField()),
                ('duration_ms', models.PositiveIntegerField(default=0)),
                ('interval_days', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_log', to='enrollment.course')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_log', to=settings.AUTH_USER_MODEL)),
                ('parameters', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flashcards.parameterset')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_log', to='assessment.question')),
            ],
            options={
                'ordering': ['answered_at', 'id'],
                'indexes': [models.Index(fields=['learner', 'question', 'answered_at', 'id'], name='review_fold'), models.Index(fields=['learner', 'local_day'], name='review_of_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rating__isnull', True), models.Q(('rating__gte', 1), ('rating__lte', 4)), _connector='OR'), name='review_rating_range')],
            },
        ),
        migrations.RunPython(guard_review_log, release_review_log, elidable=False),
    ]
