"""What is set aside when short texts are compared, and what never is."""

import pytest

from courses.assessment.domain.text_matching import (
    default_edits,
    edit_distance,
    normalise,
    slips,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Hague", "hague"),
        ("Shinzō Abe", "shinzo abe"),
        ("Ｋｉｓｈｉｄａ", "Kishida"),
        ("ｷｼﾀﾞ", "キシダ"),
        ("ウラジーミル・プーチン", "ウラジーミル プーチン"),
        ("Russo–Japanese War", "russo japanese war"),
        ("Japan's", "Japans"),
        ("Ёлки", "елки"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("a treaty", "Treaty"),
        ("1,000 yen", "1000 yen"),
        ("5,5", "5.5"),
        ("−5", "-5"),
        ("  two   words \n", "two words"),
        ("soft\u00adhyphen", "softhyphen"),
        ("“quoted”", "quoted"),
        ("I. V. Stalin", "I V Stalin"),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("5.5", "55"),
        ("5", "-5"),
        ("1,000", "1,00"),
        ("5 %", "5"),
        ("$5", "5"),
        ("कि", "की"),
        ("vitamin a", "vitamin"),
        ("A", ""),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("text", ["", " ", "?!", "…", "\u200b", "\x00"])
def test_nothing_remains_of_nothing(text: str) -> None:
    assert normalise(text).strip("\x00") == ""


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "", 3),
        ("kishda", "kishida", 1),
        ("ihsida", "hisida", 1),  # neighbours swapped
        ("tokyo", "kyoto", 4),
        ("ca", "abc", 3),  # optimal string alignment, not unrestricted
        ("kitten", "sitting", 3),  # Levenshtein's textbook pair
        ("saturday", "sunday", 3),
    ],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other, limit=9) == distance
    assert edit_distance(other, one, limit=9) == distance


def test_edit_distance_stops_at_its_limit() -> None:
    assert edit_distance("kitten", "sitting", limit=2) == 3
    assert edit_distance("a" * 200, "b" * 200, limit=2) == 3


@pytest.mark.parametrize(
    ("key", "edits"), [("iran", 0), ("tokyo", 1), ("hokkaido", 1), ("kunashiri", 2)]
)
def test_longer_keys_forgive_more(key: str, edits: int) -> None:
    assert default_edits(key) == edits


def test_digits_of_other_scripts_are_digits() -> None:
    assert normalise("٢٠٢٢ or २०२२") == "2022 or 2022"
    assert slips(normalise("the year ٢٠٢٣"), normalise("the year 2022"), most=5) is None


@pytest.mark.parametrize(
    ("answer", "key", "most", "expected"),
    [
        ("kishida", "kishida", None, 0),
        ("kishda", "kishida", None, 1),
        ("kishd", "kishida", None, None),
        ("kishda", "kishida", 0, None),
        ("iraq", "iran", None, None),
        ("g7 summit", "g8 summit", 3, None),
        ("24 february 2022", "24 february 2022", None, 0),
        ("24 febuary 2022", "24 february 2022", None, 1),
        ("25 february 2022", "24 february 2022", 5, None),
        ("february 24 2022", "24 february 2022", 5, None),
        ("", "kishida", 5, None),
        ("憲法第八条", "憲法第九条", 5, None),
        ("二〇二三年", "二〇二二年", 5, None),
        ("三本武夫の内閣", "三木武夫の内閣", 5, 1),
        ("article iv", "article ix", 5, None),
        ("artcle ix", "article ix", 5, 1),
        ("five years", "nine years", 5, None),
        ("half a billion", "half a million", 5, None),
        ("half a milion", "half a million", None, 1),
        ("sixth", "sixty", 5, None),
    ],
)
def test_slips(answer: str, key: str, most: int | None, expected: int | None) -> None:
    assert slips(answer, key, most=most) == expected
