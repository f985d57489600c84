"""Map: one of several lettered places on a drawn map is right."""

from typing import Any, ClassVar

from courses.assessment.domain.maps import TITLES, distance, map_names, sheet
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.types.base import Choice, Json, listed_choices
from courses.assessment.domain.types.picking import PickOne, check_one, checked_entry

LETTERS = "ABCDEFGH"
# In units of a sheet, which is 1000 wide and on a phone about 350 pixels: markers are 24
# pixels across, so that each can be hit, and may not hide one another.
_APART = 70
_MARGIN = 35


class Hotspot(PickOne):
    """`map`, `places: [{text, at: [longitude, latitude], correct?, feedback?}]`.

    Answer `{"place": id}`. The text describes where a place lies, for those who do not see
    the map, without naming what is asked. Letters follow the shown order.
    """

    name: ClassVar[str] = "hotspot"
    label: ClassVar[str] = gettext_noop("Map")
    payload_keys: ClassVar[tuple[str, ...]] = ("map", "places")
    answer_keys: ClassVar[tuple[str, ...]] = ("place",)
    listed: ClassVar[str] = "places"
    flag: ClassVar[str] = "correct"
    wrong: ClassVar[Message] = Message(gettext_noop("That is another place."))

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        name = _checked_map(check, fields.get("map"))
        authored = check.sequence(fields.get("places"), "places", least=2, most=len(LETTERS))
        places = [
            _checked_place(check, place, f"places[{index}]", name)
            for index, place in enumerate(authored)
        ]
        check_one(check, places, "places", flag="correct")
        if name:
            _check_apart(check, places, name)
        check.finish()
        return {"map": name, "places": places}

    def render(self, payload: Json, *, seed: int) -> Json:
        places = {option_id(place["text"]): place for place in payload["places"]}
        order = shuffled(places, seed=seed)
        return {
            "map": payload["map"],
            "title": TITLES[payload["map"]],
            "places": [
                {"id": name, "letter": letter, "text": Markdown(places[name]["text"])}
                | _on_sheet(payload["map"], places[name]["at"])
                for name, letter in zip(order, LETTERS, strict=False)
            ],
        }

    def choices(self, payload: Json) -> list[Choice]:
        return listed_choices(payload, "places")


def _on_sheet(name: str, at: list[float]) -> dict[str, str]:
    """Return where a place lies from the left and the top of its map, as shares of its sides.

    `side` is the end of a text beside it that keeps it on the map, as SVG names it.
    """
    drawn = sheet(name)
    x, y = drawn.place(*at)
    return {
        "left": f"{100 * x / drawn.width:.2f}%",
        "top": f"{100 * y / drawn.height:.2f}%",
        "side": "end" if x > drawn.width / 2 else "start",
    }


def _checked_map(check: Checker, name: object) -> str:
    if isinstance(name, str) and name in map_names():
        return name
    check.add(
        "map",
        "unknown_map",
        gettext_noop("There is no such map; there are: %(known)s."),
        known=", ".join(map_names()),
    )
    return ""


def _checked_place(check: Checker, place: object, path: str, name: str) -> dict[str, Any]:
    checked, fields = checked_entry(check, place, path, flag="correct", more=("at",))
    at = check.sequence(fields.get("at"), f"{path}.at", least=2, most=2)
    degrees = [check.number(value, f"{path}.at[{index}]") for index, value in enumerate(at)]
    if len(degrees) == 2 and None not in degrees:
        checked = {"text": checked.pop("text"), "at": at, **checked}
        if name and not _lies_on(name, *at):
            check.add(
                f"{path}.at",
                "off_the_map",
                gettext_noop("This is not on the map; write longitude and latitude in degrees."),
            )
    return checked


def _lies_on(name: str, longitude: float, latitude: float) -> bool:
    if not -180 <= longitude <= 180 or not -80 <= latitude <= 80:
        return False
    drawn = sheet(name)
    return drawn.holds(*drawn.place(longitude, latitude), margin=_MARGIN)


def _check_apart(check: Checker, places: list[dict[str, Any]], name: str) -> None:
    """Name every place whose marker another one above it would hide."""
    points = [
        sheet(name).place(*place["at"]) if _lies_on(name, *place.get("at", (999, 0))) else None
        for place in places
    ]
    for index, point in enumerate(points):
        near = [
            other
            for other, before in enumerate(points[:index])
            if point and before and distance(point, before) < _APART
        ]
        if near:
            check.add(
                f"places[{index}].at",
                "too_close",
                gettext_noop("On this map it lies too close to %(other)s; ask for another place."),
                other=f"places[{near[0]}]",
            )


TYPE = Hotspot()
