"""The permission matrix, written by hand from the role table: who gets what at which route.

It is never generated, and never mended by copying what the site happened to answer: a
cell that fails is a question to a person. Columns are the actors of `world.ACTORS`:

    anon   nobody signed in            stud   student of the own course
    oths   student of the other course assi   assistant of the own course
    revi   reviewer                    edit   editor
    ownr   owner of the own course     otht   owner of the other course
    clnt   a program of `stud` with a token that may only read; to pages it is nobody
    admn   administrator               susp   suspended student of the own course

`where` says whose things the route is asked for: of the own course, of the other, of an
open course that nobody belongs to, of a draft lesson of the own course; `-` where a route
is about no course. Attempts, tokens and cards are those of the course's own student.

Cells are statuses; `in` is a redirect to the sign-in. A POST is sent with what makes it
succeed for whoever may do it.
"""

from dataclasses import dataclass

from tests.permissions.world import ACTORS

PAGES = """
# route                method where anon stud oths assi revi edit ownr otht clnt admn susp
healthz                GET    -     200  200  200  200  200  200  200  200  200  200  200
readyz                 GET    -     200  200  200  200  200  200  200  200  200  200  200
web:start              GET    -     200  200  200  200  200  200  200  200  200  200  200
web:appearance         POST   -     302  302  302  302  302  302  302  302  302  302  302
web:language           POST   -     302  302  302  302  302  302  302  302  302  302  302
web:favicon            GET    -     302  302  302  302  302  302  302  302  302  302  302
web:design             GET    -     404  404  404  404  404  404  404  404  404  200  404
web:stop-reminders     GET    -     200  200  200  200  200  200  200  200  200  200  200
web:stop-reminders     POST   -     200  200  200  200  200  200  200  200  200  200  200

web:course             GET    own   404  200  404  200  200  200  200  404  404  200  404
web:course             GET    other 404  404  200  404  404  404  404  200  404  200  404
web:course             GET    open  200  200  200  200  200  200  200  200  200  200  200
web:join               POST   own   in   302  404  302  302  302  302  404  in   403  in
web:join               POST   other in   404  302  404  404  404  404  302  in   403  in
web:join               POST   open  in   302  302  302  302  302  302  302  in   302  in
web:leave              GET    own   in   200  404  403  403  403  403  404  in   403  in
web:leave              GET    other in   404  200  404  404  404  404  403  in   403  in
web:leave              GET    open  in   403  403  403  403  403  403  403  in   403  in
web:leave              POST   own   in   302  404  403  403  403  403  404  in   403  in
web:leave              POST   other in   404  302  404  404  404  404  403  in   403  in
web:leave              POST   open  in   403  403  403  403  403  403  403  in   403  in
web:lesson             GET    own   404  200  404  200  200  200  200  404  404  200  404
web:lesson             GET    other 404  404  200  404  404  404  404  200  404  200  404
web:lesson             GET    open  200  200  200  200  200  200  200  200  200  200  200
web:lesson             GET    draft 404  404  404  404  200  200  200  404  404  200  404
web:lesson-answer      POST   own   in   302  404  302  302  302  302  404  in   302  in
web:lesson-answer      POST   other in   404  302  404  404  404  404  302  in   302  in
web:lesson-answer      POST   open  302  403  403  403  403  403  403  403  302  302  in
web:lesson-answer      POST   draft in   404  404  404  404  404  404  404  in   404  in
web:lesson-finish      POST   own   in   302  404  302  302  302  302  404  in   302  in
web:lesson-finish      POST   other in   404  302  404  404  404  404  302  in   302  in
web:lesson-finish      POST   open  302  302  302  302  302  302  302  302  302  302  in
web:lesson-finish      POST   draft in   404  404  404  302  302  302  404  in   302  in
# Without an account one answers as a guest; whose account is closed is led to the sign-in.
web:guest-forget       POST   -     302  302  302  302  302  302  302  302  302  302  302
web:class              GET    own   in   403  404  200  403  403  200  404  in   200  in
web:class              GET    other in   404  403  404  404  404  404  200  in   200  in
web:class              GET    open  in   403  403  403  403  403  403  403  in   200  in
web:class-student      GET    own   in   403  404  200  403  403  200  404  in   200  in
web:class-student      GET    other in   404  403  404  404  404  404  200  in   200  in
web:class-student      GET    open  in   403  403  403  403  403  403  403  in   404  in
web:timeline           GET    own   404  200  404  200  200  200  200  404  404  200  404
web:timeline           GET    other 404  404  200  404  404  404  404  200  404  200  404
web:timeline           GET    open  200  200  200  200  200  200  200  200  200  200  200
web:glossary           GET    own   404  200  404  200  200  200  200  404  404  200  404
web:glossary           GET    other 404  404  200  404  404  404  404  200  404  200  404
web:glossary           GET    open  200  200  200  200  200  200  200  200  200  200  200
web:claim              GET    own   404  200  404  200  200  200  200  404  404  200  404
web:claim              GET    other 404  404  200  404  404  404  404  200  404  200  404
web:claim              GET    open  200  200  200  200  200  200  200  200  200  200  200
web:media              GET    own   404  200  404  200  200  200  200  404  404  200  404
web:media              GET    other 404  404  200  404  404  404  404  200  404  200  404
web:media              GET    open  200  200  200  200  200  200  200  200  200  200  200
web:quiz               GET    own   404  200  404  200  200  200  200  404  404  200  404
web:quiz               GET    other 404  404  200  404  404  404  404  200  404  200  404
web:quiz               GET    open  200  200  200  200  200  200  200  200  200  200  200
web:quiz               POST   own   404  302  404  302  302  302  302  404  404  302  404
web:quiz               POST   other 404  404  302  404  404  404  404  302  404  302  404
web:quiz               POST   open  in   403  403  403  403  403  403  403  in   302  in
web:lesson-figures     GET    own   in   403  404  200  403  403  200  404  in   200  in
web:lesson-figures     GET    other in   404  403  404  404  404  404  200  in   200  in
web:lesson-figures     GET    open  in   403  403  403  403  403  403  403  in   200  in
web:quiz-figures       GET    own   in   403  404  200  403  403  200  404  in   200  in
web:quiz-figures       GET    other in   404  403  404  404  404  404  200  in   200  in
web:quiz-figures       GET    open  in   403  403  403  403  403  403  403  in   200  in
web:quiz-grades        GET    own   in   403  404  200  403  403  200  404  in   200  in
web:quiz-grades        GET    other in   404  403  404  404  404  404  200  in   200  in
web:quiz-grades        GET    open  in   403  403  403  403  403  403  403  in   200  in
web:attempt-seen       GET    own   in   403  404  200  403  403  200  404  in   200  in
web:attempt-seen       GET    other in   404  403  404  404  404  404  200  in   200  in
web:regrades           GET    own   in   403  404  403  403  403  200  404  in   200  in
web:regrades           GET    other in   404  403  404  404  404  404  200  in   200  in
web:regrades           GET    open  in   403  403  403  403  403  403  403  in   200  in
web:regrade-new        GET    own   in   403  404  403  403  403  200  404  in   200  in
web:regrade-new        GET    other in   404  403  404  404  404  404  200  in   200  in
web:regrade-new        POST   own   in   403  404  403  403  403  302  404  in   302  in
web:regrade-new        POST   other in   404  403  404  404  404  404  302  in   302  in
web:regrade            GET    own   in   403  404  403  403  403  200  404  in   200  in
web:regrade            GET    other in   404  403  404  404  404  404  200  in   200  in
web:regrade-apply      POST   own   in   403  404  403  403  403  302  404  in   302  in
web:regrade-apply      POST   other in   404  403  404  404  404  404  302  in   302  in
web:regrade-undo       POST   own   in   403  404  403  403  403  302  404  in   302  in
web:regrade-undo       POST   other in   404  403  404  404  404  404  302  in   302  in
web:marking            GET    own   in   403  404  200  403  403  200  404  in   200  in
web:marking            GET    other in   404  403  404  404  404  404  200  in   200  in
web:marking            GET    open  in   403  403  403  403  403  403  403  in   200  in
web:marking-answer     GET    own   in   403  404  200  403  403  200  404  in   200  in
web:marking-answer     GET    other in   404  403  404  404  404  404  200  in   200  in
web:marking-answer     POST   own   in   403  404  302  403  403  302  404  in   302  in
web:marking-answer     POST   other in   404  403  404  404  404  404  302  in   302  in
web:quiz-preview       POST   own   in   403  404  302  302  302  302  404  in   302  in
web:quiz-preview       POST   other in   404  403  404  404  404  404  302  in   302  in
web:quiz-preview       POST   open  in   403  403  403  403  403  403  403  in   302  in
# Questions and quizzes are written by editors and owners; whoever sees learners and answers
# for them, assistants and owners, grants them other rules.
web:questions          GET    own   in   403  404  403  403  200  200  404  in   200  in
web:questions          GET    other in   404  403  404  404  404  404  200  in   200  in
web:questions          GET    open  in   403  403  403  403  403  403  403  in   200  in
web:question-new       GET    own   in   403  404  403  403  200  200  404  in   200  in
web:question-new       GET    other in   404  403  404  404  404  404  200  in   200  in
web:question-new       GET    open  in   403  403  403  403  403  403  403  in   200  in
web:question-new       POST   own   in   403  404  403  403  302  302  404  in   302  in
web:question-new       POST   other in   404  403  404  404  404  404  302  in   302  in
web:question-new       POST   open  in   403  403  403  403  403  403  403  in   302  in
web:question-check     POST   own   in   403  404  403  403  200  200  404  in   200  in
web:question-check     POST   other in   404  403  404  404  404  404  200  in   200  in
web:question-check     POST   open  in   403  403  403  403  403  403  403  in   200  in
web:question           GET    own   in   403  404  403  403  200  200  404  in   200  in
web:question           GET    other in   404  403  404  404  404  404  200  in   200  in
web:question           GET    open  in   403  403  403  403  403  403  403  in   200  in
web:question           POST   own   in   403  404  403  403  302  302  404  in   302  in
web:question           POST   other in   404  403  404  404  404  404  302  in   302  in
web:question           POST   open  in   403  403  403  403  403  403  403  in   302  in
web:quiz-new           GET    own   in   403  404  403  403  200  200  404  in   200  in
web:quiz-new           GET    other in   404  403  404  404  404  404  200  in   200  in
web:quiz-new           GET    open  in   403  403  403  403  403  403  403  in   200  in
web:quiz-new           POST   own   in   403  404  403  403  302  302  404  in   302  in
web:quiz-new           POST   other in   404  403  404  404  404  404  302  in   302  in
web:quiz-new           POST   open  in   403  403  403  403  403  403  403  in   302  in
web:quiz-edit          GET    own   in   403  404  403  403  200  200  404  in   200  in
web:quiz-edit          GET    other in   404  403  404  404  404  404  200  in   200  in
web:quiz-edit          GET    open  in   403  403  403  403  403  403  403  in   200  in
web:quiz-edit          POST   own   in   403  404  403  403  302  302  404  in   302  in
web:quiz-edit          POST   other in   404  403  404  404  404  404  302  in   302  in
web:quiz-edit          POST   open  in   403  403  403  403  403  403  403  in   302  in
web:quiz-people        GET    own   in   403  404  200  403  403  200  404  in   200  in
web:quiz-people        GET    other in   404  403  404  404  404  404  200  in   200  in
web:quiz-people        GET    open  in   403  403  403  403  403  403  403  in   200  in
web:quiz-people        POST   own   in   403  404  302  403  403  302  404  in   302  in
web:quiz-people        POST   other in   404  403  404  404  404  404  302  in   302  in
# Nobody takes part in the open course, to whom anything could be granted.
web:quiz-people        POST   open  in   403  403  403  403  403  403  403  in   404  in
web:attempt            GET    own   in   200  404  404  404  404  404  404  in   404  in
web:attempt            GET    other in   404  200  404  404  404  404  404  in   404  in
web:attempt            POST   own   in   302  404  404  404  404  404  404  in   404  in
web:attempt            POST   other in   404  302  404  404  404  404  404  in   404  in
web:attempt-hint       POST   own   in   302  404  404  404  404  404  404  in   404  in
web:attempt-hint       POST   other in   404  302  404  404  404  404  404  in   404  in
web:results            GET    own   in   302  404  404  404  404  404  404  in   404  in
web:results            GET    other in   404  302  404  404  404  404  404  in   404  in
web:results            POST   own   in   302  404  404  404  404  404  404  in   404  in
web:results            POST   other in   404  302  404  404  404  404  404  in   404  in

web:review             GET    -     in   200  200  200  200  200  200  200  in   200  in
web:review             POST   own   in   200  404  404  404  404  404  404  in   404  in
web:review             POST   other in   404  200  404  404  404  404  404  in   404  in
web:review-undo        POST   -     in   302  302  302  302  302  302  302  in   302  in
web:review-bury        POST   own   in   302  404  404  404  404  404  404  in   404  in
web:review-bury        POST   other in   404  302  404  404  404  404  404  in   404  in
web:review-suspend     POST   own   in   302  404  404  404  404  404  404  in   404  in
web:review-suspend     POST   other in   404  302  404  404  404  404  404  in   404  in
web:review-unsuspend   POST   own   in   302  404  404  404  404  404  404  in   404  in
web:review-unsuspend   POST   other in   404  302  404  404  404  404  404  in   404  in
web:progress           GET    -     in   200  200  200  200  200  200  200  in   200  in
web:cards              GET    -     in   200  200  200  200  200  200  200  in   200  in
web:card               GET    own   in   200  404  404  404  404  404  404  in   404  in
web:card               GET    other in   404  200  404  404  404  404  404  in   404  in
web:preferences        GET    -     in   200  200  200  200  200  200  200  in   200  in
web:preferences        POST   -     in   302  302  302  302  302  302  302  in   302  in
# Sent with a wrong password (200: the form again), since the right one erases people.
web:delete-account     GET    -     in   200  200  200  200  200  200  200  in   200  in
web:delete-account     POST   -     in   200  200  200  200  200  200  200  in   200  in
web:jobs               GET    -     in   200  200  200  200  200  200  200  in   200  in
"""

API = """
# route                method where anon stud oths assi revi edit ownr otht clnt admn susp
api:courses            GET    -     200  200  200  200  200  200  200  200  200  200  200
api:course             GET    own   404  200  404  200  200  200  200  404  200  200  404
api:course             GET    other 404  404  200  404  404  404  404  200  404  200  404
api:course             GET    open  200  200  200  200  200  200  200  200  200  200  200
api:lessons            GET    own   404  200  404  200  200  200  200  404  200  200  404
api:lessons            GET    other 404  404  200  404  404  404  404  200  404  200  404
api:lessons            GET    open  200  200  200  200  200  200  200  200  200  200  200
api:lesson             GET    own   404  200  404  200  200  200  200  404  200  200  404
api:lesson             GET    other 404  404  200  404  404  404  404  200  404  200  404
api:lesson             GET    open  200  200  200  200  200  200  200  200  200  200  200
api:lesson             GET    draft 404  404  404  404  200  200  200  404  404  200  404
api:claims             GET    own   404  200  404  200  200  200  200  404  200  200  404
api:claims             GET    other 404  404  200  404  404  404  404  200  404  200  404
api:claims             GET    open  200  200  200  200  200  200  200  200  200  200  200
api:claim              GET    own   404  200  404  200  200  200  200  404  200  200  404
api:claim              GET    other 404  404  200  404  404  404  404  200  404  200  404
api:claim              GET    open  200  200  200  200  200  200  200  200  200  200  200
api:quizzes            GET    own   404  200  404  200  200  200  200  404  200  200  404
api:quizzes            GET    other 404  404  200  404  404  404  404  200  404  200  404
api:quizzes            GET    open  200  200  200  200  200  200  200  200  200  200  200

api:review-next        GET    -     401  200  200  200  200  200  200  200  403  200  401
api:review-answer      POST   own   401  200  404  404  404  404  404  404  403  404  401
api:review-answer      POST   other 401  404  200  404  404  404  404  404  403  404  401
api:review-batch       POST   -     401  200  200  200  200  200  200  200  403  200  401
api:review-undo        POST   -     401  409  409  409  409  409  409  409  403  409  401
api:review-bury        POST   own   401  200  404  404  404  404  404  404  403  404  401
api:review-bury        POST   other 401  404  200  404  404  404  404  404  403  404  401
api:review-unbury      POST   own   401  200  404  404  404  404  404  404  403  404  401
api:review-unbury      POST   other 401  404  200  404  404  404  404  404  403  404  401
api:review-suspend     POST   own   401  200  404  404  404  404  404  404  403  404  401
api:review-suspend     POST   other 401  404  200  404  404  404  404  404  403  404  401
api:review-unsuspend   POST   own   401  200  404  404  404  404  404  404  403  404  401
api:review-unsuspend   POST   other 401  404  200  404  404  404  404  404  403  404  401
api:lesson-answer      POST   own   401  200  404  200  200  200  200  404  403  200  401
api:lesson-answer      POST   other 401  404  200  404  404  404  404  200  403  200  401
api:lesson-answer      POST   open  401  403  403  403  403  403  403  403  403  200  401
api:lesson-answer      POST   draft 401  404  404  404  404  404  404  404  403  404  401
api:attempt-start      POST   own   401  200  404  200  200  200  200  404  403  200  401
api:attempt-start      POST   other 401  404  200  404  404  404  404  200  403  200  401
api:attempt-start      POST   open  401  403  403  403  403  403  403  403  403  200  401
api:attempt            GET    own   401  200  404  404  404  404  404  404  200  404  401
api:attempt            GET    other 401  404  200  404  404  404  404  404  404  404  401
api:attempt-answer     POST   own   401  200  404  404  404  404  404  404  403  404  401
api:attempt-answer     POST   other 401  404  200  404  404  404  404  404  403  404  401
api:attempt-save       POST   own   401  200  404  404  404  404  404  404  403  404  401
api:attempt-save       POST   other 401  404  200  404  404  404  404  404  403  404  401
api:attempt-next       POST   own   401  200  404  404  404  404  404  404  403  404  401
api:attempt-next       POST   other 401  404  200  404  404  404  404  404  403  404  401
api:attempt-hint       POST   own   401  200  404  404  404  404  404  404  403  404  401
api:attempt-hint       POST   other 401  404  200  404  404  404  404  404  403  404  401
api:attempt-submit     POST   own   401  200  404  404  404  404  404  404  403  404  401
api:attempt-submit     POST   other 401  404  200  404  404  404  404  404  403  404  401
api:attempt-result     GET    own   401  200  404  404  404  404  404  404  200  404  401
api:attempt-result     GET    other 401  404  200  404  404  404  404  404  404  404  401
api:plans              GET    -     401  200  200  200  200  200  200  200  200  200  401
api:me                 GET    -     401  200  200  200  200  200  200  200  200  200  401
api:token-list         GET    -     401  200  200  200  200  200  200  200  403  200  401
api:token-list         POST   -     401  201  201  201  201  201  201  201  403  201  401
api:token              DELETE own   401  204  404  404  404  404  404  404  403  404  401
api:token              DELETE other 401  404  204  404  404  404  404  404  403  404  401
api:schema             GET    -     200  200  200  200  200  200  200  200  200  200  200
api:reference          GET    -     200  200  200  200  200  200  200  200  200  200  200
api:tokens             GET    -     in   200  200  200  200  200  200  200  in   200  in
api:tokens             POST   -     in   200  200  200  200  200  200  200  in   200  in
# Revoking what is not there or not one's own says so on the page that it leads back to;
# tests/api/test_tokens.py sees that nothing is revoked.
api:token-revoke       POST   own   in   302  302  302  302  302  302  302  in   302  in
api:token-revoke       POST   other in   302  302  302  302  302  302  302  in   302  in
api:unknown            GET    -     404  404  404  404  404  404  404  404  404  404  404
api:unknown            POST   -     404  404  404  404  404  404  404  404  404  404  404
api:unknown            DELETE -     404  404  404  404  404  404  404  404  404  404  404
"""

# django-allauth. Whoever is signed in is led away from the doors; the forms that a POST
# sends here are wrong on purpose (200: the form again), since trying them changes accounts.
ACCOUNTS = """
# route                              verb at anon stud oths assi revi edit ownr otht clnt admn susp
account_login                        GET  -  200  302  302  302  302  302  302  302  200  302  200
account_login                        POST -  200  302  302  302  302  302  302  302  200  302  200
account_signup                       GET  -  200  302  302  302  302  302  302  302  200  302  200
account_signup                       POST -  200  302  302  302  302  302  302  302  200  302  200
account_logout                       GET  -  302  200  200  200  200  200  200  200  302  200  302
account_logout                       POST -  302  302  302  302  302  302  302  302  302  302  302
account_inactive                     GET  -  200  200  200  200  200  200  200  200  200  200  200
account_reauthenticate               GET  -  in   200  200  200  200  200  200  200  in   200  in
account_reauthenticate               POST -  in   200  200  200  200  200  200  200  in   200  in
account_email                        GET  -  in   200  200  200  200  200  200  200  in   200  in
account_email                        POST -  in   302  302  302  302  302  302  302  in   302  in
account_email_verification_sent      GET  -  200  200  200  200  200  200  200  200  200  200  200
account_change_password              GET  -  in   200  200  200  200  200  200  200  in   200  in
account_change_password              POST -  in   200  200  200  200  200  200  200  in   200  in
account_set_password                 GET  -  in   302  302  302  302  302  302  302  in   302  in
account_set_password                 POST -  in   302  302  302  302  302  302  302  in   302  in
account_reset_password               GET  -  200  200  200  200  200  200  200  200  200  200  200
account_reset_password               POST -  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_done          GET  -  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key      GET  -  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key      POST -  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key_done GET  -  200  200  200  200  200  200  200  200  200  200  200
account_confirm_email                GET  -  200  200  200  200  200  200  200  200  200  200  200
account_confirm_email                POST -  404  404  404  404  404  404  404  404  404  404  404
account_confirm_login_code           GET  -  in   302  302  302  302  302  302  302  in   302  in
account_confirm_login_code           POST -  in   302  302  302  302  302  302  302  in   302  in
"""

# The administration: for administrators, and for nobody else. A star stands for any model.
ADMINISTRATION = """
# route                              verb at anon stud oths assi revi edit ownr otht clnt admn susp
administration-review-log            GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:index                          GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:login                          GET  -  in   403  403  403  403  403  403  403  in   302  in
admin:login                          POST -  in   403  403  403  403  403  403  403  in   302  in
admin:logout                         POST -  302  302  302  302  302  302  302  302  302  200  302
admin:password_change                GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:password_change_done           GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:autocomplete                   GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:jsi18n                         GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:view_on_site                   GET  -  in   in   in   in   in   in   in   in   in   404  in
admin:app_list                       GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:auth_user_password_change      GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:*_changelist                   GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:*_history                      GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:*_change                       GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:*_add                          GET  -  in   in   in   in   in   in   in   in   in   200  in
admin:*_delete                       GET  -  in   in   in   in   in   in   in   in   in   200  in
# Who they are and what was done is not made or removed by hand.
admin:accounts_user_add              GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:accounts_user_delete           GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:enrollment_course_delete       GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:enrollment_enrollment_delete   GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:common_job_add                 GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:common_job_delete              GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:common_heartbeat_add           GET  -  in   in   in   in   in   in   in   in   in   403  in
admin:common_heartbeat_delete        GET  -  in   in   in   in   in   in   in   in   in   403  in
"""


@dataclass(frozen=True)
class Row:
    """What one request of each actor is answered with: `expected[actor]`."""

    route: str
    method: str
    where: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} ({self.where})"


def rows() -> list[Row]:
    """Return every row of the tables above."""
    found = []
    for table in (PAGES, API, ACCOUNTS, ADMINISTRATION):
        for line in table.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            route, method, where, *cells = line.split()
            assert len(cells) == len(ACTORS), line
            found.append(Row(route, method, where, dict(zip(ACTORS, cells, strict=True))))
    return found
