"""Preferences, appearance, jobs, and an end to reminders."""

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.common.models import Job
from courses.flashcards.services import stop_token
from courses.web.forms.preferences import PreferencesForm
from tests.factories.accounts import make_user
from tests.factories.flashcards import NOON

CHOICES = {
    "display_name": "Ōsaka Ryō",
    "language": "en",
    "time_zone": "Europe/Kyiv",
    "rollover_hour": "3",
    "minutes_per_day": "25",
    "new_per_day": "0",
    "reviews_per_day": "150",
    "reminder_hour": "7",
}


def test_preferences_are_saved(signed_in, learner):
    page = signed_in.post("/preferences/", CHOICES, follow=True).content.decode()

    learner.refresh_from_db()
    assert "Your preferences are saved." in page
    assert (learner.time_zone, learner.reminder_hour, learner.new_per_day) == ("Europe/Kyiv", 7, 0)


def test_no_reminder_is_a_choice(signed_in, learner):
    signed_in.post("/preferences/", CHOICES)

    signed_in.post("/preferences/", CHOICES | {"reminder_hour": ""})

    learner.refresh_from_db()
    assert learner.reminder_hour is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Moon/Base"),
        ("minutes_per_day", "0"),
        ("rollover_hour", "24"),
        ("language", "xx"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(signed_in, learner, field, value):
    before = User.objects.get(pk=learner.pk)

    page = signed_in.post("/preferences/", CHOICES | {field: value}).content.decode()

    learner.refresh_from_db()
    assert "has-error" in page
    assert "nothing was changed" in page
    assert (learner.display_name, learner.time_zone) == (before.display_name, before.time_zone)


def test_only_the_languages_of_the_site_are_offered(signed_in, settings):
    settings.LANGUAGES = [("en", "English"), ("eo", "Esperanto")]

    page = signed_in.get("/preferences/").content.decode()

    assert 'value="eo"' in page
    assert 'value="fr"' not in page


def test_every_language_of_the_site_has_a_catalogue(settings):
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]

    for code in others:
        assert (settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.mo").exists()


def test_a_zone_that_is_not_on_the_list_is_kept(signed_in, learner):
    User.objects.filter(pk=learner.pk).update(time_zone="Etc/GMT-9")

    assert 'value="Etc/GMT-9" selected' in signed_in.get("/preferences/").content.decode()


def test_the_appearance_is_kept_in_this_browser(client, taught):
    response = client.post(
        "/appearance/", {"theme": "dark"}, headers={"referer": "http://testserver/courses/harbour/"}
    )

    assert response["Location"] == "http://testserver/courses/harbour/"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    assert 'data-theme="dark"' in client.get("/courses/harbour/lessons/pier/").content.decode()


def test_the_automatic_appearance_forgets(client, taught):
    client.post("/appearance/", {"theme": "dark"})

    client.post("/appearance/", {"theme": "auto"})

    assert "data-theme" not in client.get("/").content.decode()


def test_changing_the_appearance_leads_to_no_other_site(client, taught):
    response = client.post(
        "/appearance/", {"theme": "dark"}, headers={"referer": "https://elsewhere.example/"}
    )

    assert response["Location"] == "/"


def test_jobs_are_shown_to_who_asked_for_them(signed_in, learner):
    other = make_user()
    for person, kind in ((learner, "import_course"), (other, "plan_day")):
        Job.objects.create(
            kind=kind,
            slot="one",
            due_at=NOON,
            created_at=NOON,
            requested_by=person.pk,
            progress_done=3,
            progress_total=9,
        )

    page = signed_in.get("/jobs/").content.decode()

    assert "Importing a course" in page
    assert "3 of 9" in page
    assert "Planning a day" not in page


def reminded(user):
    User.objects.filter(pk=user.pk).update(reminder_hour=7)
    return f"/reminders/stop/{stop_token(user)}/"


def test_opening_the_link_of_a_reminder_stops_nothing(client, learner):
    page = client.get(reminded(learner)).content.decode()

    learner.refresh_from_db()
    assert "Stop the reminders?" in page
    assert learner.reminder_hour == 7


def test_one_click_stops_reminders_without_a_session_or_a_csrf_token(learner):
    mail_program = Client(enforce_csrf_checks=True)

    response = mail_program.post(reminded(learner), {"List-Unsubscribe": "One-Click"})

    learner.refresh_from_db()
    assert response.status_code == 200
    assert learner.reminder_hour is None


def test_a_forged_link_is_not_there(client, learner):
    assert client.post(f"{reminded(learner)[:-4]}xxx/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_names_nobody_is_not_found(client, method):
    assert getattr(client, method)("/reminders/stop/bogus/").status_code == 404


def zones_offered(person: User) -> set[str]:
    """Return the names of the zones that the person may choose."""
    choices = PreferencesForm(instance=person).fields["time_zone"].choices
    return {
        zone
        for name, group in choices
        for zone in ([name] if isinstance(group, str) else [one for one, _place in group])
    }


def test_zones_are_places_and_no_old_names_of_them(learner):
    offered = zones_offered(learner)

    assert {"UTC", "Asia/Tokyo", "Asia/Kolkata", "Europe/Oslo", "America/New_York"} <= offered
    assert not {"Asia/Calcutta", "Mexico/General", "America/Knox_IN", "US/Pacific"} & offered


def test_a_zone_once_chosen_can_be_kept(learner):
    learner.time_zone = "Asia/Calcutta"

    assert "Asia/Calcutta" in zones_offered(learner)
