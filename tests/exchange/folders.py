"""A small course folder for the tests, canonical as it stands, comments included."""

from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40"/></svg>\n'
FILES = {
    "course.yaml": """\
# A course to test with.
slug: small-course  # never change it
title: A small course
language: en
access: open
status: published
exam_date: "2027-03-01"

topics:
  # the first
  - slug: sanctions
    title: Sanctions
  - slug: support
    title: Support
lessons: [first-lesson, second-lesson]

quizzes:
  - slug: practice
    title: Practice
    lesson: first-lesson
    questions: [how-many, which-year]
""",
    "sources.yaml": """\
- key: S1
  title: Commentary of November 2024
  kind: analytical commentary
  written: 2024-11
""",
    "claims.yaml": """\
# The ledger.

# ---- early ----

- key: AA-001
  source: S1
  topic: sanctions
  kind: figure
  date: "2023-01-27"  # a Friday
  as_of: 2024-11
  people: [Fumio Kishida]
  # as the source counts
  figures:
    - value: 36
      unit: people
      what: added to the list
  statement: Thirty-six people were added.

- key: AA-002
  source: S1
  topic: support
  kind: argument
  as_of: 2024-11
  statement: >-
    The analysis argues at some length, and so that the line has to be folded somewhere, that it was
    enough.

# The end.
""",
    "glossary.yaml": """\
# Words that the course explains.

- slug: meti
  term: Ministry of Economy, Trade and Industry
  short: METI
  native: 経済産業省
  kind: institution
  # as people say it
  aliases: [Trade ministry]
  common: true
  definition: The ministry of the Japanese government that deals with trade.
  more: It added thirty-six people to the list [AA-001]; see [the list](glossary:the-list).

- slug: the-list
  term: the list
  kind: term
  claims: [AA-002, AA-001]
  definition: What thirty-six people were added to [AA-001].
""",
    "lessons/first-lesson.md": """\
---
# still to be shortened
title: The first lesson
objectives: [Know the number]
---

How many were there on [the list](glossary:the-list)? [AA-001]

::: question how-many
:::

::: figure map.svg
Where it was.
alt: A line.
:::
""",
    "lessons/second-lesson.md": """\
---
title: "Second: a draft"
status: draft
---

Not yet [AA-002].
""",
    "questions/first-lesson.yaml": """\
- slug: how-many
  type: numeric
  topic: sanctions
  claims: [AA-001]
  tags: [figures]
  stem: How *many* people were added?
  value: 36
  tolerance:
    absolute: 1
  unit: people
  explanation: They were thirty-six [AA-001].

- slug: which-year
  type: single_choice
  topic: sanctions
  claims: [AA-002, AA-001]
  stem: In which year?
  options:
    - text: "2022"
    # the right one
    - text: "2023"
      correct: true
    - text: "2024"
      feedback: "Too late: it was earlier."

- slug: in-order
  type: ordering
  stem: Put these in order.
  items:
    - text: First
      date: "2014"
    - text: Second
      date: 2022-02
    - text: Third
      date: "2023-01-27"
""",
    "questions/_course.yaml": """\
- slug: remember
  type: flashcard
  status: draft
  stem: What was it?
  back: Enough.

- slug: say-it
  type: short_text
  stem: Who was prime minister?
  answers: [Fumio Kishida, Kishida]
""",
    "media/map.svg": SVG,
}


def write_course(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the small course, with some files replaced or (None) left out; return the folder."""
    files: dict[str, str | bytes | None] = {**FILES, **(changes or {})}
    for name, content in files.items():
        if content is not None:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def replaced(file: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return the change that puts `new` for the first `old` in a file of the small course."""
    assert old in FILES[file], old
    return {file: FILES[file].replace(old, new, 1)}
