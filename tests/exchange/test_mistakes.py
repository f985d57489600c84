"""Every mistake of a folder is named: its file, its line, and how to mend it."""

from string import ascii_lowercase

import pytest
from django.utils import translation

from courses.exchange.domain.mistakes import Mistake
from courses.exchange.domain.nodes import read_yaml
from courses.exchange.services import CourseHasMistakes, format_course_folder
from tests.exchange.folders import FILES, replaced, write_course


def mistakes(folder) -> list[str]:
    with translation.override("en"), pytest.raises(CourseHasMistakes) as found:
        format_course_folder(folder)
    return [str(mistake) for mistake in found.value.mistakes]


def claim(old: str, new: str):
    return replaced("claims.yaml", old, new)


def question(old: str, new: str):
    return replaced("questions/first-lesson.yaml", old, new)


def outline(old: str, new: str):
    return replaced("course.yaml", old, new)


def entry(old: str, new: str):
    return replaced("glossary.yaml", old, new)


def source(url: str):
    written = "  written: 2024-11\n"
    return replaced("sources.yaml", written, f'{written}  url: "{url}"\n')


def picture(attributes: str):
    return {"media/map.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (claim("source: S1", "source: S2"), "claims.yaml:6: There is no source “S2”."),
        (claim("kind: figure", "kind: figur"), "claims.yaml:8: “kind” is event, figure,"),
        (claim("kind: figure", "knid: figure"), "claims.yaml:8: “knid” is no key of a claim. Did"),
        (claim("kind: figure", "kind: figure\n  kind: event"), "claims.yaml:9: This key, “kind”,"),
        (claim('"2023-01-27"', "27 January"), "claims.yaml:9: “date” is a date such as 2022"),
        (claim("as_of: 2024-11", "as_of: 2023/2024"), "claims.yaml:10: “as_of” is a date"),
        (claim("[Fumio Kishida]", "Kishida"), "claims.yaml:11: “people” is a list."),
        (claim("[Fumio Kishida]", "[A, A]"), "claims.yaml:11: “A” stands in “people” twice."),
        (claim("value: 36", 'value: "36"'), "claims.yaml:14: “value” is a number."),
        (claim("value: 36", "value: 1e999"), "claims.yaml:14: The number 1e999 is out of bounds."),
        (claim("unit: people", "units: people"), "claims.yaml:15: “units” is no key of a figure."),
        (claim("key: AA-002", "key: AA-001"), "claims.yaml:19: “AA-001” is there twice; first on"),
        (claim("key: AA-001", "key: aa 1"), "claims.yaml:5: A claim's key is capital letters"),
        (claim("source: S1", "source: *s"), "claims.yaml:6: Anchors (&) and aliases (*)"),
        (claim("source: S1", "source: &s S1"), "claims.yaml:6: Anchors (&) and aliases (*)"),
        (claim("value: 36", "value: !!int 36"), "claims.yaml:14: Tags are not used"),
        (claim("source: S1", "source: [S1"), "claims.yaml:"),
        (claim("  source: S1", "\tsource: S1"), "claims.yaml:6: A tab stands here; use spaces."),
        (
            claim("source: S1", "source: S\x001"),
            "claims.yaml:6: This line has an invisible control",
        ),
        (claim("# The end.", "---\n- key: x"), "claims.yaml:28: The file holds a second document"),
        (claim("source: S1", 'source: "S\\01"'), "claims.yaml:6: This has an invisible control"),
        (claim("kind: figure", '"ki\\0nd": figure'), "claims.yaml:8: This has an invisible"),
        (source("http://[x"), "sources.yaml:5: “url” is an address"),
        (source("http://a\u2100b/"), "sources.yaml:5: “url” is an address"),
        (picture('viewBox="0 0 -5 -5"'), "media/map.svg: The picture's sides are not between"),
        (picture(f'width="{"9" * 400}" height="1"'), "media/map.svg: The SVG's size is beyond"),
        ({"claims.yaml": "key: x\n"}, "claims.yaml:1: The file is a list: each a claim after"),
        ({"claims.yaml": "- just text\n"}, "claims.yaml:1: Here stands a claim: keys with values."),
        ({"claims.yaml": b"# \xff\n"}, "claims.yaml:1: This is not UTF-8 text."),
        ({"claims.yaml": "# one\n- " + "[" * 40}, "claims.yaml:2: This is nested more than 16"),
        (entry("kind: term", "kind: tern"), "glossary.yaml:16: “kind” is person, place,"),
        (entry("term: the list", "tern: the list"), "glossary.yaml:15: “tern” is no key of an"),
        (entry("slug: the-list", "slug: meti"), "glossary.yaml:14: “meti” is there twice; first"),
        (entry("slug: the-list", "slug: The List"), "glossary.yaml:14: “slug” is made of small"),
        (entry("[AA-002, AA-001]", "[AA-009]"), "glossary.yaml:17: There is no claim “AA-009”"),
        (entry("to [AA-001]", "to [AA-101]"), "glossary.yaml:18: There is no claim “AA-101”"),
        (entry("the list [AA-001]", "the list"), "glossary.yaml:12: “more” goes beyond common"),
        (entry("glossary:the-list", "glossary:the-lost"), "glossary.yaml:12: There is no entry"),
        (entry("common: true", "common: 1"), "glossary.yaml:10: “common” is true, or it is left"),
        (
            entry("What thirty", '"One.\\n\\nTwo" # What thirty'),
            "glossary.yaml:18: “definition” is one line of Markdown",
        ),
        (
            replaced("lessons/first-lesson.md", "glossary:the-list", "glossary:the-lst"),
            "lessons/first-lesson.md:7: There is no entry “the-lst” in the course's glossary. Did",
        ),
        (
            question("were thirty-six", "were [on it](glossary:lists)"),
            "questions/first-lesson.yaml:11: There is no entry “lists” in the glossary.",
        ),
        ({"claims.yaml": None}, "claims.yaml: This file is missing from the folder."),
        ({"course.yaml": None}, "course.yaml: This file is missing from the folder."),
        (outline("slug: small-course", "slug: Small Course"), "course.yaml:2: “slug” is made of"),
        (outline("title: A small", "titel: A small"), "course.yaml:3: “titel” is no key of the"),
        (outline("access: open", "access: opne"), "course.yaml:5: “access” is open or closed, not"),
        (outline("language: en", "language: xx"), "course.yaml:4: “language” is"),
        (outline('"2027-03-01"', "2027-03"), "course.yaml:7: “exam_date” is a day"),
        (outline("exam_date:", "exam_target:"), "course.yaml:7: “exam_target” is a number."),
        (outline('exam_date: "2027-03-01"', "exam_target: 2"), "course.yaml:7: “exam_target” lies"),
        (outline("slug: support", "slug: sanctions"), "course.yaml:13: “sanctions” is there twice"),
        (outline(", second-lesson", ""), "lessons/second-lesson.md: This lesson is not listed"),
        (outline("second-lesson]", "third-lesson]"), "course.yaml:15: There is no file lessons/"),
        (
            outline("which-year]", "which-yaer]"),
            "course.yaml:21: There is no question “which-yaer”",
        ),
        (
            outline("lesson: first", "lesson: fist"),
            "course.yaml:20: There is no lesson “fist-lesson",
        ),
        (question("type: numeric", "type: number"), "questions/first-lesson.yaml:2: type: There"),
        (
            question("value: 36", "value: many"),
            "questions/first-lesson.yaml:7: value: This must be",
        ),
        (
            question("absolute: 1", "absolut: 1"),
            "questions/first-lesson.yaml:9: tolerance.absolut:",
        ),
        (
            question("unit: people", "unti: people"),
            "questions/first-lesson.yaml:10: “unti” is no",
        ),
        (
            question("correct: true", "correct: yes"),
            "questions/first-lesson.yaml:22: options[1].co",
        ),
        (question("[AA-001]", "[AA-003]"), "questions/first-lesson.yaml:4: There is no claim"),
        (question("thirty-six [AA-001]", "x [AA-009]"), "questions/first-lesson.yaml:11: There is"),
        (
            question("slug: which-year", "slug: how-many"),
            "questions/first-lesson.yaml:13: “how-many",
        ),
        (
            question("topic: sanctions", "topic: sanction"),
            "questions/first-lesson.yaml:3: There is",
        ),
        (
            question("stem: In which year?", "stem: 2023"),
            "questions/first-lesson.yaml:17: stem: Th",
        ),
        (
            {"questions/third-lesson.yaml": "[]\n"},
            "questions/third-lesson.yaml: There is no lesson “third-lesson”",
        ),
        (
            replaced("lessons/first-lesson.md", "[AA-001]", "[AA-009]"),
            "lessons/first-lesson.md:7: There is no claim “AA-009” in this course.",
        ),
        (
            replaced("lessons/first-lesson.md", "question how-many", "question how"),
            "lessons/first-lesson.md:9: There is no question “how” in this course.",
        ),
        (
            replaced("lessons/first-lesson.md", "alt: A line.\n", ""),
            "lessons/first-lesson.md:12: The figure has no text alternative",
        ),
        (
            replaced("lessons/first-lesson.md", "title:", "tilte:"),
            "lessons/first-lesson.md:3: “tilte” is no key of a lesson's front matter. Did you mean",
        ),
        (
            replaced("lessons/first-lesson.md", "title: The", 'title: "The'),
            "lessons/first-lesson.md:",
        ),
        (
            {"lessons/first-lesson.md": "No front matter.\n"},
            "lessons/first-lesson.md:1: A lesson begins with its front matter",
        ),
        (
            {"lessons/first-lesson.md": "---\ntitle: x\n---\n"},
            "lessons/first-lesson.md:3: The lesson has no text.",
        ),
        ({"lessons/Big Name.md": "x"}, "lessons/Big Name.md: Files in lessons/ are named like"),
        ({"media/map.svg": "<svg><script/></svg>"}, "media/map.svg: The SVG has an element"),
        ({"media/virus.exe": "x"}, "media/virus.exe: Files in media/ are named like this"),
        ({"claim.yaml": "[]\n"}, "claim.yaml: This does not belong into a course. Did you mean"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path, changes, said):
    found = mistakes(write_course(tmp_path, changes))

    assert any(mistake.startswith(said) for mistake in found), found


def test_the_mistakes_of_all_files_are_named_at_once(tmp_path):
    changes = (
        claim("source: S1", "source: S2")
        | outline("access: open", "access: shut")
        | question("value: 36", "value: many")
        | replaced("lessons/second-lesson.md", "Not yet", "Not [AA-777] yet")
    )

    found = mistakes(write_course(tmp_path, changes))

    assert [mistake.split(":")[0] for mistake in found] == [
        "claims.yaml",
        "course.yaml",
        "lessons/second-lesson.md",
        "questions/first-lesson.yaml",
    ]


def test_one_mistake_is_not_named_as_many(tmp_path):
    broken = FILES["claims.yaml"].replace("kind: figure", "kind: [figure")

    found = mistakes(write_course(tmp_path, {"claims.yaml": broken}))

    assert len(found) == 1


def test_very_many_mistakes_are_counted_not_named(tmp_path):
    keys = "".join(f"title{a}{b}: x\n" for a in ascii_lowercase[:25] for b in "abcdefghij")
    folder = write_course(tmp_path, {"course.yaml": FILES["course.yaml"] + keys})

    with pytest.raises(CourseHasMistakes) as found:
        format_course_folder(folder)

    lines = found.value.lines
    assert (len(found.value.mistakes), len(lines)) == (250, 201)
    assert lines[-1] == "... and 50 more."
    assert sum("Did you mean" in line for line in lines) == 50


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("a: b: c", 1, "put it into quotation marks"),
        ("a:b\nc: d", 2, "lacks the space after its colon"),
        ("options:\n\t- text: x", 2, "indent with spaces"),
        ("key: @x", 1, "put the text into quotation marks"),
        ("a: 'x", 1, "A quotation mark that is opened here is not closed."),
        ("a: [1, 2", 2, "A bracket that is opened above this is not closed."),
        ("- text: x\n  correct: true\n feedback: y", 3, "begins in the same column"),
        ("a: 'it's'", 1, "after a closing quotation mark the line ends"),
        ("%x", 1, "A text that begins with % stands in quotation marks."),
    ],
)
def test_what_is_no_yaml_says_how_to_mend_it(text, line, remedy):
    found: list[Mistake] = []

    assert read_yaml(text, file="", mistakes=found) is None

    assert [one.line for one in found] == [line]
    assert remedy in found[0].sentence
