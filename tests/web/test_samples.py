"""The page of components shows a question of every type there is, right and wrong."""

from courses.assessment.domain.types import get_type, type_names
from courses.web import samples


def test_every_type_is_shown():
    assert sorted(view["type"] for view in samples.asked()) == sorted(type_names())


def test_every_type_is_shown_right_and_wrong():
    verdicts: dict[str, set[str]] = {}
    for one in samples.answered():
        verdicts.setdefault(one["q"]["type"], set()).add(one["feedback"]["verdict"])

    for name, seen in verdicts.items():
        assert seen == {"awaiting"} if get_type(name).marked_by_hand else seen >= {"right", "wrong"}
