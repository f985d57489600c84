"""The linter's rules over a quiz and over a whole course."""

import pytest

from courses.assessment.domain.linting import lint_all
from courses.assessment.domain.linting.chance import at_least, at_most
from tests.assessment.linted import asked, card, found_in_set

LENGTHS = ("Kyoto", "Osaka", "Izumo", "Sakai")


def keyed(places, *, texts=LENGTHS):
    """Return questions whose right options stand at these places."""
    return [
        asked(
            f"Which city is number {index}?",
            *(f"*{text}" if at == place else text for at, text in enumerate(texts)),
            slug=f"q-{index}",
        )
        for index, place in enumerate(places)
    ]


@pytest.mark.parametrize(
    ("places", "at"),
    [
        ([0] * 6, [("q-0", "options[0].text")]),
        ([1, 2, 2, 2, 2, 2, 2, 2, 2, 0], [("q-1", "options[2].text")]),
        # never the last of four, in thirty questions
        ([0, 1, 2] * 10, [("q-0", "options[0].text")]),
    ],
)
def test_keys_that_keep_to_a_place_are_found(places, at):
    assert found_in_set(keyed(places), "key-position") == at


@pytest.mark.parametrize(
    "places",
    [[0, 1, 2, 3] * 5, [0, 0, 0, 0], [2, 2, 2, 2, 2, 1, 0, 3, 1, 0], [0, 1, 2, 0, 1, 2]],
)
def test_keys_that_may_stand_so_by_chance_pass(places):
    assert found_in_set(keyed(places), "key-position") == []


def test_keys_of_two_options_are_expected_more_often_at_each_place():
    assert found_in_set(keyed([0] * 6, texts=("Kyoto", "Osaka")), "key-position") == []
    assert found_in_set(keyed([0] * 9, texts=("Kyoto", "Osaka")), "key-position") != []


def test_a_habit_of_long_keys_is_found_where_no_single_one_stands_out():
    longer = ("Kyotos", "Osaka", "Izumo", "Sakai")
    habit = keyed([0] * 6, texts=longer)

    assert found_in_set(habit, "longest-is-key") == [("q-0", "options[0].text")]
    assert found_in_set(habit[:3], "longest-is-key") == []
    assert found_in_set(keyed([0, 1, 2, 3] * 3, texts=longer), "longest-is-key") == []
    assert found_in_set(keyed([0] * 6), "longest-is-key") == []


def named(**fields):
    known = {"slug": "who", "type": "short_text", "payload": {"answers": ["Mitsuko Shino"]}}
    return asked("Which diplomat rejected the nuclear threats in 2024?", **(known | fields))


@pytest.mark.parametrize(
    "other",
    [
        asked("What else did Mitsuko Shino say when she rejected the nuclear threats of 2024?"),
        card("A card of 2024: Mitsuko Shino, the diplomat, rejected nuclear threats. Where?"),
        asked("Put these into order.", type="ordering", payload={"items": [
            {"text": "The diplomat Mitsuko Shino rejects nuclear threats"}, {"text": "A vote"},
        ]}),
    ],
)  # fmt: skip
def test_a_question_that_gives_away_another_is_found(other):
    ((slug, _path),) = found_in_set([named(), other], "gives-away")

    assert slug == "q-1"


@pytest.mark.parametrize(
    "other",
    [
        asked("In which city was Mitsuko Shino born?"),
        asked("Who rejected the nuclear threats in 2024, besides a diplomat?"),
        asked("What was rejected?", "*Mitsuko Shino rejected the nuclear threats", "War", "Peace"),
        asked("What came next?", explanation="Mitsuko Shino rejected the nuclear threats of 2024."),
        card("METI"),
    ],
)
def test_questions_that_share_a_name_or_a_subject_pass(other):
    assert found_in_set([named(), other], "gives-away") == []


def test_a_year_and_an_option_are_given_away_too():
    year = asked(
        "In which year did Russia annex Crimea?",
        slug="year",
        type="numeric",
        payload={"value": 2014, "tolerance": {"absolute": 0}},
    )
    option = asked("What may the law let it do?", "*Protect its allies", "Sell arms", "Buy arms")
    telling = asked("How did Japan answer when Russia annexed Crimea in 2014?", slug="tells")
    law = asked("When was the law passed that let it protect its allies?", slug="law")

    assert found_in_set([year, telling], "gives-away") == [("tells", "stem")]
    assert found_in_set([option, law], "gives-away") == [("law", "stem")]


def test_over_a_course_nothing_is_given_away():
    other = asked("What else did Mitsuko Shino say when she rejected the nuclear threats of 2024?")

    assert found_in_set([named(), other], "gives-away", quiz=False) == []


def test_quizzes_and_the_whole_are_linted_each_for_itself():
    questions = keyed([0] * 6)
    slugs = [one.slug for one in questions]

    whole = lint_all(questions, {"one": slugs[:3], "two": [*slugs[3:], "gone"]})
    part = lint_all(questions, {"one": slugs[:3]}, complete=False)

    # once, though each quiz and the course might find it
    assert [(one.slug, [f.rule for f in one.open]) for one in whole if one.open] == [
        ("q-0", ["key-position"])
    ]
    assert not any(one.open for one in part)


@pytest.mark.parametrize(
    ("count", "chances", "least", "most"),
    [
        (0, [0.25] * 4, 1.0, 0.31640625),
        (4, [0.25] * 4, 0.00390625, 1.0),
        (1, [0.5, 0.25], 0.625, 0.875),
        (1, [], 0.0, 1.0),
    ],
)
def test_chances_are_exact(count, chances, least, most):
    assert at_least(count, chances) == pytest.approx(least)
    assert at_most(count, chances) == pytest.approx(most)
