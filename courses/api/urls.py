"""Routes of the API, and of the pages about it."""

from django.urls import URLPattern, URLResolver, path, re_path

from courses.api import pages
from courses.api.views import answers, document, person, reviews, shelving
from courses.api.views import courses as reading

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("courses", reading.CourseList.as_view(), name="courses"),
    path("courses/<slug:slug>", reading.CourseDetail.as_view(), name="course"),
    path("courses/<slug:slug>/lessons", reading.LessonList.as_view(), name="lessons"),
    path(
        "courses/<slug:slug>/lessons/<slug:lesson>", reading.LessonDetail.as_view(), name="lesson"
    ),
    path("courses/<slug:slug>/claims", reading.ClaimList.as_view(), name="claims"),
    path("courses/<slug:slug>/claims/<str:key>", reading.ClaimDetail.as_view(), name="claim"),
    path("courses/<slug:slug>/quizzes", reading.QuizList.as_view(), name="quizzes"),
    path("reviews/next", reviews.NextCards.as_view(), name="review-next"),
    path("reviews/answer", reviews.Answer.as_view(), name="review-answer"),
    path("reviews/batch", reviews.Batch.as_view(), name="review-batch"),
    path("reviews/undo", reviews.Undo.as_view(), name="review-undo"),
    path("reviews/bury", shelving.Bury.as_view(), name="review-bury"),
    path("reviews/unbury", shelving.Unbury.as_view(), name="review-unbury"),
    path("reviews/suspend", shelving.Suspend.as_view(), name="review-suspend"),
    path("reviews/unsuspend", shelving.Unsuspend.as_view(), name="review-unsuspend"),
    path("lessons/<uuid:lesson_id>/answers", answers.LessonAnswer.as_view(), name="lesson-answer"),
    path("quizzes/<uuid:quiz_id>/attempts", answers.AttemptStart.as_view(), name="attempt-start"),
    path("attempts/<uuid:attempt_id>", answers.AttemptDetail.as_view(), name="attempt"),
    path(
        "attempts/<uuid:attempt_id>/answers",
        answers.AttemptAnswer.as_view(),
        name="attempt-answer",
    ),
    path("attempts/<uuid:attempt_id>/saved", answers.AttemptSave.as_view(), name="attempt-save"),
    path("attempts/<uuid:attempt_id>/next", answers.AttemptNext.as_view(), name="attempt-next"),
    path("attempts/<uuid:attempt_id>/hints", answers.AttemptHint.as_view(), name="attempt-hint"),
    path(
        "attempts/<uuid:attempt_id>/submit", answers.AttemptSubmit.as_view(), name="attempt-submit"
    ),
    path(
        "attempts/<uuid:attempt_id>/result", answers.AttemptResult.as_view(), name="attempt-result"
    ),
    path("plans", person.Plans.as_view(), name="plans"),
    path("me", person.Me.as_view(), name="me"),
    path("tokens", person.Tokens.as_view(), name="token-list"),
    path("tokens/<uuid:token_id>", person.Token.as_view(), name="token"),
    path("schema/", document.Document.as_view(), name="schema"),
    path("reference/", document.reference, name="reference"),
    path("your-tokens/", pages.tokens, name="tokens"),
    path("your-tokens/<uuid:token_id>/revoke/", pages.revoke, name="token-revoke"),
    # Not <path:path>, which a line break in the address would get past.
    re_path(r"^(?P<path>[\s\S]+)$", document.Unknown.as_view(), name="unknown"),
]
