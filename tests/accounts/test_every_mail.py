"""Each mail in both its parts: the same words and links, one button, in the reader's language."""

import re
from email import message_from_bytes
from html.parser import HTMLParser
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from django.apps import apps
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from courses.accounts.mails import greeted_name
from courses.accounts.models import User
from courses.flashcards.services import ensure_day_plans, reminder_for
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, make_review_card
from tests.factories.harbour import make_harbour

pytestmark = pytest.mark.django_db
FOLDER = Path(apps.get_app_config("web").path, "templates/account/email")
MAILS = sorted(path.name.removesuffix("_subject.txt") for path in FOLDER.glob("*_subject.txt"))
NAMES = ["Aiko O'Brien", "Оксана 🌸 Шевченко", "岩屋 毅", "<b>Bold & Co</b>", 'A "quoted" name']
LINK = re.compile(r"https?://[^\s<>\"]+")
CONTEXT = {
    "activate_url": "https://site.test/account/confirm-email/key/",
    "password_reset_url": "https://site.test/account/password/reset/key/1-key/",
    "signup_url": "https://site.test/account/signup/",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "added_email": "added@example.org",
    "deleted_email": "gone@example.org",
}


class Page(HTMLParser):
    """What a reader of an HTML mail meets: its text, its links, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.buttons: list[str] = []
        self.loads: list[str] = []
        self.skipping = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.skipping = tag in ("style", "title")
        if tag in ("img", "script", "link", "iframe") or "src" in given:
            self.loads.append(tag)
        if tag == "a":
            self.links.append(given["href"])
            if given.get("class") == "button":
                self.buttons.append(given["href"])

    def handle_endtag(self, tag):
        self.skipping = False

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def request_in_context(settings):
    settings.SITE_NAME = "Harbour's school"
    request = RequestFactory().get("/")
    with allauth_context.request_context(request):
        yield request


def parts_of(message) -> tuple[str, str]:
    ((page, kind),) = message.alternatives
    assert kind == "text/html"
    return message.body, page


def rendered(name: str, user: User, **more):
    adapter = get_adapter()
    adapter.send_notification_mail(f"account/email/{name}", user, CONTEXT | more)
    (sent,) = mail.outbox
    return sent


def reminder_to(user: User):
    user.reminder_hour = 7
    user.save()
    harbour = make_harbour()
    enrol_as(user, harbour.course)
    make_review_card(user, next(iter(harbour.questions.values())))
    ensure_day_plans(learner=user, now=NOON)
    return reminder_for(user, NOON)


@pytest.fixture(params=[*MAILS, "reminder"])
def any_mail(request, request_in_context):
    """Make the mail of this test for a person."""

    def make(user: User):
        return reminder_to(user) if request.param == "reminder" else rendered(request.param, user)

    return make


def check_parts(body: str, page: str) -> None:
    shown = Page(page)
    assert set(LINK.findall(body)) == set(shown.links)
    assert len(shown.buttons) == 1
    assert not shown.loads
    assert "@import" not in page
    assert "url(" not in page
    assert "&#" not in body
    assert "&lt;" not in body
    assert "None" not in body
    for paragraph in body.rpartition("\n-- ")[0].split("\n\n"):
        words = " ".join(paragraph.split())
        if not LINK.search(words):
            assert words in shown.text


@pytest.mark.parametrize("name", NAMES)
def test_both_parts_say_the_same(any_mail, name):
    message = any_mail(make_user("one@example.org", display_name=name))

    body, page = parts_of(message)
    check_parts(body, page)
    assert name in body
    assert name in Page(page).text


def test_what_a_list_of_mails_previews_is_what_the_mail_is_about(any_mail):
    _body, page = parts_of(any_mail(make_user("one@example.org", display_name="Aiko")))

    (preview,) = re.findall(r'<div class="preheader">(.*?)</div>', page, re.DOTALL)
    assert len(preview.split()) >= 4
    assert "Hello" not in preview
    assert "http" not in preview


def test_a_mail_says_what_it_is_in_its_head(any_mail):
    message = any_mail(make_user("one@example.org", display_name="Aiko"))

    sent = message_from_bytes(message.message().as_bytes())
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in sent.get_payload()] == ["text/plain", "text/html"]


def test_a_mail_follows_light_and_dark(any_mail):
    _body, page = parts_of(any_mail(make_user("one@example.org")))

    assert '<meta name="color-scheme" content="light dark">' in page
    assert "prefers-color-scheme: dark" in page


def test_a_mail_is_in_the_language_of_who_gets_it(any_mail):
    user = make_user("one@example.org", language="ja")

    with override("en"):
        _body, page = parts_of(any_mail(user))

    assert '<html lang="ja">' in page


def test_the_moment_is_that_of_the_persons_own_clock(request_in_context, monkeypatch):
    monkeypatch.setattr("courses.accounts.mails.now", lambda: NOON)
    user = make_user("one@example.org", time_zone="Asia/Tokyo")

    body = rendered("password_changed", user).body

    assert "(Asia/Tokyo)" in body


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Dr. J. R. Smith", "Dr. J. R. Smith"),
        ("J.R.R. Tolkien", "J.R.R. Tolkien"),
        ("Win at https://spam.example/now", ""),
        ("spam.example", ""),
        ("www.spam", ""),
        ("me@spam", ""),
    ],
)
def test_a_name_carries_no_link_into_the_mailbox_of_another(name, greeted):
    assert greeted_name(User(display_name=name)) == greeted


def test_a_name_of_two_lines_adds_no_header(any_mail):
    user = make_user("one@example.org", display_name="Aiko\r\nBcc: all example org")

    sent = message_from_bytes(any_mail(user).message().as_bytes())

    assert sent["To"] == "one@example.org"
    assert sent["Bcc"] is None
    assert "Aiko" not in "".join(value for _name, value in sent.items())


# --- When they are sent ----------------------------------------------------------------


def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def test_a_changed_password_is_told(settings):
    user = make_user("one@example.org")
    new = "a long new one 77"

    signed_in(user).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    (sent,) = mail.outbox
    assert sent.to == ["one@example.org"]
    assert "was changed" in sent.body
    assert "http://testserver/account/password/reset/" in sent.body


def test_a_password_chosen_by_the_link_is_told():
    make_user("one@example.org")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "one@example.org"})
    link = LINK.search(mail.outbox.pop().body).group()
    form = client.get(link, follow=True).request["PATH_INFO"]

    client.post(form, {"password1": "a long new one 77", "password2": "a long new one 77"})

    (sent,) = mail.outbox
    assert "A new password was chosen" in sent.body


def test_the_main_address_hears_of_another(mailoutbox):
    client = signed_in(make_user("one@example.org"))

    client.post(reverse("account_email"), {"email": "two@example.org", "action_add": ""})

    told = {message.to[0]: message.body for message in mailoutbox}
    assert set(told) == {"one@example.org", "two@example.org"}
    assert "two@example.org was added" in told["one@example.org"]


def test_the_former_address_hears_of_the_new_one():
    user = make_user("one@example.org")
    user.emailaddress_set.create(email="two@example.org", verified=True)

    signed_in(user).post(
        reverse("account_email"), {"email": "two@example.org", "action_primary": ""}
    )

    (sent,) = mail.outbox
    assert sent.to == ["one@example.org"]
    assert "It was one@example.org; now it is two@example.org." in sent.body


def test_a_removed_address_is_told():
    user = make_user("one@example.org")
    user.emailaddress_set.create(email="two@example.org", verified=True)

    signed_in(user).post(
        reverse("account_email"), {"email": "two@example.org", "action_remove": ""}
    )

    (sent,) = mail.outbox
    assert sent.to == ["one@example.org"]
    assert "two@example.org was removed" in sent.body
