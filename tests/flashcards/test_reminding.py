"""Reminders: at the learner's hour, only with work left, at most one a day."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from courses.accounts.services import save_preferences
from courses.common import outbox
from courses.common.models import Job
from courses.flashcards import jobs
from courses.flashcards.errors import StopLinkInvalid
from courses.flashcards.services import stop_reminders, stop_token
from tests.factories.assessment import make_question
from tests.factories.flashcards import NOON, answer, make_review_card

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
EVENING = datetime(2026, 11, 20, 10, tzinfo=UTC)  # 19:00 in Tokyo


@pytest.fixture
def question(course, student):
    """A question whose card is due; the student asked to be reminded at 19:00."""
    student.reminder_hour = 19
    student.save()
    Job.objects.all().delete()
    question = make_question(course)
    make_review_card(student, question)
    return question


def run(now=EVENING):
    return outbox.run_due(jobs.REMIND, now=now)


def waiting():
    rows = Job.objects.filter(kind=jobs.REMIND, state=Job.State.WAITING).order_by("due_at")
    return [job.due_at for job in rows]


# --- When ---------------------------------------------------------------------------------


def test_the_days_plan_owes_its_reminder(student, question):
    jobs.owe_day(student, TODAY, now=NOON)
    outbox.run_due(jobs.PLAN_DAY, now=NOON)

    assert waiting() == [EVENING]


def test_without_an_hour_there_is_no_reminder(student, question):
    student.reminder_hour = None

    jobs.owe_reminder(student, TODAY, now=NOON)

    assert waiting() == []


@pytest.mark.parametrize(
    ("hour", "moment"),
    [
        (4, datetime(2026, 11, 19, 19, tzinfo=UTC)),
        (23, datetime(2026, 11, 20, 14, tzinfo=UTC)),
        # Before the rollover: the end of the study day, after midnight.
        (2, datetime(2026, 11, 20, 17, tzinfo=UTC)),
    ],
)
def test_the_hour_is_in_the_learners_zone_and_study_day(student, question, hour, moment):
    student.reminder_hour = hour

    assert jobs.reminder_moment(student, TODAY) == moment


def test_the_mail_is_sent_when_the_hour_begins(student, question):
    jobs.owe_reminder(student, TODAY, now=NOON)

    run(EVENING - timedelta(seconds=1))
    before = len(mail.outbox)
    run(EVENING)

    assert (before, len(mail.outbox)) == (0, 1)


def test_a_reminder_of_a_day_that_is_over_is_not_sent(student, question):
    jobs.owe_reminder(student, TODAY, now=NOON)

    run(EVENING + timedelta(days=1))

    assert mail.outbox == []
    assert waiting() == []


# --- Whether ------------------------------------------------------------------------------


def test_nothing_due_no_mail(student, question):
    student.cards.all().delete()
    jobs.owe_reminder(student, TODAY, now=NOON)

    run()

    assert mail.outbox == []


def test_all_done_no_mail(student, question):
    answer(student, question)
    jobs.owe_reminder(student, TODAY, now=NOON)

    run()

    assert mail.outbox == []


@pytest.mark.parametrize("change", [{"reminder_hour": None}, {"email": None}, {"is_active": False}])
def test_who_cannot_or_will_not_be_reminded_is_not(student, question, change):
    jobs.owe_reminder(student, TODAY, now=NOON)
    type(student).objects.filter(pk=student.pk).update(**change)

    run()

    assert mail.outbox == []


def test_a_day_without_a_plan_is_planned_for_the_reminder(student, question):
    jobs.owe_reminder(student, TODAY, now=NOON)

    run()

    assert len(mail.outbox) == 1
    assert student.day_plans.get().day == TODAY


# --- What ---------------------------------------------------------------------------------


def test_the_mail_says_how_much_and_links_to_the_review(student, question, settings):
    settings.SITE_URL = "https://learn.example.org/"
    jobs.owe_reminder(student, TODAY, now=NOON)
    run()

    (sent,) = mail.outbox
    (html, mimetype) = sent.alternatives[0]
    assert sent.to == [student.email]
    assert sent.subject == "1 card to review today"
    for text in (sent.body, html):
        assert "1 card is waiting for you today." in text
        assert "https://learn.example.org/review/" in text
        assert "https://learn.example.org/reminders/stop/" in text
    assert mimetype == "text/html"


def test_a_name_is_text_in_the_html_and_itself_in_the_text(student, question):
    type(student).objects.filter(pk=student.pk).update(display_name="<b>O'Neill & Co</b>")
    jobs.owe_reminder(student, TODAY, now=NOON)
    run()

    (sent,) = mail.outbox
    assert "<b>O'Neill & Co</b>" in sent.body
    assert "<b>O" not in sent.alternatives[0][0]


def test_one_click_in_the_mail_program_stops_them(student, question):
    jobs.owe_reminder(student, TODAY, now=NOON)
    run()

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http")


# --- Once ---------------------------------------------------------------------------------


def test_one_reminder_a_day_whoever_asks_for_it(student, question):
    for hours in range(3):
        jobs.owe_reminder(student, TODAY, now=NOON)
        run(EVENING + timedelta(hours=hours))

    assert len(mail.outbox) == 1


def test_a_worker_killed_while_sending_costs_a_reminder_and_never_doubles_it(
    student, question, monkeypatch
):
    jobs.owe_reminder(student, TODAY, now=NOON)
    sent = []

    def killed(_self, messages):
        sent.extend(messages)
        raise KeyboardInterrupt  # passes by every `except Exception`, as a kill does

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    run(EVENING + timedelta(hours=1))

    assert len(sent) == 1
    assert mail.outbox == []


def test_what_the_mail_server_refuses_is_tried_again(student, question, monkeypatch):
    jobs.owe_reminder(student, TODAY, now=NOON)

    def refuse(_self, _messages):
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", refuse)
        run()
    run(EVENING + timedelta(hours=1))

    assert len(mail.outbox) == 1


# --- Preferences --------------------------------------------------------------------------


def test_a_later_hour_moves_todays_reminder(student, question):
    jobs.owe_reminder(student, TODAY, now=NOON)

    save_preferences(student, now=NOON, reminder_hour=21)

    assert waiting() == [EVENING + timedelta(hours=2)]


def test_an_hour_that_has_passed_means_from_tomorrow_on(student, question):
    jobs.owe_reminder(student, TODAY, now=NOON)

    save_preferences(student, now=NOON, reminder_hour=8)
    run(EVENING)
    run(EVENING + timedelta(days=1))

    assert mail.outbox == []


def test_choosing_an_hour_for_the_first_time_reminds_today(student, question):
    save_preferences(student, now=NOON, reminder_hour=None)

    save_preferences(student, now=NOON, reminder_hour=20)

    assert waiting() == [EVENING + timedelta(hours=1)]


# --- Stopping -----------------------------------------------------------------------------


def test_the_token_stops_the_reminders_of_its_learner(student, owner, question):
    type(owner).objects.filter(pk=owner.pk).update(reminder_hour=7)

    stopped = stop_reminders(token=stop_token(student), now=NOON)
    stop_reminders(token=stop_token(student), now=NOON)

    assert stopped.pk == student.pk
    assert stopped.reminder_hour is None
    owner.refresh_from_db()
    assert owner.reminder_hour == 7


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "\x00"])
def test_a_token_not_made_here_is_refused(student, token):
    with pytest.raises(StopLinkInvalid):
        stop_reminders(token=token, now=NOON)


def test_a_token_of_somebody_who_is_gone_is_refused(student):
    token = stop_token(student)
    student.delete()

    with pytest.raises(StopLinkInvalid):
        stop_reminders(token=token, now=NOON)
