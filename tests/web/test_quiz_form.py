"""The form of a quiz: its rules and rows, saved as course files would, nothing typed is lost."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.review_options import GRADED, options_of
from courses.assessment.models import Quiz
from courses.assessment.services import Slot
from courses.enrollment.domain import roles
from courses.web.forms.fields import as_per_cent
from tests.factories.accounts import make_user
from tests.factories.assessment import make_attempt, make_question, make_quiz
from tests.factories.content import make_topic
from tests.factories.enrollment import enrol_as
from tests.factories.harbour import Taught

QUIZZES = "/courses/harbour/quizzes/"
NEW = f"{QUIZZES}new/"
EDIT = f"{QUIZZES}practice/edit/"
STRANGE = "O'Neil's 🦉: Москва, 東京 & <b>Łódź</b>"


@pytest.fixture
def editor(taught: Taught) -> User:
    user = make_user("editor@example.org", time_zone="Asia/Tokyo")
    enrol_as(user, taught.course, roles.EDITOR)
    return user


@pytest.fixture
def at_desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def fields(*rows: dict[str, object], **changed: object) -> dict[str, object]:
    """Return what the form of a new quiz sends, with these rows."""
    sent: dict[str, object] = {
        "slug": "fresh", "title": "Fresh", "lesson": "", "status": "draft", "kind": "practice",
        "opens_at": "", "closes_at": "", "time_limit_minutes": "", "attempts": "",
        "grading": "best", "pass_mark": "", "navigation": "free", "password": "",
        "hint_cost": "", "second_try_cost": "", "seen": "", "slots-INITIAL_FORMS": 0,
        "slots-TOTAL_FORMS": len(rows), "review-submitted-score": "on",
    }  # fmt: skip
    sent |= {f"review-closed-{told}": "on" for told in ("score", "answers", "explanation")}
    for number, row in enumerate(rows):
        what = "pool" if "pool" in row else "question"
        whole = {"what": what, "points": 1, "ORDER": number + 1} | row
        sent |= {f"slots-{number}-{name}": value for name, value in whole.items()}
    return sent | changed


def sent_by(page: str, **changed: object) -> dict[str, object]:
    """Return what the form on a page sends if nothing but `changed` is entered."""
    found: dict[str, object] = {}
    form = (
        page[page.index('<input type="hidden" name="seen"') : page.index("</form>\n    \n")]
        if "</form>\n    \n" in page
        else page[page.index('<input type="hidden" name="seen"') :]
    )
    form = re.sub("<template.*?</template>", "", form, flags=re.S)
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search('name="([^"]+)"', tag), re.search('value="([^"]*)"', tag)
        boxed = 'type="radio"' in tag or 'type="checkbox"' in tag
        if name and (not boxed or "checked" in tag):
            found[name[1]] = unescape(value[1]) if value else "on" if boxed else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found | changed


@pytest.mark.parametrize("role", [roles.STUDENT, roles.ASSISTANT, roles.REVIEWER])
def test_quizzes_are_set_up_by_editors_only(client, taught, role):
    user = make_user()
    enrol_as(user, taught.course, role)
    client.force_login(user)

    for path in (NEW, EDIT):
        assert client.get(path).status_code == 403
        assert client.post(path, fields()).status_code == 403
    assert Quiz.objects.count() == 1


def test_a_graded_quiz_is_saved_with_all_its_rules(at_desk, taught):
    make_topic(taught.course, "sea")
    sent = fields(
        {"question": "asked-numeric", "points": "2.5", "ORDER": 2},
        {"question": "asked-ordering", "ORDER": 1},
        {"pool": "lesson:pier", "draw": 2, "points": 3},
        {"question": ""},
        title=STRANGE, kind="graded", lesson="pier", status="published",
        opens_at="2027-02-01T09:00", closes_at="2027-02-01T10:30", time_limit_minutes="45",
        attempts="2", grading="mean", pass_mark="60", shuffle="on", navigation="sequential",
        password="O'Neil 東京", hint_cost="12.5", second_try_cost="50", confidence="on",
    )  # fmt: skip
    sent["review-during-score"] = "on"

    reply = at_desk.post(NEW, sent)

    assert reply.url == f"{QUIZZES}fresh/edit/"
    quiz = Quiz.objects.get(slug="fresh")
    assert (quiz.title, quiz.lesson, quiz.status, quiz.position) == (
        STRANGE, taught.lesson, "published", 1,
    )  # fmt: skip
    # As entered in Tokyo.
    assert quiz.opens_at == datetime(2027, 2, 1, 0, 0, tzinfo=UTC)
    assert quiz.closes_at == datetime(2027, 2, 1, 1, 30, tzinfo=UTC)
    assert (quiz.time_limit_seconds, quiz.attempts_allowed, quiz.grading) == (2700, 2, "mean")
    assert (quiz.pass_mark, quiz.hint_cost, quiz.second_try_cost) == (0.6, 0.125, 0.5)
    assert (quiz.shuffle, quiz.navigation, quiz.confidence) == (True, "sequential", True)
    assert quiz.password == "O'Neil 東京"
    assert quiz.review == {
        "during": ["score"], "submitted": ["score"], "closed": ["score", "answers", "explanation"],
    }  # fmt: skip
    slots = quiz.slots.order_by("position").values_list(
        "question__slug", "draw_count", "draw_from", "draw_value", "points"
    )
    assert list(slots) == [
        ("asked-ordering", None, "", "", 1.0),
        ("asked-numeric", None, "", "", 2.5),
        (None, 2, "lesson", "pier", 3.0),
    ]
    page = at_desk.get(reply.url).content.decode()
    assert "The quiz is saved." in page
    assert '<b translate="no">Asia/Tokyo</b>' in page
    assert 'value="2027-02-01T09:00"' in page
    assert 'value="12.5"' in page


def test_saved_as_it_is_a_quiz_does_not_change(at_desk, taught):
    rules = QuizSettings(
        kind="graded", closes_at=datetime(2027, 2, 1, tzinfo=UTC), time_limit_seconds=100,
        pass_mark=1 / 3, hint_cost=0.07, review={"submitted": ["answers"]},
    )  # fmt: skip
    question = make_question(taught.course, slug="loose", tags=["a tag, 東京"[:5]])
    quiz = make_quiz(
        taught.course, [question, Slot(draw=3, pool="tag", value="gone", points=0.5)],
        slug="same", settings=rules, title=STRANGE,
    )  # fmt: skip
    archived = make_question(taught.course, slug="old", status="archived")
    make_quiz(taught.course, [archived], slug="kept")
    for slug in ("practice", "same", "kept"):
        page = at_desk.get(f"{QUIZZES}{slug}/edit/").content.decode()

        reply = at_desk.post(f"{QUIZZES}{slug}/edit/", sent_by(page), follow=True)

        assert "Nothing was changed" in reply.content.decode(), slug
    assert Quiz.objects.get(pk=quiz.pk).pass_mark == 1 / 3


def test_rows_are_moved_and_removed(at_desk, taught):
    sent = sent_by(at_desk.get(EDIT).content.decode())
    sent |= {"slots-0-ORDER": "9", "slots-1-DELETE": "on"}

    at_desk.post(EDIT, sent)

    slugs = Quiz.objects.get(slug="practice").slots.order_by("position")
    assert list(slugs.values_list("question__slug", flat=True)) == [
        "asked-short-text", "asked-ordering", "asked-flashcard", "asked-single-choice",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "changed", "told"),
    [
        ({}, {"title": ""}, "This field is required."),
        ({}, {"title": "x" * 201}, "shorten it to 200"),
        ({}, {"slug": "Not A Slug"}, "Use small letters a-z, digits and single hyphens."),
        ({}, {"slug": "new"}, "The site needs this name itself"),
        ({}, {"slug": "practice"}, "There is a quiz of this name already"),
        ({}, {"opens_at": "tomorrow"}, "Choose a day and a time."),
        ({}, {"opens_at": "1901-01-01T09:00"}, "The site keeps moments from 1971 to 2199."),
        (
            {},
            {"opens_at": "2027-02-01T09:00", "closes_at": "2027-02-01T08:00"},
            "A quiz closes after it opens.",
        ),
        ({}, {"time_limit_minutes": "-1"}, "Write a number above 0"),
        ({}, {"attempts": "0"}, "Write a number above 0"),
        ({}, {"attempts": "many"}, "Enter a whole number."),
        ({}, {"pass_mark": "101"}, "less than or equal to 100"),
        ({}, {"password": "x" * 101}, "shorten it to 100"),
        ({}, {"kind": "exam"}, "Select a valid choice."),
        ({}, {"lesson": "elsewhere"}, "Select a valid choice."),
        ({"question": "asked-numeric", "points": "0"}, {}, "Write a number above 0"),
        ({"question": "asked-numeric", "points": ""}, {}, "This field is required."),
        ({"question": "no-such"}, {}, "Select a valid choice."),
        ({"pool": "lesson:pier", "draw": ""}, {}, "Write how many to draw."),
        ({"pool": "", "draw": "2"}, {}, "Say what to draw from"),
        ({"pool": "tag:none", "draw": "2"}, {}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(at_desk, taught, row, changed, told):
    rows = [{"question": "asked-ordering"}, *([row] if row else [])]
    sent = fields(*rows, title=STRANGE, hint_cost="5") | changed

    page = at_desk.post(NEW, sent).content.decode()

    assert told in unescape(page)
    assert "nothing was saved" in page
    assert 1 <= page.count(" autofocus") <= 2  # each button of a choice has it
    if "title" not in changed:
        assert "O&#x27;Neil&#x27;s 🦉: Москва, 東京 &amp; &lt;b&gt;" in page
    assert 'name="slots-0-question" value="asked-ordering"' in page
    assert Quiz.objects.count() == 1


def test_a_question_stands_in_a_quiz_once(at_desk, taught):
    twice = [{"question": "asked-ordering"}] * 2

    page = at_desk.post(NEW, fields(*twice)).content.decode()

    assert page.count("This question is in the quiz twice; remove one.") == 1


def test_sent_twice_a_quiz_is_saved_once(at_desk, taught):
    sent = fields({"question": "asked-ordering"})

    assert [at_desk.post(NEW, sent).status_code for _time in range(2)] == [302, 302]
    assert Quiz.objects.filter(slug="fresh").count() == 1
    assert Quiz.objects.get(slug="fresh").slots.count() == 1


def test_of_two_tabs_the_second_overwrites_nothing_unasked(at_desk, taught):
    tab = sent_by(at_desk.get(EDIT).content.decode())
    at_desk.post(EDIT, tab | {"title": "First"})

    reply = at_desk.post(EDIT, tab | {"title": "Second"})

    assert reply.status_code == 409
    page = reply.content.decode()
    assert "changed in another tab or by somebody else" in page
    assert Quiz.objects.get(slug="practice").title == "First"
    assert at_desk.post(EDIT, sent_by(page)).status_code == 302
    assert Quiz.objects.get(slug="practice").title == "Second"


def test_what_is_told_may_be_nothing_at_all(at_desk, taught):
    sent = {name: value for name, value in fields(kind="graded").items() if "review" not in name}

    page = at_desk.post(NEW, sent, follow=True).content.decode()

    quiz = Quiz.objects.get(slug="fresh")
    assert options_of("graded", quiz.review).at("closed") == frozenset()
    assert "never tells the right answers" in page
    assert 'name="review-closed-score" id="id_review-closed-score">' in page


def test_what_is_usual_is_not_written_down(at_desk, taught):
    at_desk.post(NEW, fields(kind="graded"))

    quiz = Quiz.objects.get(slug="fresh")
    assert quiz.review == {}
    assert options_of("graded", quiz.review) == GRADED


def test_a_graded_quiz_without_an_end_is_warned_of(at_desk, taught):
    page = at_desk.post(NEW, fields(kind="graded"), follow=True).content.decode()

    assert "come back as cards only to those who were shown the answers" in page
    assert "never tells the right answers" not in page
    practice = at_desk.get(EDIT).content.decode()
    assert "notice-warning" not in practice


def test_the_linter_speaks_of_the_set(at_desk, taught):
    make_question(taught.course, slug="weak", stem="Which is not so?", explanation="")
    make_quiz(taught.course, [], slug="set")
    sent = sent_by(at_desk.get(f"{QUIZZES}set/edit/").content.decode())
    row = {"what": "question", "question": "weak", "points": "1", "ORDER": "1"}
    sent |= {f"slots-0-{name}": value for name, value in row.items()}

    page = at_desk.post(f"{QUIZZES}set/edit/", sent, follow=True).content.decode()

    assert "No explanation" in page
    assert "A negation that may be overlooked" in page


def test_attempts_that_were_made_are_spoken_of(at_desk, taught, learner):
    make_attempt(learner, taught.quiz)

    assert "1 attempt was made at this quiz." in at_desk.get(EDIT).content.decode()


def test_ten_megabytes_are_refused_kindly(at_desk, taught):
    assert at_desk.post(NEW, fields(title="x" * 10_000_000)).status_code == 413
    many = fields(**{"slots-TOTAL_FORMS": 10**6})
    assert "nothing was saved" in at_desk.post(NEW, many).content.decode()
    torn = fields() | {"slots-TOTAL_FORMS": "x"}
    assert "nothing was saved" in at_desk.post(NEW, torn).content.decode()
    assert Quiz.objects.count() == 1


def test_a_draft_is_found_on_the_course_page(at_desk, taught):
    at_desk.post(NEW, fields(title=STRANGE))

    page = at_desk.get("/courses/harbour/").content.decode()

    assert f'href="{QUIZZES}fresh/edit/"' in page
    assert f'href="{NEW}"' in page
    assert 'href="/courses/harbour/questions/"' in page


def test_the_form_takes_few_queries_however_long_the_quiz_is(
    at_desk, taught, django_assert_max_num_queries
):
    asked = [make_question(taught.course, slug=f"q-{number}") for number in range(30)]
    make_quiz(taught.course, asked, slug="long")

    with django_assert_max_num_queries(14):
        at_desk.get(f"{QUIZZES}long/edit/")


@pytest.mark.parametrize("share", [0.0, 0.07, 1 / 3, 0.125, 1.0, 1e-3])
def test_shares_come_back_as_they_were(share):
    from decimal import Decimal

    assert float(Decimal(as_per_cent(share)) / 100) == share
