"""The shapes of requests and answers, for the OpenAPI document only.

Nothing is validated or rendered by these: requests are read by `reading`, answers are
made by `shapes`, and the fuzz test holds what is answered against what is described.
"""

from rest_framework import serializers as s

from courses.api.models import Scope
from courses.assessment.domain.review_options import TOLD
from courses.assessment.models import Confidence
from courses.content.models import ClaimRevision

JSON = s.JSONField
VERDICTS = ["right", "nearly", "wrong", "awaiting"]


class ProblemErrorSchema(s.Serializer):
    pointer = s.CharField(required=False)
    detail = s.CharField(required=False)
    code = s.CharField(required=False)


class ProblemSchema(s.Serializer):
    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    code = s.CharField()
    answer = s.DictField(required=False, help_text="save_conflict: what stands there now.")
    revision = s.IntegerField(required=False, help_text="save_conflict: what to save upon.")
    opens_at = s.DateTimeField(required=False, allow_null=True, help_text="quiz_not_open")

    def get_fields(self) -> dict[str, s.Field]:
        # Not in the class body: there the name belongs to the serializer's own errors.
        return {**super().get_fields(), "errors": ProblemErrorSchema(many=True, required=False)}


class CourseSchema(s.Serializer):
    slug = s.CharField()
    title = s.CharField()
    summary = s.CharField()
    language = s.CharField()
    status = s.CharField()
    access = s.CharField()
    exam_date = s.DateField(allow_null=True)
    studied = s.BooleanField(help_text="Whether you take part, and so may answer.")


class LessonSchema(s.Serializer):
    id = s.UUIDField()
    slug = s.CharField()
    title = s.CharField()
    summary = s.CharField()
    objectives = s.ListField(child=s.CharField())
    revision = s.IntegerField()
    status = s.CharField()
    started_at = s.DateTimeField(allow_null=True)
    finished_at = s.DateTimeField(allow_null=True)


class ClaimNoteSchema(s.Serializer):
    key = s.CharField()
    statement = s.CharField()
    date = s.CharField()
    date_text = s.CharField()
    as_of = s.CharField()
    as_of_text = s.CharField()
    source_key = s.CharField()
    source_title = s.CharField()
    kind = s.ChoiceField(ClaimRevision.Kind.choices)
    kind_label = s.CharField()
    attributed = s.CharField()
    quote = s.CharField()
    is_argument = s.BooleanField(help_text="It is analysis, and not established.")
    archived = s.BooleanField()
    url = s.CharField()


class QuestionSchema(s.Serializer):
    """A question as it is asked: nothing in it gives the answer away."""

    id = s.UUIDField()
    version = s.UUIDField()
    type = s.CharField()
    slug = s.CharField()
    language = s.CharField(help_text="Of its texts; sentences of the site are in the reader's.")
    stem_html = s.CharField()
    body = s.DictField(help_text="Depends on the type: options, items, unit ...")
    form_html = s.CharField(
        required=False,
        help_text="Of cards: the inputs as on the site's pages. Fields `key`, `key[]` and "
        "`key[part]` make the answer's text, list and object.",
    )
    self_rated = s.BooleanField()
    explanation_html = s.CharField(required=False, help_text="Of self-rated cards, as the back.")
    claims = ClaimNoteSchema(many=True, required=False, help_text="Of self-rated cards.")


class ClaimSchema(ClaimNoteSchema):
    topic = s.CharField()
    topic_title = s.CharField()
    figures = s.ListField(child=s.DictField())
    people = s.ListField(child=s.CharField())


class FeedbackSchema(s.Serializer):
    """What is learned after answering: the solution, why, and where it is from."""

    version = s.UUIDField()
    type = s.CharField()
    language = s.CharField()
    answer = s.DictField()
    given = s.DictField()
    verdict = s.ChoiceField(VERDICTS)
    verdict_text = s.CharField()
    credit = s.FloatField()
    parts = s.ListField(child=s.DictField())
    solution = s.DictField(help_text="`text_html` in words, `keys` of the parts that are right.")
    lines = s.ListField(child=s.DictField(), help_text="The solution part by part.")
    in_place = s.BooleanField(help_text="The question's own form shows which parts are right.")
    explanation_html = s.CharField()
    claims = ClaimNoteSchema(many=True)
    comment = s.CharField(required=False, help_text="What a teacher wrote to an open answer.")


class AskedSchema(s.Serializer):
    question = QuestionSchema()
    last = FeedbackSchema(allow_null=True)


class HeadingSchema(s.Serializer):
    level = s.IntegerField()
    title = s.CharField()
    anchor = s.CharField()


class PartSchema(s.Serializer):
    """A piece of prose (`html`) or the place of a question (`question`, `last`)."""

    kind = s.ChoiceField(["html", "question"])
    html = s.CharField(required=False)
    question = QuestionSchema(required=False)
    last = FeedbackSchema(required=False, allow_null=True)


class LessonTextSchema(LessonSchema):
    course = s.CharField()
    headings = HeadingSchema(many=True)
    parts = PartSchema(many=True)
    more_questions = AskedSchema(many=True)
    claims = ClaimNoteSchema(many=True)


class QuizSchema(s.Serializer):
    id = s.UUIDField()
    slug = s.CharField()
    title = s.CharField()
    kind = s.CharField()
    lesson = s.CharField(allow_null=True)
    questions = s.IntegerField()
    attempts = s.IntegerField()
    opens_at = s.DateTimeField(allow_null=True)
    closes_at = s.DateTimeField(allow_null=True)
    time_limit_seconds = s.IntegerField(allow_null=True, help_text="With what you are granted.")
    attempts_left = s.IntegerField(allow_null=True)
    needs_password = s.BooleanField()
    best = s.FloatField(allow_null=True)
    last = s.FloatField(allow_null=True)
    final = s.FloatField(allow_null=True, help_text="By the quiz's way to grade several attempts.")
    passed = s.BooleanField(allow_null=True)
    open_attempt = s.UUIDField(allow_null=True)


class CardSchema(s.Serializer):
    question = QuestionSchema()
    served_at = s.DateTimeField()
    state = s.CharField()
    preview = s.DictField(
        child=s.CharField(), help_text="For self-rated cards: how long each rating puts it off."
    )


class QueueSchema(s.Serializer):
    cards = CardSchema(many=True)
    remaining = s.IntegerField()
    next_at = s.DateTimeField(allow_null=True)
    done_today = s.IntegerField()


class OfflineAnswerSchema(s.Serializer):
    question = s.UUIDField()
    answer = JSON(
        help_text="By the question's type: single_choice {option}, multiple_response {options}, "
        "true_false {truth, reason}, numeric {value}, short_text {text}, cloze {gaps}, "
        "ordering {order}, matching {pairs}, categorise {places}, date {date}, hotspot {place}, "
        "evidence {stances}, highlight {sentence}, open_answer {text}, flashcard {rating}."
    )
    version = s.UUIDField(required=False, allow_null=True, help_text="The version shown.")
    served_at = s.DateTimeField(required=False, allow_null=True)
    answered_at = s.DateTimeField()
    duration_ms = s.IntegerField(required=False, allow_null=True, min_value=0)
    certain = s.BooleanField(required=False, allow_null=True)
    retried = s.BooleanField(required=False, allow_null=True)
    found_easy = s.BooleanField(required=False, allow_null=True)


class AnswerSchema(OfflineAnswerSchema):
    limit = s.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=10,
        help_text="How many next cards to send along; 1 by default.",
    )
    held = s.ListField(
        child=s.UUIDField(),
        required=False,
        allow_null=True,
        max_length=50,
        help_text="Questions that the caller holds already and does not want again.",
    )


class ReviewSchema(s.Serializer):
    review = s.UUIDField()
    question = s.UUIDField()
    rating = s.IntegerField(min_value=1, max_value=4)
    verdict = s.ChoiceField(["right", "nearly", "wrong"])
    credit = s.FloatField()
    due_at = s.DateTimeField(allow_null=True)
    interval_days = s.IntegerField()
    feedback = FeedbackSchema()


class ReviewedSchema(ReviewSchema):
    next = CardSchema(many=True, required=False)
    remaining = s.IntegerField(required=False)
    next_at = s.DateTimeField(required=False, allow_null=True)


class BatchItemSchema(OfflineAnswerSchema):
    id = s.UUIDField(help_text="The idempotency key of this answer: a UUID of version 7.")


class BatchSchema(s.Serializer):
    answers = s.ListField(child=BatchItemSchema(), max_length=200)


class BatchItemResultSchema(s.Serializer):
    """One of `result` and `problem`."""

    id = s.CharField(allow_null=True)
    status = s.IntegerField()
    replayed = s.BooleanField()
    result = ReviewSchema(required=False)
    problem = ProblemSchema(required=False)


class BatchResultSchema(s.Serializer):
    results = BatchItemResultSchema(many=True)


class UndoneSchema(s.Serializer):
    undo = s.UUIDField()
    review = s.UUIDField()
    question = s.UUIDField()


class NamedQuestionSchema(s.Serializer):
    question = s.UUIDField()


class ResponseSchema(s.Serializer):
    question = s.UUIDField()
    answer = JSON()
    version = s.UUIDField(required=False, allow_null=True)
    answered_at = s.DateTimeField()
    duration_ms = s.IntegerField(required=False, allow_null=True, min_value=0)


class AttemptStartSchema(s.Serializer):
    password = s.CharField(required=False, allow_blank=True)


class AttemptResponseSchema(s.Serializer):
    question = s.UUIDField()
    answer = JSON()
    confidence = s.ChoiceField(["", *Confidence.values], required=False)
    answered_at = s.DateTimeField()
    duration_ms = s.IntegerField(required=False, allow_null=True, min_value=0)


class ToldFeedbackSchema(s.Serializer):
    """What a quiz tells of an answer by its review options; what it does not is not there."""

    version = s.UUIDField()
    type = s.CharField()
    language = s.CharField()
    answer = s.DictField()
    given = s.DictField()
    told = s.ListField(child=s.ChoiceField(TOLD))
    verdict = s.ChoiceField(VERDICTS, required=False)
    verdict_text = s.CharField(required=False)
    credit = s.FloatField(required=False)
    parts = s.ListField(child=s.DictField(), required=False)
    solution = s.DictField(required=False)
    lines = s.ListField(child=s.DictField(), required=False)
    in_place = s.BooleanField(required=False)
    explanation_html = s.CharField(required=False)
    claims = ClaimNoteSchema(many=True, required=False)


class AttemptRespondedSchema(s.Serializer):
    """With `again`, the answer was not right and may be given once more; nothing else is told."""

    response = s.UUIDField(required=False)
    question = s.UUIDField()
    verdict = s.ChoiceField(VERDICTS, required=False)
    credit = s.FloatField(required=False)
    feedback = ToldFeedbackSchema(required=False)
    again = s.BooleanField(required=False)
    revision = s.IntegerField(required=False)


class RespondedSchema(s.Serializer):
    """Verdict and credit come along where they may be told."""

    response = s.UUIDField()
    question = s.UUIDField()
    verdict = s.ChoiceField(VERDICTS, required=False)
    credit = s.FloatField(required=False)
    feedback = ToldFeedbackSchema()


class SaveSchema(s.Serializer):
    question = s.UUIDField()
    answer = s.DictField()
    revision = s.IntegerField(
        required=False, min_value=0, help_text="The one seen last; another page's save raises it."
    )
    confidence = s.ChoiceField(["", *Confidence.values], required=False)
    flagged = s.BooleanField(required=False)
    duration_ms = s.IntegerField(required=False, allow_null=True, min_value=0)


class SavedAnswerSchema(s.Serializer):
    answer = s.DictField()
    revision = s.IntegerField()
    saved_at = s.DateTimeField()
    confidence = s.ChoiceField(["", *Confidence.values])
    flagged = s.BooleanField()
    hints_used = s.IntegerField()
    problem = s.CharField(
        allow_blank=True, help_text="Why it cannot be read as an answer; empty if it can be."
    )


class LeftQuestionSchema(s.Serializer):
    number = s.IntegerField(min_value=1, max_value=1000, help_text="Of the question left.")


class TakeHintSchema(s.Serializer):
    question = s.UUIDField()
    number = s.IntegerField(required=False, min_value=1, max_value=10)


class HintSchema(s.Serializer):
    hint_html = s.CharField()


class AttemptItemSchema(s.Serializer):
    number = s.IntegerField()
    points = s.FloatField()
    question = QuestionSchema()
    hints = s.IntegerField(help_text="How many may be taken.")
    saved = SavedAnswerSchema(allow_null=True)
    feedback = ToldFeedbackSchema(allow_null=True)


class AttemptSchema(s.Serializer):
    id = s.UUIDField()
    course = s.CharField()
    quiz = s.CharField()
    number = s.IntegerField()
    started_at = s.DateTimeField()
    deadline_at = s.DateTimeField(allow_null=True)
    submitted_at = s.DateTimeField(allow_null=True)
    answered = s.IntegerField()
    remaining = s.IntegerField()
    told = s.ListField(child=s.ChoiceField(TOLD))
    questions = AttemptItemSchema(many=True)


class AttemptResultSchema(s.Serializer):
    id = s.UUIDField()
    submitted_at = s.DateTimeField(allow_null=True)
    answered = s.IntegerField()
    earned = s.FloatField(allow_null=True, help_text="Of `possible`; null if not told yet.")
    possible = s.FloatField()
    graded = s.IntegerField()
    awaiting = s.IntegerField(help_text="Answers that a person has yet to mark.")
    score = s.FloatField(allow_null=True)


class PlanSchema(s.Serializer):
    course = s.CharField()
    day = s.DateField()
    due = s.IntegerField()
    new = s.IntegerField()
    postponed = s.IntegerField()
    seconds = s.IntegerField()
    planned_at = s.DateTimeField()


class TodaySchema(s.Serializer):
    due = s.IntegerField()
    new = s.IntegerField()
    done = s.IntegerField()
    seconds = s.IntegerField()
    next_at = s.DateTimeField(allow_null=True)


class PersonSchema(s.Serializer):
    id = s.UUIDField()
    email = s.CharField(allow_null=True)
    name = s.CharField()
    language = s.CharField()
    time_zone = s.CharField()
    rollover_hour = s.IntegerField()
    minutes_per_day = s.IntegerField()
    new_per_day = s.IntegerField()
    reviews_per_day = s.IntegerField()
    reminder_hour = s.IntegerField(allow_null=True)
    today = TodaySchema()


class TokenSchema(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()
    scopes = s.ListField(child=s.ChoiceField(Scope.choices))
    created_at = s.DateTimeField()
    last_used_at = s.DateTimeField(allow_null=True)
    expires_at = s.DateTimeField(allow_null=True)
    revoked_at = s.DateTimeField(allow_null=True)


class NewTokenSchema(TokenSchema):
    key = s.CharField(help_text="Shown this once.")


class TokenRequestSchema(s.Serializer):
    name = s.CharField(max_length=100)
    scopes = s.ListField(child=s.ChoiceField(Scope.choices), min_length=1, max_length=10)
    expires_at = s.DateTimeField(required=False, allow_null=True)
