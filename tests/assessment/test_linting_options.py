"""The linter's rules on options: what each finds, and what it lets pass."""

import math

import pytest

from courses.assessment.domain.linting.figures import figure_of
from tests.assessment.linted import STEM, asked, found, options, rules_in


def paths(question, rule):
    return [one.path for one in found(question, rule)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The colour of the flag", "the color of a flag"),
        ("It opposed the sanctions.", "It opposed sanctions"),
        ("Twenty-five people", "25 people"),
        ("5 percent", "5%"),
        ("France & Italy", "France and Italy"),
    ],
)
def test_options_that_say_the_same_are_found(one, other):
    question = asked(STEM, "*Kyoto", one, other)

    assert paths(question, "duplicate-options") == ["options[2].text"]
    assert found(question, "duplicate-options")[0].level == "error"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moscow fears Beijing", "Beijing fears Moscow"),
        ("The first asked about laws, the second about fears",
         "The first asked about fears, the second about laws"),
        ("25 people", "52 people"),
        ("Employers", "Employees"),
        ("It softened", "It did not soften"),
    ],
)  # fmt: skip
def test_options_that_say_different_things_are_no_duplicates(one, other):
    assert paths(asked(STEM, "*Kyoto", one, other), "duplicate-options") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In 2022", "In February 2022"),
        ("early 2023", "2023"),
        ("10–20 people", "15–30 people"),
        ("Between 10 and 20", "From 20 to 30"),
        ("More than 10 ships", "20 ships"),
        ("At least 5", "5 to 10"),
        ("2 to 3 million", "2,500,000"),
        ("Sanctions on oil", "Sanctions on oil from 2022"),
        ("It ended the effort", "It ended the effort for many years"),
        ("Support for Ukraine", "With pride, support for Ukraine"),
    ],
)
def test_options_that_may_both_be_right_are_found(one, other):
    question = asked(STEM, "*Kyoto", one, other)

    assert paths(question, "overlapping-options") == ["options[2].text"]
    assert found(question, "overlapping-options")[0].level == "error"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In 2022", "In February 2023"),
        ("In March 2022", "In February 2022"),
        ("10–19 people", "20–30 people"),
        ("More than 10", "10 or fewer"),
        ("20 ships", "20 aircraft"),
        ("It was about as large", "It was about nine times as large"),
        ("China", "China and Russia"),
        ("They were strict", "They were strict at first, but soon lifted"),
        ("Japan", "Japan Airlines"),
        ("War", "Cold war"),
        ("It won more seats", "It won more seats than it lost"),
        ("3 companies and 36 people", "36 people"),
        ("Since 2014", "In 2014"),
    ],
)
def test_options_that_cannot_both_be_right_pass(one, other):
    assert paths(asked(STEM, "*Kyoto", one, other), "overlapping-options") == []


def test_where_several_are_right_they_may_overlap():
    question = asked(
        STEM,
        type="multiple_response",
        payload=options("*In 2022", "*In February 2022", "In 2014"),
    )

    assert paths(question, "overlapping-options") == []


@pytest.mark.parametrize(
    "text",
    ["All of the above", "None of these", "Both of them", "A and C", "All of the above are true."],
)
def test_an_option_about_the_others_is_found(text):
    question = asked(STEM, "*Kyoto", "Osaka", text)

    assert paths(question, "all-or-none-of-the-above") == ["options[2].text"]


@pytest.mark.parametrize(
    "text",
    ["None of them before the others", "All of the islands", "Both sides alike", "An A and a C",
     "That of no other country at all"],
)  # fmt: skip
def test_an_option_about_things_passes(text):
    assert paths(asked(STEM, "*Kyoto", "Osaka", text), "all-or-none-of-the-above") == []


@pytest.mark.parametrize(
    "texts",
    [
        ("*The old capital, in which it had lived for a thousand years", "Osaka", "Nagoya"),
        ("Hardly any", "*A number that rose from ten to about a hundred", "None"),
    ],
)
def test_a_key_by_far_the_longest_is_found(texts):
    question = asked(STEM, *texts)

    assert len(paths(question, "longest-is-key")) == 1


@pytest.mark.parametrize(
    "question",
    [
        asked(STEM, "*Kyoto in Yamashiro", "Osaka in Settsu", "Nagoya in Owari"),
        asked(STEM, "*Kagoshima", "Edo", "Nara"),  # longer by some letters, not by some words
        asked(STEM, "*Kyoto", "A city that lies at the mouth of the river Yodo", "Nara"),
        asked(STEM, type="multiple_response",
              payload=options("*A long and winding answer to the question", "*No", "Yes")),
    ],
)  # fmt: skip
def test_a_key_of_a_length_like_the_others_passes(question):
    assert paths(question, "longest-is-key") == []


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        ("What did Japan do about sanctions?", ("*It opposed sanctions", "It waited", "It left")),
        ("Which firms were barred from buying?", ("*Buyers of barred things", "Banks", "Ports")),
        ("How did Russia's image change?", ("*The image got worse", "It improved", "It stayed")),
        # two words of the stem in the key weigh more than one in a wrong option
        ("How did members meet sanctions on China?",
         ("*Sanctions on China were opposed", "Other members decided", "They waited")),
    ],
)  # fmt: skip
def test_a_word_of_the_stem_in_the_key_only_is_found(stem, texts):
    assert len(paths(asked(stem, *texts), "stem-word-in-key")) == 1


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        ("What did Japan do about sanctions?", ("*It opposed them", "It waited", "It left")),
        ("What did Japan do about sanctions?",
         ("*It opposed sanctions", "It waited for sanctions", "It left")),
        ("What did Japan do about sanctions?",
         ("*It opposed sanctions", "It waited for Japan's allies", "It left")),
        ("What happened in 2014?", ("*The law of 2014", "A war", "A vote")),
        ("What did it do about it?", ("*It did it", "He left", "They came")),
    ],
)  # fmt: skip
def test_an_echo_that_tells_nothing_passes(stem, texts):
    assert paths(asked(stem, *texts), "stem-word-in-key") == []


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        ("The treaty was an", ("*alliance", "pact", "truce")),
        ("Japan relied on a ___", ("*bureaucracy", "army", "island")),
        ("What did it promise?", ("*An end of imports", "To wait", "To buy", "To sell")),
        ("What did it promise?", ("*To wait.", "To buy", "To sell")),
        ("What did it promise?", ("*Some help", "more money", "fewer ships")),
    ],
)
def test_a_key_that_alone_fits_the_form_is_found(stem, texts):
    assert paths(asked(stem, *texts), "grammatical-cue") == ["options[0].text"]


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        ("The treaty was an", ("*alliance", "accord", "truce")),
        ("Japan joined a", ("*union", "league", "pact")),
        ("What did it promise?", ("*To end imports", "To wait", "To buy")),
        ("What did it promise?", ("*An end of imports", "To wait", "A sale")),
        ("Which firm was it?", ("*NATO", "a bank", "a port")),
        ("What did it promise?", ("*To wait.", "To buy.", "To sell.")),
    ],
)
def test_a_key_of_the_form_of_the_others_passes(stem, texts):
    assert paths(asked(stem, *texts), "grammatical-cue") == []


@pytest.mark.parametrize(
    "texts",
    [
        ("*10", "30", "20"),
        ("*In 2014", "In 1989", "In 2022"),
        ("Three companies", "*One company", "Two companies"),
        ("5 percent", "*86 percent", "40 percent", "50 percent"),
    ],
)
def test_numbers_without_an_order_are_found(texts):
    expected = [] if "company" in " ".join(texts) else ["options"]

    assert paths(asked("How many were there?", *texts), "unordered-numbers") == expected


@pytest.mark.parametrize(
    "texts",
    [
        ("*10", "20", "30"),
        ("*In 2022", "In 2014", "In 1989"),
        ("*10", "hundreds", "20"),
        ("10 ships", "*2 fleets", "30 men"),
        ("*20", "10"),
    ],
)
def test_numbers_in_an_order_and_other_options_pass(texts):
    assert paths(asked("How many were there?", *texts), "unordered-numbers") == []


def test_more_than_three_wrong_options_are_found():
    assert paths(asked(STEM, "*A1", "B2", "C3", "D4", "E5"), "many-distractors") == ["options"]
    assert paths(
        asked(STEM, type="multiple_response",
              payload=options("*Kyoto", "*Nara", "Edo", "Kobe", "Ise", "Ueda")),
        "many-distractors",
    ) == ["options"]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3])
def test_up_to_three_wrong_options_pass(count):
    texts = ("*Kyoto", "Osaka", "Nagoya", "Kobe")[: count + 1]

    assert "many-distractors" not in rules_in(asked(STEM, *texts))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 2,000 people", 2000, 2000),
        ("-3 degrees", -3, -3),
        ("5.5 billion dollars", 5.5e9, 5.5e9),
        ("5,5 percent", 5.5, 5.5),
        ("thirty-six people", 36, 36),
        ("3万人", 30000, 30000),
        ("between five and ten", 5, 10),
        ("2010–2014", 2010, 2015),
        ("no more than 10", -math.inf, 10),
        ("no fewer than 10", 10, math.inf),
        ("10以上", 10, math.inf),
        ("約3万人", 30000, 30000),
    ],
)
def test_figures_are_read(text, low, high):
    figure = figure_of(text)

    assert figure is not None
    assert (figure.low, figure.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text", ["no number", "Tu-95", "3 companies and 36 people", "a 1,2,3", "", "…"]
)
def test_what_is_no_single_figure_is_not_read(text):
    assert figure_of(text) is None
