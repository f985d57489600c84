"""What the form of a new question begins with: a small valid example of each type's own part."""

SKELETONS: dict[str, str] = {
    "single_choice": """\
options:
  - text: The right option
    correct: true
  - text: A wrong option
    feedback: Why somebody who picks this is mistaken.
  - text: Another option that is wrong
""",
    "multiple_response": """\
options:
  - text: One that is right
    correct: true
  - text: Another that belongs
    correct: true
  - text: One that is wrong
    feedback: Why this does not belong.
  - text: A second wrong one
""",
    "true_false": """\
truth: false
reasons:
  - text: The reason why it is so
    correct: true
  - text: A reason that is mistaken
    feedback: What is wrong with it.
""",
    "numeric": """\
value: 5.5
# one of absolute: 0.1, relative: 0.05 (5 % more or less) and significant_figures: 2
tolerance:
  absolute: 0
unit: billion US dollars
""",
    "short_text": """\
# the first is shown as the answer, the others are right too
answers: [Fumio Kishida, Kishida]
""",
    "cloze": """\
text: The treaty of {year} was signed in {town}.
gaps:
  - name: year
    answers: ["1854"]
    options: ["1848", "1854", "1868"]
  - name: town
    answers: [Kanagawa]
""",
    "ordering": """\
# in the right order; leave out all dates, or none
items:
  - text: What came first
    date: 2014-03
  - text: What came next
    date: 2018-11
  - text: What came last
    date: 2022-02-24
""",
    "matching": """\
pairs:
  - prompt: Japan
    match: Tokyo
  - prompt: Russia
    match: Moscow
# matches that belong to none
spare: [Kyoto]
""",
    "categorise": """\
categories: [Island, Strait]
items:
  - text: Etorofu
    category: Island
    feedback: The largest of the four.
  - text: La Pérouse
    category: Strait
""",
    "date": """\
# YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO; as much is asked
date: 2022-02-24
""",
    "hotspot": """\
# northeast-asia or southern-kurils; at is longitude, latitude
map: northeast-asia
places:
  - text: On the mainland coast, where it turns to the north-east
    at: [131.9, 43.1]
    correct: true
  - text: At the southern end of the long island north of Hokkaido
    at: [142.7, 47.0]
    feedback: That is Yuzhno-Sakhalinsk.
""",
    "evidence": """\
statement: The harbour froze in the winter of 1875.
# each item supports the statement, contradicts it, or is silent
items:
  - text: The log notes ice at the pier.
    stance: supports
  - text: Boats left every day.
    stance: contradicts
  - text: Coal was dear.
    stance: silent
""",
    "highlight": """\
passage:
  - text: The pier was built in 1872.
    feedback: It was, by the first company.
  - text: Its lamp burnt oil.
    flawed: true
  - text: The railway came in 1889.
correction: Its lamp burnt gas.
""",
    "open_answer": """\
rubric:
  - criterion: Gives reasons
    levels:
      - text: None
        credit: 0
      - text: Two, weighed against each other
        credit: 2
model_answer: Because of the alliance, and because of the islands.
max_words: 300
""",
    "flashcard": """\
back: What stands on the other side
""",
}


def skeleton(type_name: str) -> str:
    """Return the example of a type, nothing for one that has none."""
    return SKELETONS.get(type_name, "")
