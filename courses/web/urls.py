"""Routes of the pages."""

from django.urls import URLPattern, URLResolver, path

from courses.web.errors import shown
from courses.web.views import (
    accommodations,
    account,
    analysis,
    attempts,
    cards,
    claims,
    classroom,
    courses,
    design,
    glossary,
    grades,
    guests,
    lessons,
    look,
    marking,
    progress,
    questions,
    quiz_forms,
    quizzes,
    regrades,
    review,
    timeline,
)

app_name = "web"
_LESSON = "courses/<slug:slug>/lessons/<slug:lesson_slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", shown(courses.start), name="start"),
    path("courses/<slug:slug>/", shown(courses.course), name="course"),
    path("courses/<slug:slug>/join/", shown(courses.join), name="join"),
    path("courses/<slug:slug>/leave/", shown(courses.leave), name="leave"),
    path(_LESSON, shown(lessons.lesson), name="lesson"),
    path(f"{_LESSON}answer/", shown(lessons.answer), name="lesson-answer"),
    path(f"{_LESSON}finish/", shown(lessons.finish), name="lesson-finish"),
    path("guest/forget/", shown(guests.forget), name="guest-forget"),
    path("courses/<slug:slug>/class/", shown(classroom.class_), name="class"),
    path(
        "courses/<slug:slug>/class/<uuid:person_id>/",
        shown(classroom.student),
        name="class-student",
    ),
    path("courses/<slug:slug>/timeline/", shown(timeline.timeline), name="timeline"),
    path("courses/<slug:slug>/glossary/", shown(glossary.glossary), name="glossary"),
    path("courses/<slug:slug>/claims/<str:key>/", shown(claims.claim), name="claim"),
    path("courses/<slug:slug>/media/<str:name>", shown(claims.media), name="media"),
    path("courses/<slug:slug>/questions/", shown(questions.questions), name="questions"),
    path("courses/<slug:slug>/questions/new/", shown(questions.new), name="question-new"),
    path("courses/<slug:slug>/questions/check/", shown(questions.check), name="question-check"),
    path(
        "courses/<slug:slug>/questions/<slug:question_slug>/",
        shown(questions.question),
        name="question",
    ),
    path("courses/<slug:slug>/quizzes/new/", shown(quiz_forms.new), name="quiz-new"),
    path("courses/<slug:slug>/quizzes/<slug:quiz_slug>/", shown(quizzes.quiz), name="quiz"),
    path(
        "courses/<slug:slug>/quizzes/<slug:quiz_slug>/edit/",
        shown(quiz_forms.edit),
        name="quiz-edit",
    ),
    path(
        "courses/<slug:slug>/quizzes/<slug:quiz_slug>/people/",
        shown(accommodations.people),
        name="quiz-people",
    ),
    path(
        "courses/<slug:slug>/quizzes/<slug:quiz_slug>/grades/",
        shown(grades.quiz),
        name="quiz-grades",
    ),
    path(
        "courses/<slug:slug>/quizzes/<slug:quiz_slug>/grades/<uuid:attempt_id>/",
        shown(grades.attempt),
        name="attempt-seen",
    ),
    path("courses/<slug:slug>/figures/", shown(analysis.lessons), name="lesson-figures"),
    path(
        "courses/<slug:slug>/quizzes/<slug:quiz_slug>/figures/",
        shown(analysis.quiz),
        name="quiz-figures",
    ),
    path("courses/<slug:slug>/regrades/", shown(regrades.listed), name="regrades"),
    path("courses/<slug:slug>/regrades/new/", shown(regrades.new), name="regrade-new"),
    path(
        "courses/<slug:slug>/regrades/<uuid:regrade_id>/", shown(regrades.regrade), name="regrade"
    ),
    path(
        "courses/<slug:slug>/regrades/<uuid:regrade_id>/apply/",
        shown(regrades.apply),
        name="regrade-apply",
    ),
    path(
        "courses/<slug:slug>/regrades/<uuid:regrade_id>/undo/",
        shown(regrades.undo),
        name="regrade-undo",
    ),
    path("courses/<slug:slug>/marking/", shown(marking.queue), name="marking"),
    path(
        "courses/<slug:slug>/marking/<uuid:learner_id>/<uuid:response_id>/",
        shown(marking.answer),
        name="marking-answer",
    ),
    path(
        "courses/<slug:slug>/quizzes/<slug:quiz_slug>/preview/",
        shown(quizzes.preview),
        name="quiz-preview",
    ),
    path("attempts/<uuid:attempt_id>/", shown(attempts.attempt), name="attempt"),
    path("attempts/<uuid:attempt_id>/hint/", shown(attempts.hint), name="attempt-hint"),
    path("attempts/<uuid:attempt_id>/results/", shown(attempts.results), name="results"),
    path("review/", shown(review.review), name="review"),
    path("review/undo/", shown(review.undo), name="review-undo"),
    path("review/bury/", shown(review.bury), name="review-bury"),
    path("review/suspend/", shown(review.suspend), name="review-suspend"),
    path("review/unsuspend/", shown(review.unsuspend), name="review-unsuspend"),
    path("progress/", shown(progress.progress), name="progress"),
    path("progress/cards/", shown(cards.cards), name="cards"),
    path("progress/cards/<uuid:question_id>/", shown(cards.card), name="card"),
    path("preferences/", shown(account.preferences), name="preferences"),
    path("account/delete/", shown(account.delete_account), name="delete-account"),
    path("jobs/", shown(account.jobs), name="jobs"),
    path("appearance/", shown(look.appearance), name="appearance"),
    path("language/", shown(look.language), name="language"),
    path("reminders/stop/<str:token>/", shown(account.stop_reminders), name="stop-reminders"),
    path("favicon.ico", design.favicon, name="favicon"),
    path("design/", shown(design.design), name="design"),
]
