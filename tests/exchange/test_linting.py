"""The linter over a course folder: what the command says, and what silences it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.exchange.services import format_course_folder, read_course
from tests.exchange.folders import replaced, write_course
from tests.exchange.test_mistakes import mistakes, question

CHOICE = """
- slug: which-list
  type: single_choice
  topic: sanctions
  claims: [AA-001]
  stem: Which list is the current one?
  options:
    - text: Theirs
    - text: Ours
      correct: true
  explanation: So it is.
"""
SILENCED = f"""{CHOICE.rstrip()}
  hints: [It is *not* far.]
  silenced:
    - rule: undated
      reason: The list was never replaced.
"""
FILE = "questions/first-lesson.yaml"
# The questions that the lesson and the quiz of the small course ask, with nothing to find.
CLEAN = """\
- slug: how-many
  type: numeric
  claims: [AA-001]
  stem: How many people were added in 2023?
  value: 36
  tolerance:
    absolute: 1
  explanation: Thirty-six.

- slug: which-year
  type: numeric
  claims: [AA-001]
  stem: When did it happen?
  value: 2023
  tolerance:
    absolute: 0
  explanation: In 2023.
"""


def course_with(tmp_path, text, changes=None):
    known = {FILE: CLEAN + text, "questions/_course.yaml": None}
    return write_course(tmp_path / "course", known | (changes or {}))


def lint(folder, *options):
    out = StringIO()
    try:
        call_command("lint_course", str(folder), *options, stdout=out)
    except CommandError as failed:
        return [*out.getvalue().splitlines(), str(failed)]
    return out.getvalue().splitlines()


def test_findings_come_with_file_and_line(tmp_path):
    said = lint(course_with(tmp_path, CHOICE), "--errors-only")

    number = next(
        place
        for place, line in enumerate((tmp_path / "course" / FILE).read_text().splitlines(), 1)
        if "current one" in line
    )
    assert said[0] == FILE
    assert said[1].startswith(f"  {number}: error: which-list: stem: “current” grows old;")
    assert said[-1] == "1 finding is open."


def test_what_is_silenced_does_not_fail_but_is_told_with_its_reason(tmp_path):
    folder = course_with(tmp_path, SILENCED)

    said = lint(folder, "--errors-only")

    assert said == ["3 questions: 0 errors, 0 warnings, 1 silenced."]
    assert any("Silenced: The list was never replaced." in line for line in lint(folder))


def test_warnings_fail_unless_only_errors_are_asked_for(tmp_path):
    text = CHOICE.replace("the current one", "the one of 2023").replace(
        "  explanation: So it is.\n", ""
    )
    folder = course_with(tmp_path, text)

    assert lint(folder)[-1] == "1 finding is open."
    assert any("which-list: explanation: Explain" in line for line in lint(folder))
    assert lint(folder, "--errors-only") == ["3 questions: 0 errors, 1 warnings, 0 silenced."]


def test_a_quiz_is_linted_by_itself(tmp_path):
    folder = course_with(tmp_path, CHOICE)

    assert not any("which-list" in line for line in lint(folder, "--quiz", "practice"))
    assert lint(folder, "--quiz", "practise") == [
        "There is no quiz “practise”; there are: practice."
    ]


def test_drafts_do_not_count(tmp_path):
    draft = CHOICE.replace("  topic: sanctions\n", "  topic: sanctions\n  status: draft\n")

    assert not any("which-list" in line for line in lint(course_with(tmp_path, draft)))


def test_a_course_without_claims_turns_their_rules_off(tmp_path):
    text = CHOICE.replace("  claims: [AA-001]\n", "").replace("current one", "one of 2023")
    off = replaced("course.yaml", "\ntopics:", "rests_on_claims: false\n\ntopics:")
    with_claims = course_with(tmp_path / "with", text)
    without = course_with(tmp_path / "without", text, off)

    assert any("[no-claim]" in line for line in lint(with_claims))
    assert not any("[no-claim]" in line for line in lint(without))
    assert not read_course(without).content.facts.rests_on_claims
    assert format_course_folder(without, only_check=True) == []


def test_hints_and_what_is_silenced_are_read_and_written(tmp_path):
    folder = course_with(tmp_path, SILENCED)

    placed = read_course(folder).content.questions[-1]

    assert placed.draft.hints == ("It is *not* far.",)
    assert placed.draft.silenced == (("undated", "The list was never replaced."),)
    assert format_course_folder(folder, only_check=True) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("silenced: [longest-is-key]", "silenced[0]: Write this as keys with values."),
        ("silenced: [{rule: longest, reason: So.}]", "The check has no such rule; it has: no-key"),
        ("silenced: [{rule: undated}]", "silenced[0].reason: This is missing; write a text."),
        ('silenced: [{rule: undated, reason: " "}]', "silenced[0].reason: This is empty"),
        ("silenced: [{rule: undated, reason: A}, {rule: undated, reason: B}]",
         "silenced[1].rule: This rule is silenced twice."),
        ("hints: A hint", "hints: Write this as a list."),
        ("hints: [A, B, C, D]", "hints: This has 4 entries; write 0 to 3."),
        ("hints: [A, A]", "hints[1]: This hint is given twice."),
        (f"hints: [{'x' * 501}]", "hints[0]: This has 501 characters; shorten it to 500."),
    ],
)  # fmt: skip
def test_mistakes_in_hints_and_silences_are_named(tmp_path, lines, said):
    changes = question("  stem: How *many*", f"  {lines}\n  stem: How *many*")

    found = mistakes(write_course(tmp_path / "course", changes))

    assert len(found) == 1
    assert found[0].startswith(f"{FILE}:")
    assert said in found[0]


def test_a_course_says_only_that_it_rests_on_no_claims(tmp_path):
    changes = replaced("course.yaml", "\ntopics:", "rests_on_claims: 3\n\ntopics:")

    (found,) = mistakes(write_course(tmp_path / "course", changes))

    assert "“rests_on_claims” is false, or it is left out." in found
