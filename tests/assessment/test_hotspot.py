"""Places on drawn maps."""

from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from courses.assessment.domain import maps
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS, RIGHT, WRONG

TOKYO = {"text": "A", "at": [139.7, 35.7], "correct": True}
VLADIVOSTOK = {"text": "B", "at": [131.9, 43.1]}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"map": "atlantis"}, {"map": "unknown_map"}),
        ({"map": None}, {"map": "unknown_map"}),
        ({"map": ["northeast-asia"]}, {"map": "unknown_map"}),
        ({"places": None}, {"places": "not_a_list"}),
        ({"places": [TOKYO]}, {"places": "wrong_count"}),
        ({"places": [{**TOKYO, "correct": False}, VLADIVOSTOK]}, {"places": "no_key"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "correct": True}]},
         {"places[1].correct": "second_key"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "text": "a"}]}, {"places[1].text": "duplicate"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": [131.9]}]}, {"places[1].at": "wrong_count"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": None}]}, {"places[1].at": "not_a_list"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": ["131", 43]}]},
         {"places[1].at[0]": "not_a_number"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": [43.1, 131.9]}]},
         {"places[1].at": "off_the_map"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": [2.3, 48.9]}]}, {"places[1].at": "off_the_map"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": [1e9, -90]}]}, {"places[1].at": "off_the_map"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "at": [138.9, 36.5]}]}, {"places[1].at": "too_close"}),
        ({"places": [TOKYO, {**VLADIVOSTOK, "name": "x"}]}, {"places[1].name": "unknown_key"}),
    ],
)  # fmt: skip
def test_hotspot_names_its_problems(changes: dict[str, Any], expected: dict[str, str]) -> None:
    payload = {"map": "northeast-asia", "places": [TOKYO, VLADIVOSTOK]} | changes

    assert problems_of("hotspot", payload) == expected


@pytest.mark.parametrize("seed", range(5))
def test_letters_follow_the_order_that_is_shown(seed: int) -> None:
    places = get_type("hotspot").render(PAYLOADS["hotspot"], seed=seed)["places"]

    assert [place["letter"] for place in places] == ["A", "B", "C"]
    assert {place["id"] for place in places} == {
        option_id(place["text"]) for place in PAYLOADS["hotspot"]["places"]
    }


def test_hotspot_says_what_the_author_says_about_the_place() -> None:
    mark = get_type("hotspot").mark(PAYLOADS["hotspot"], WRONG["hotspot"])

    assert [(part.reason, part.note) for part in mark.parts] == [("wrong_option", "Too far east.")]


def test_hotspot_tells_the_right_place_and_the_chosen_one() -> None:
    one = get_type("hotspot")

    assert one.solution(PAYLOADS["hotspot"]) == {
        "text": "On the mainland coast",
        "keys": [RIGHT["hotspot"]["place"]],
    }
    assert one.given(PAYLOADS["hotspot"], WRONG["hotspot"]) == {"text": "In the far north-east"}
    assert [choice.correct for choice in one.choices(PAYLOADS["hotspot"])] == [True, False, False]


def test_hotspot_refuses_a_place_it_does_not_have() -> None:
    with pytest.raises(AnswerInvalid, match="has changed"):
        get_type("hotspot").parse(PAYLOADS["hotspot"], {"place": "A"})


# --- The maps ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", maps.map_names())
def test_a_map_is_small_and_neutral(name: str) -> None:
    folder = Path(maps.__file__).parent / "types" / "hotspot"
    drawn = (folder / f"{name}.json").read_bytes()

    assert len(drawn) <= 30_000
    assert maps.sheet(name).land.startswith("M")
    # A path and figures: no border, no name of any place.
    assert set(maps.sheet(name).land) <= set("Mlz-0123456789 ")


def test_north_is_up_and_east_is_right() -> None:
    sheet = maps.sheet("northeast-asia")
    (x, y), (east, _), (_, north) = (sheet.place(*at) for at in ((141, 43), (145, 43), (141, 47)))

    assert east > x
    assert north < y
    assert x == pytest.approx(sheet.left)  # the middle meridian is upright
    assert sheet.place(*sheet.projection.origin) == pytest.approx((sheet.left, sheet.top))


def test_the_projection_is_that_of_the_book() -> None:
    # Snyder, p. 296: a sphere of radius 1, parallels 33 and 45, origin 23 N 96 W, 35 N 75 W.
    conic = maps.Conic(origin=(-96, 23), parallels=(33, 45))

    assert conic.xy(-75, 35) == pytest.approx((0.2966785, 0.2462112), abs=1e-7)


def test_true_scale_on_the_parallels_and_the_same_in_all_directions() -> None:
    conic = maps.sheet("northeast-asia").projection
    x, y = conic.xy(141, conic.parallels[0])
    step = 1e-4
    east = maps.distance((x, y), conic.xy(141 + step, conic.parallels[0]))
    north = maps.distance((x, y), conic.xy(141, conic.parallels[0] + step))

    # A degree of latitude is pi / 180 on a sphere of radius 1; one of longitude its cosine.
    assert north == pytest.approx(step * 0.0174533, rel=1e-4)
    assert east == pytest.approx(step * 0.0174533 * 0.809017, rel=1e-4)


def test_there_is_no_map_that_nobody_drew() -> None:
    with pytest.raises(KeyError):
        maps.sheet("../secret")


# --- The form ------------------------------------------------------------------------------


def shown(feedback: dict[str, Any] | None = None, given: dict[str, Any] | None = None) -> str:
    body = get_type("hotspot").render(PAYLOADS["hotspot"], seed=3)
    for place in body["places"]:
        place["text_html"] = place["text"]
    view = {"stem_html": "Where?", "language": "en", "body": body | {"title": "Japan"}}
    context = {"q": view, "uid": "q", "given": given, "feedback": feedback}
    return render_to_string("types/hotspot/question.html", context)


def test_the_list_is_the_whole_question_without_the_map() -> None:
    page = shown()

    assert page.count('type="radio" name="place"') == 3
    assert page.count('<b class="option-letter">') == 3
    assert all(place["text"] in page for place in PAYLOADS["hotspot"]["places"])
    assert 'role="img"' in page
    assert page.count('aria-hidden="true" focusable="false"') == 2


def test_the_marks_of_the_key_and_of_ones_own_choice_are_told_apart() -> None:
    feedback = {"solution": {"keys": [RIGHT["hotspot"]["place"]]}, "parts": []}

    page = shown(feedback, WRONG["hotspot"])

    assert page.count('class="map-mark is-key"') == page.count('class="map-mark is-missed"') == 1
    assert "name=" not in page
