"""The forms of types that have several parts: fields by name, controls with names of their own."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from courses.assessment.showing import body_view, mark_view
from tests.factories.assessment import PAYLOADS, RIGHT, WRONG

TYPES = ["multiple_response", "true_false", "cloze", "matching", "categorise", "evidence"]
NAMED = {"input", "select"}


class Form(HTMLParser):
    """The controls of a form with their attributes, and what names each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.controls: list[dict[str, str | None]] = []
        self.labels: dict[str, str] = {}
        self.parts: dict[str, set[str]] = {}
        self.legends: list[str] = []
        self.fieldsets = 0
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in NAMED:
            inside = [own for name, own in self._open if name == "label"]
            self.controls.append(given | {"tag": tag, "inside": "label" if inside else None})
        if tag == "legend":
            self.legends.append("")
        self.fieldsets += tag == "fieldset"
        if "data-part" in given:
            self.parts[str(given["data-part"])] = set((given.get("class") or "").split())
        if tag not in {"input", "br"}:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag, given in self._open:
            if tag == "label" and given.get("for"):
                self.labels[str(given["for"])] = self.labels.get(str(given["for"]), "") + data
        if any(tag == "legend" for tag, _ in self._open):
            self.legends[-1] += data

    def name_of(self, control: dict[str, str | None]) -> str:
        """Return the accessible name of a control as far as its own label tells."""
        named = control.get("aria-label") or self.labels.get(str(control.get("id")), "")
        return named.strip() or str(control["inside"] or "")


def shown(name: str, raw: dict[str, Any] | None = None, **context: Any) -> str:
    """Return the form of a type, answered if `raw` is given; ids and names start with `u`."""
    one, payload = get_type(name), PAYLOADS[name]
    q = {
        "id": "1", "type": name, "language": "ru", "stem_html": "What?",
        "body": body_view(one, payload, seed=1, html=lambda text: str(escape(text))),
    }  # fmt: skip
    if raw is not None:
        answer = one.parse(payload, raw)
        mark = one.mark(payload, answer)
        feedback = mark_view(one, payload, answer, mark, html=lambda text: str(escape(text)))
        context |= {"given": answer, "feedback": feedback}
    return render_to_string(f"types/{name}/question.html", {"q": q, "uid": "u"} | context)


@pytest.mark.parametrize("name", TYPES)
def test_every_control_and_every_group_has_a_name(name: str) -> None:
    form = Form(shown(name))

    assert form.controls
    assert [control for control in form.controls if not form.name_of(control)] == []
    assert len(form.legends) == form.fieldsets
    assert all(legend.strip() for legend in form.legends)


@pytest.mark.parametrize("name", TYPES)
def test_fields_are_named_after_the_answer_that_they_make(name: str) -> None:
    one = get_type(name)

    names = {str(control["name"]) for control in Form(shown(name)).controls}

    assert {field.partition("[")[0] for field in names} == set(one.answer_keys)
    for key, value in RIGHT[name].items():
        if isinstance(value, dict):
            assert names == {f"{key}[{part}]" for part in value}
        elif isinstance(value, list):
            assert names == {f"{key}[]"}


@pytest.mark.parametrize("name", TYPES)
def test_a_preview_shares_no_field_with_another_on_the_page(name: str) -> None:
    controls = Form(shown(name, preview_only=True, optional=True)).controls

    assert all(str(control["name"]).startswith("u-") for control in controls)
    assert not any("required" in control for control in controls)


@pytest.mark.parametrize("name", TYPES)
def test_only_the_one_choice_that_must_be_made_is_required(name: str) -> None:
    controls = Form(shown(name)).controls

    required = {control["name"] for control in controls if "required" in control}
    assert required == ({"truth"} if name == "true_false" else set())


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("raw", [RIGHT, WRONG])
def test_an_answered_form_cannot_be_changed_and_shows_its_answer(
    name: str, raw: dict[str, dict[str, Any]]
) -> None:
    html = shown(name, raw[name])
    controls = Form(html).controls

    assert not any("name" in control for control in controls)
    assert all("disabled" in control or "readonly" in control for control in controls)
    assert html.count(" checked") + html.count(" selected") + html.count('value="') > 0
    assert "question-hint" not in html


@pytest.mark.parametrize("name", ["cloze", "matching", "categorise", "evidence"])
def test_parts_say_whether_they_are_right(name: str) -> None:
    (key,) = get_type(name).answer_keys
    (wrong, *_rest) = WRONG[name][key]

    right = Form(shown(name, RIGHT[name])).parts
    some = Form(shown(name, {key: RIGHT[name][key] | {wrong: WRONG[name][key][wrong]}})).parts

    assert all("is-key" in classes for classes in right.values())
    assert [part for part in some if "is-missed" in some[part]] == [wrong]
    assert not any(
        {"is-key", "is-missed"} & classes for classes in Form(shown(name)).parts.values()
    )


def test_options_say_whether_they_are_right_or_were_chosen_wrongly() -> None:
    answer = {"options": [option_id("Canada"), option_id("Spain")]}

    html = shown("multiple_response", answer)

    parts = Form(html).parts
    assert {text: parts[option_id(text)] - {"option"} for text in ("Canada", "Italy", "Spain")} == {
        "Canada": {"is-key"}, "Italy": {"is-key"}, "Spain": {"is-missed"},
    }  # fmt: skip
    assert parts[option_id("Norway")] == {"option"}
    assert "Since 1976." in html
    assert "It comes as a guest." in html


def test_a_wrong_truth_and_a_wrong_reason_are_shown_with_the_right_ones() -> None:
    reason = option_id("It never joined")

    html = shown("true_false", {"truth": "true", "reason": reason})

    parts = Form(html).parts
    assert {part for part in parts if "is-key" in parts[part]} == {
        "false", option_id("It joined in 1956"),
    }  # fmt: skip
    assert {part for part in parts if "is-missed" in parts[part]} == {
        "truth", "true", "reason", reason,
    }  # fmt: skip
    assert "It did." in html


@pytest.mark.parametrize("name", TYPES)
def test_what_was_refused_stands_in_the_form_again(name: str) -> None:
    for given in (RIGHT[name], dict.fromkeys(RIGHT[name], "gone"), dict.fromkeys(RIGHT[name], 3)):
        html = shown(name, given=given)
        kept = html.count(" checked") + html.count(" selected")
        if name != "cloze" and given is RIGHT[name]:
            assert kept == sum(
                len(value) if isinstance(value, dict | list) else 1 for value in given.values()
            )


def test_markup_of_an_author_stays_out_of_attributes_and_lists_of_choices() -> None:
    one = get_type("matching")
    payload = one.validate(
        {"pairs": [{"prompt": "A", "match": 'x "<&'}, {"prompt": "B", "match": "y"}]}
    )
    body = body_view(one, payload, seed=1, html=lambda text: f"<em>{escape(text)}</em>")

    q = {"type": "matching", "stem_html": "?", "language": "en", "body": body}
    html = render_to_string("types/matching/question.html", {"q": q, "uid": "u"})

    assert ">x &quot;&lt;&amp;</option>" in html
    assert "<em>A</em></label>" in html


def test_words_of_ours_are_in_the_readers_language_and_those_of_the_author_say_theirs() -> None:
    with translation.override("en"):
        asked = shown("evidence")
        lines = mark_view(
            get_type("evidence"), PAYLOADS["evidence"], {},
            get_type("evidence").mark(PAYLOADS["evidence"], {}), html=str,
        )["lines"]  # fmt: skip

    assert "<span>Supports</span>" in asked
    assert asked.count('lang="ru"') == 2 + len(PAYLOADS["evidence"]["items"])
    assert lines[0]["text_html"] == '<span lang="en">Supports</span>'


def test_a_gap_says_which_it_is_and_none_is_wider_than_another() -> None:
    controls = Form(shown("cloze")).controls

    assert [control["aria-label"] for control in controls] == [
        "Gap 1 of 3", "Gap 2 of 3", "Gap 3 of 3",
    ]  # fmt: skip
    assert {control["size"] for control in controls if control["tag"] == "input"} == {"14"}
