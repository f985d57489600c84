"""The form of a question: checked, saved as a version, nothing typed is lost."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.assessment.domain.authoring import check_question
from courses.assessment.domain.linting import RULE_NAMES, SILENCED_FOR_NOTHING
from courses.assessment.domain.types import get_type, skeleton, type_names
from courses.assessment.models import Question, QuestionVersion
from courses.enrollment.domain import roles
from courses.exchange.domain.nodes import read_yaml, value_of
from courses.web.question_history import diff
from courses.web.question_preview import right_answer
from courses.web.rule_words import RULE_LABELS
from tests.factories.accounts import make_user
from tests.factories.assessment import PAYLOADS, answer_lesson, make_question
from tests.factories.content import make_topic
from tests.factories.enrollment import enrol_as
from tests.factories.harbour import Taught

LIST = "/courses/harbour/questions/"
NEW = f"{LIST}new/"
FORM = f"{LIST}asked-single-choice/"
YAML = "options:\n  - text: Tokyo\n    correct: true\n  - text: Kyoto\n"
STRANGE = "Where does O'Neil's 🦉 live: Москва, 東京 or “<b>Łódź</b>”?"


@pytest.fixture
def editor(taught: Taught) -> User:
    user = make_user("editor@example.org", display_name="Edith O'Hara")
    enrol_as(user, taught.course, roles.EDITOR)
    return user


@pytest.fixture
def at_desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def fields(**changed: object) -> dict[str, object]:
    """Return what the form of a question sends."""
    sent: dict[str, object] = {
        "type": "single_choice", "stem": "Where?", "payload": YAML, "explanation": "Because.",
        "hints": "", "claims": "TT-001", "tags": "", "lesson": "", "topic": "", "status": "draft",
        "version": 0, "place": "", "silenced-TOTAL_FORMS": 1, "silenced-INITIAL_FORMS": 0,
        "silenced-0-rule": "", "silenced-0-reason": "", "do": "save",
    }  # fmt: skip
    return sent | changed


def sent_by(page: str, **changed: object) -> dict[str, object]:
    """Return what the form on a page sends if nothing but `changed` is typed into it."""
    found: dict[str, object] = {"do": "save"}
    form = page[page.index('<form class="editor-form"') : page.index('<aside class="editor-side"')]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search('name="([^"]+)"', tag), re.search('value="([^"]*)"', tag)
        is_box = 'type="radio"' in tag
        if name and (not is_box or "checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found | changed


# --- The list ---------------------------------------------------------------------------


def test_the_list_tells_what_each_question_is(at_desk, taught):
    make_question(taught.course, "cloze", slug="gaps", stem="Fill *this*.", tags=["dates", "б"],
                  status="draft", explanation="")  # fmt: skip
    Question.objects.filter(slug="asked-numeric").update(reserved=True)

    page = at_desk.get(LIST).content.decode()

    assert "6 questions" in page
    assert 'href="/courses/harbour/questions/gaps/"' in page
    assert re.search(
        r"Cloze</span> · <span lang=\"en\" translate=\"no\">gaps</span> · .*dates.*б", page
    )
    assert "Reserved" in page
    assert re.search(r"1 error</span>.*1 warning", page)  # no claim, no explanation


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("type=numeric", {"asked-numeric"}),
        ("tag=years", {"tagged"}),
        ("status=draft", {"tagged"}),
        ("status=archived", {"gone"}),
        ("lesson=-", {"tagged"}),
        ("q=TYPE numeric", {"asked-numeric"}),
        ("q=nothing of it", set()),
        ("status=nonsense&type=&page=-7&q=TAGGED", {"tagged"}),
    ],
)
def test_the_list_is_narrowed(at_desk, taught, query, slugs):
    make_question(taught.course, slug="tagged", tags=["years"], status="draft")
    make_question(taught.course, slug="gone", status="archived")

    page = at_desk.get(f"{LIST}?{query}").content.decode()

    found = set(re.findall(r'row-title" href="/courses/harbour/questions/([^/]+)/', page))
    assert found == slugs


def test_the_list_takes_few_queries_however_long_it_is(
    at_desk, taught, django_assert_max_num_queries
):
    for number in range(30):
        make_question(taught.course, slug=f"q-{number}", tags=[f"t{number}"])

    # Session and person, course and roles, the questions, three of the linter.
    with django_assert_max_num_queries(8):
        at_desk.get(LIST)


@pytest.mark.parametrize("role", [roles.STUDENT, roles.ASSISTANT, roles.REVIEWER])
@pytest.mark.parametrize("path", [LIST, NEW, FORM])
def test_questions_are_written_by_editors_only(client, taught, role, path):
    user = make_user()
    enrol_as(user, taught.course, role)
    client.force_login(user)

    assert client.get(path).status_code == 403
    assert client.post(path, fields(slug="mine")).status_code in (403, 405)
    assert client.post(f"{LIST}check/", fields()).status_code == 403
    assert not Question.objects.filter(slug="mine").exists()


# --- A new question ---------------------------------------------------------------------


def test_a_new_question_is_saved_with_all_its_parts(at_desk, taught, editor):
    topic = make_topic(taught.course, "sea")
    sent = fields(
        slug="where-he-lives", stem=STRANGE, explanation="Said in [TT-002].\r\n",
        hints="Think.\r\n\r\nThink again, Ольга.\n", claims="TT-002, TT-001", tags="a tag, 東京",
        lesson="pier", topic="sea", status="published",
    )  # fmt: skip
    sent |= {"silenced-0-rule": "longest-is-key", "silenced-0-reason": "It can't be shorter."}

    reply = at_desk.post(NEW, sent)

    assert reply.url == f"{LIST}where-he-lives/"
    question = Question.objects.get(slug="where-he-lives")
    version = question.current
    assert (version.number, version.author, version.stem) == (1, editor, STRANGE)
    assert version.payload == {"options": [{"text": "Tokyo", "correct": True}, {"text": "Kyoto"}]}
    assert version.hints == ["Think.", "Think again, Ольга."]
    assert version.tags == ["a tag", "東京"]
    assert version.silenced == [{"rule": "longest-is-key", "reason": "It can't be shorter."}]
    links = QuestionVersion.claims.through.objects.filter(questionversion=version).order_by("id")
    assert list(links.values_list("claim__key", flat=True)) == ["TT-002", "TT-001"]
    assert (question.lesson, question.topic, question.status) == (taught.lesson, topic, "published")
    assert question.position == 5  # behind those of its lesson
    assert "The question is saved." in at_desk.get(reply.url).content.decode()


def test_sent_twice_a_new_question_is_saved_once(at_desk, taught):
    first, second = (at_desk.post(NEW, fields(slug="once")) for _time in range(2))

    assert first.url == second.url == f"{LIST}once/"
    assert Question.objects.get(slug="once").versions.count() == 1


def test_a_name_that_is_taken_is_refused(at_desk, taught):
    page = at_desk.post(NEW, fields(slug="asked-numeric", stem="Mine?")).content.decode()

    assert "There is a question of this name already" in page
    assert "Mine?" in page
    assert Question.objects.get(slug="asked-numeric").versions.count() == 1


@pytest.mark.parametrize("slug", ["new", "check"])
def test_names_of_pages_are_no_names_of_questions(at_desk, taught, slug):
    page = at_desk.post(NEW, fields(slug=slug)).content.decode()

    assert "The site needs this name itself" in page
    assert not Question.objects.filter(slug=slug).exists()


def test_a_type_that_there_is_not_is_not_found(at_desk, taught):
    assert at_desk.get(f"{NEW}?type=essay").status_code == 404


@pytest.mark.parametrize("type_name", type_names())
def test_the_form_of_each_type_begins_with_what_is_valid(at_desk, taught, type_name):
    page = at_desk.get(f"{NEW}?type={type_name}").content.decode()

    sent = sent_by(page, slug="begun", stem="Is it so?", explanation="It is.", claims="TT-001")
    assert at_desk.post(NEW, sent).url == f"{LIST}begun/"
    assert at_desk.get(f"{LIST}begun/").status_code == 200


def test_every_type_has_a_skeleton_and_a_right_answer():
    for name in type_names():
        mistakes = []
        root = read_yaml(skeleton(name), file="", mistakes=mistakes).root
        value = value_of(root, file="", mistakes=mistakes)
        assert mistakes == []
        draft = check_question(slug="s", type_name=name, stem="Is it so?", payload=value)
        kind = get_type(name)
        given, mark = right_answer(kind, draft.payload)
        assert given, name
        assert mark.verdict == ("awaiting" if kind.marked_by_hand else "right"), name


def test_every_rule_of_the_linter_has_a_label():
    assert set(RULE_LABELS) == {*RULE_NAMES, SILENCED_FOR_NOTHING}


# --- Mistakes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"payload": "options:\n\t- text: a"}, "Line 2: "),
        ({"payload": "options: [a"}, "A bracket that is opened above this is not closed"),
        ({"payload": "just a word"}, "Here stand keys with values"),
        ({"payload": YAML.replace("true", "yes")}, "options[0].correct"),
        ({"payload": f"{YAML}  - text: Kyoto\n"}, "Line 5, "),
        ({"payload": f"{YAML}note: x\n"}, "This key has no meaning here"),
        ({"payload": ""}, "This field is required."),
        ({"payload": YAML.replace("Kyoto", "Kyoto [ZZ-009]")}, "There is no claim “ZZ-009”"),
        ({"stem": ""}, "This field is required."),
        ({"stem": "x" * 2001}, "This has 2001 characters; shorten it to 2000."),
        ({"stem": "a\x07b"}, "Remove the invisible control characters."),
        ({"explanation": "See [words](glossary:nowhere)."}, "There is no entry “nowhere”"),
        ({"hints": "a\nb\nc\nd"}, "This has 4 entries; write 0 to 3."),
        ({"hints": "a\na"}, "2. This hint is given twice."),
        ({"claims": "TT-01"}, "Did you mean “TT-"),
        ({"tags": "x, " + "y" * 60}, "2. Write a tag as text of at most 50 characters"),
        ({"slug": "Not A Slug"}, "Use small letters a-z, digits and single hyphens."),
        ({"silenced-0-rule": "no-claim"}, "This is empty; write a text."),
        ({"silenced-0-rule": "no-rule"}, "Select a valid choice."),
        ({"lesson": "elsewhere"}, "Select a valid choice."),
        ({"status": "famous"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(at_desk, taught, changed, told):
    sent = fields(slug="wrong", explanation="Typed with care, O'Neil 🦉.") | changed

    page = at_desk.post(NEW, sent).content.decode()

    assert told in unescape(re.sub("<[^>]+>", "", page))
    assert "nothing was saved" in page
    assert page.count(" autofocus") == 1
    assert re.search(
        r'aria-invalid="true"[^>]*aria-describedby|aria-describedby[^>]*aria-inv', page
    )
    if "explanation" not in changed:
        assert "Typed with care, O&#x27;Neil 🦉." in page
    assert not Question.objects.filter(slug="wrong").exists()


def test_what_cannot_be_read_whole_is_still_looked_at(at_desk, taught):
    sent = fields(slug="wrong", payload=YAML.replace("    correct: true\n", ""), claims="")

    page = at_desk.post(NEW, sent | {"do": "check"}).content.decode()

    assert "Mark the right option with" in page
    assert "Rests on no claim" in page


def test_ten_megabytes_are_refused_kindly(at_desk, taught):
    reply = at_desk.post(NEW, fields(slug="long", payload="x" * 10_000_000))

    assert reply.status_code == 413
    assert "<h1" in reply.content.decode()
    reply = at_desk.post(NEW, fields(slug="long", payload="options:\n" + "- x\n" * 100_000))
    assert "shorten it to 50000" in reply.content.decode()
    assert not Question.objects.filter(slug="long").exists()


def test_deep_and_hostile_yaml_is_no_match(at_desk, taught):
    for payload in ("a: &x [*x]", "[" * 500, "a: !!python/object:os.system x", "--- 1\n--- 2"):
        page = at_desk.post(NEW, fields(slug="long", payload=payload)).content.decode()
        assert "nothing was saved" in page


# --- A saved question -------------------------------------------------------------------


@pytest.mark.parametrize("type_name", type_names())
def test_a_form_that_is_saved_as_it_is_changes_nothing(at_desk, taught, type_name):
    make_question(
        taught.course, type_name, slug="same", payload=PAYLOADS[type_name], tags=["a", "b"],
        hints=["Think."], silenced=[{"rule": "no-claim", "reason": "None."}], status="draft",
    )  # fmt: skip
    page = at_desk.get(f"{LIST}same/").content.decode()

    reply = at_desk.post(f"{LIST}same/", sent_by(page), follow=True)

    assert "Nothing was changed" in reply.content.decode()
    assert Question.objects.get(slug="same").versions.count() == 1


def test_another_explanation_is_wording_another_stem_changes_the_answer(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode())

    page = at_desk.post(FORM, sent | {"explanation": "Else."}, follow=True).content.decode()
    assert "Saved as version 2: wording only." in page
    page = at_desk.post(FORM, sent_by(page, stem="Else?"), follow=True).content.decode()
    assert "Saved as version 3: the answer changed." in page
    page = at_desk.post(FORM, sent_by(page, stem="Else??", change="cosmetic"), follow=True)
    assert "Saved as version 4: wording only." in page.content.decode()
    kinds = QuestionVersion.objects.filter(question__slug="asked-single-choice")
    assert list(kinds.order_by("number").values_list("change", flat=True)) == [
        "answer", "cosmetic", "answer", "cosmetic",
    ]  # fmt: skip


def test_a_place_is_changed_without_a_version(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode())

    page = at_desk.post(FORM, sent | {"status": "draft", "lesson": ""}, follow=True)

    assert "Saved. What is asked stays as it was." in page.content.decode()
    question = Question.objects.get(slug="asked-single-choice")
    assert (question.status, question.lesson) == ("draft", None)
    assert question.versions.count() == 1


def test_sent_twice_a_change_is_one_version(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode(), stem="Where now?")

    assert [at_desk.post(FORM, sent).status_code for _time in range(2)] == [302, 302]
    assert Question.objects.get(slug="asked-single-choice").versions.count() == 2


def test_of_two_tabs_the_second_is_shown_what_the_first_saved(at_desk, taught):
    tab = sent_by(at_desk.get(FORM).content.decode())
    at_desk.post(FORM, tab | {"stem": "Saved first?"})

    reply = at_desk.post(FORM, tab | {"explanation": "Typed second."})

    page = reply.content.decode()
    assert reply.status_code == 409
    assert "changed in another tab or by somebody else" in page
    assert "<ins>stem: Saved first?</ins>" in page
    assert "Typed second." in page
    assert Question.objects.get(slug="asked-single-choice").current.stem == "Saved first?"
    # Told what it replaces, it may.
    assert at_desk.post(FORM, sent_by(page)).status_code == 302
    current = Question.objects.get(slug="asked-single-choice").current
    assert (current.number, current.explanation) == (3, "Typed second.")


def test_an_old_tab_does_not_publish_again(at_desk, taught):
    tab = sent_by(at_desk.get(FORM).content.decode())
    at_desk.post(FORM, tab | {"status": "archived"})

    reply = at_desk.post(FORM, tab)

    assert reply.status_code == 409
    assert "Lesson, topic or status were changed meanwhile." in reply.content.decode()
    assert Question.objects.get(slug="asked-single-choice").status == "archived"


def test_a_mistake_does_not_make_an_old_tab_young(at_desk, taught):
    tab = sent_by(at_desk.get(FORM).content.decode())
    at_desk.post(FORM, tab | {"stem": "Saved first?"})

    page = at_desk.post(FORM, tab | {"stem": ""}).content.decode()

    assert sent_by(page)["version"] == "1"
    assert at_desk.post(FORM, sent_by(page, stem="Second?")).status_code == 409


def test_the_history_tells_who_changed_what(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode(), stem="Else?")

    page = at_desk.post(FORM, sent, follow=True).content.decode()

    assert "Edith O&#x27;Hara" in page
    assert "<del>stem: Question of type single_choice?</del><ins>stem: Else?</ins>" in page


def test_a_diff_shows_what_changed_and_a_little_around_it():
    before = "\n".join(f"line {number}" for number in range(20))

    lines = [(line.kind, line.text) for line in diff(before, before.replace("line 9\n", ""))]

    assert lines == [
        ("left-out", ""), ("same", "line 7"), ("same", "line 8"), ("removed", "line 9"),
        ("same", "line 10"), ("same", "line 11"),
    ]  # fmt: skip


def test_a_changed_answer_that_was_given_leads_to_the_regrade(client, taught, learner):
    owner = make_user("owner@example.org")
    enrol_as(owner, taught.course, roles.OWNER)
    client.force_login(owner)
    question = taught.questions["single_choice"]
    page = client.get(FORM).content.decode()
    page = client.post(FORM, sent_by(page, stem="A?"), follow=True).content.decode()
    assert "/regrades/new/" not in page
    question.refresh_from_db()
    answer_lesson(learner, taught.lesson, question)

    page = client.post(FORM, sent_by(page, stem="B?"), follow=True).content.decode()

    link = f"/courses/harbour/regrades/new/?question={question.pk}"
    assert f'<a href="{link}">See what a regrade would change</a>' in page
    assert client.get(link).status_code == 200


def test_an_editor_is_not_led_to_regrades(at_desk, taught, learner):
    answer_lesson(learner, taught.lesson, taught.questions["single_choice"])
    sent = sent_by(at_desk.get(FORM).content.decode(), stem="B?")

    assert "regrade" not in at_desk.post(FORM, sent, follow=True).content.decode()


# --- Checked while it is written --------------------------------------------------------


def test_check_shows_findings_and_the_question_and_saves_nothing(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode(), stem="Which is not so?", do="check")

    page = at_desk.post(FORM, sent).content.decode()

    assert "Checked, and not saved." in page
    assert "A negation that may be overlooked" in page
    assert "After the right answer" in page
    assert "Since 1868." in page  # what is told of the right option
    assert "Why single_choice." in page  # what it rests on
    assert "From the difference: it changes the answer." in page
    assert Question.objects.get(slug="asked-single-choice").versions.count() == 1


def test_the_linter_speaks_while_they_write(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode(), explanation="", stem="<b>Where</b>?")

    told = json.loads(at_desk.post(f"{LIST}check/", sent).content)

    assert "No explanation" in told["findings"]
    assert 'href="#id_explanation"' in told["findings"]
    assert "&lt;b&gt;Where&lt;/b&gt;?" in told["preview"]
    assert "it changes the answer" in told["concluded"]
    assert Question.objects.get(slug="asked-single-choice").versions.count() == 1


def test_a_silenced_finding_is_told_with_its_reason(at_desk, taught):
    sent = sent_by(at_desk.get(FORM).content.decode(), explanation="")
    sent |= {"silenced-0-rule": "no-explanation", "silenced-0-reason": "It speaks for itself."}

    told = json.loads(at_desk.post(f"{LIST}check/", sent).content)["findings"]

    assert "Nothing to mend." in told
    assert "It speaks for itself." in told


@pytest.mark.parametrize("type_name", type_names())
def test_the_preview_shows_every_type(at_desk, taught, type_name):
    make_question(taught.course, type_name, slug="shown")

    page = at_desk.get(f"{LIST}shown/").content.decode()

    assert "data-feedback" in page
    assert page.count('id="preview-stem"') <= 1


def test_a_check_of_what_is_not_there_is_not_found(at_desk, taught):
    assert at_desk.post(f"{LIST}check/", fields(question="nowhere")).status_code == 404
    assert at_desk.get(f"{LIST}check/").status_code == 405
    assert at_desk.post(f"{LIST}check/", {}).status_code == 200
