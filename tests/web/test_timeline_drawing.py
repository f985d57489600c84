"""The geometry of the timeline: spans, rows in which nothing touches, ticks with room."""

import random
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from courses.content.domain.partial_dates import decimal_year, parse_period
from courses.content.selectors import TimelineEntry
from courses.web.timeline_drawing import WIDTH, draw
from courses.web.timeline_span import (
    Span,
    about,
    moved,
    offered_spans,
    recent_span,
    span_named,
    whole_span,
    years,
    zoomed,
)
from courses.web.timeline_strip import strip_of
from courses.web.timeline_words import shortened, text_width

WHOLE = years(1945, 2024)
TOPICS = [("a", "First"), ("b", "Second")]
PREFIXES = {"argument": "Argument: ", "position": "Position: "}
UNEVEN = [
    "1945/2022", "1989", "2006/2012", "2014", "2014", "2015", "2022", "2022/2023-02",
    "2022-03/2022-05", "2022-10", "2023", "2023-01-27", "2023-02", "2023-02-20", "2024", "2024-06",
    "2024-09-23", "2024-10-17", "2024-10-27", "2024-11", "2024-11", "2024-11-07", "2024-11-07",
    "2024-11-16", "2024-11-16", "2024-11-18", "2022/2024", "2024-11", "2024-11-18", "2024-12-31",
]  # fmt: skip


def entry(text: str, *, key: str = "TT-001", topic: str = "a", kind: str = "event", **fields):
    period = parse_period(text)
    start, end = period.begin.first_day, period.end.last_day
    defaults = {
        "key": key,
        "statement": f"What {key} states, in words enough to fill a line that is quite long.",
        "kind": kind,
        "kind_label": kind.capitalize(),
        "is_argument": kind == "argument",
        "topic_slug": topic,
        "topic_title": topic,
        "attributed": "",
        "date": text,
        "date_text": text,
        "start": start,
        "end": end,
        "precision": period.precision,
        "from_year": decimal_year(start),
        "to_year": decimal_year(end),
        "lesson_slug": "",
        "lesson_title": "",
        "url": f"/claims/{key}/",
    }
    return TimelineEntry(**(defaults | fields))


def uneven() -> list[TimelineEntry]:
    kinds = ("event", "argument", "position", "figure")
    made = [
        entry(text, key=f"TT-{n:03d}", topic="ab"[n % 2], kind=kinds[n % 4])
        for n, text in enumerate(UNEVEN)
    ]
    return sorted(made, key=lambda one: (one.start, one.end))


def only(text: str, span: Span = WHOLE, **fields):
    [lane] = draw([entry(text, **fields)], span, TOPICS, PREFIXES).lanes
    [mark] = lane.marks
    return mark


# --- The drawing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "span",
    [WHOLE, years(1945, 2021), years(2022, 2024), years(2024, 2024), span_named("2024-11", WHOLE)],
)
def test_no_mark_and_no_words_touch_others_of_their_row(span):
    drawing = draw(uneven(), span, TOPICS, PREFIXES)

    for lane in drawing.lanes:
        for one, other in combinations(lane.marks, 2):
            if one.y == other.y:
                assert one.right < other.left or other.right < one.left


@pytest.mark.parametrize("seed", range(5))
def test_nothing_touches_whatever_the_dates(seed):
    rng = random.Random(seed)
    days = sorted(date(2022, 1, 1) + timedelta(days=rng.randrange(1096)) for _n in range(60))
    entries = [entry(day.isoformat(), key=f"TT-{n}") for n, day in enumerate(days)]

    [lane] = draw(entries, years(2022, 2024), TOPICS, PREFIXES).lanes

    assert len(lane.marks) == 60
    for one, other in combinations(lane.marks, 2):
        assert one.y != other.y or one.right < other.left or other.right < one.left


@pytest.mark.parametrize("span", [WHOLE, years(2022, 2024), years(2024, 2024)])
def test_marks_and_words_stay_in_the_picture(span):
    drawing = draw(uneven(), span, TOPICS, PREFIXES)

    for lane in drawing.lanes:
        for mark in lane.marks:
            assert -1 <= mark.left <= mark.x
            assert mark.far <= mark.right <= WIDTH + 1
            assert lane.y < mark.hit_y
            assert mark.hit_y + 28 <= lane.y + lane.height <= drawing.plot_bottom


def test_every_mark_is_a_target_of_28_units():
    for lane in draw(uneven(), WHOLE, TOPICS, PREFIXES).lanes:
        for mark in lane.marks:
            assert mark.hit_width >= 28


def test_precision_is_told_by_the_shape():
    assert only("2024-11-07").is_point
    month, year, period = (
        only(text, years(2022, 2024)) for text in ("2022-03", "2022", "2022/2023")
    )
    assert not month.is_point
    assert month.width < year.width < period.width


def test_what_reaches_beyond_the_span_is_open_there():
    mark = only("1945/2022", years(2022, 2024))

    assert (mark.begins, mark.ends) == (False, True)
    assert mark.x == 0


def test_what_lies_outside_the_span_is_not_drawn():
    assert draw([entry("1989")], years(2022, 2024), TOPICS, PREFIXES).lanes == []


def test_lanes_follow_the_topics_and_empty_ones_are_left_out():
    entries = [entry("2022", topic="b"), entry("2023", topic="a")]

    assert [lane.title for lane in draw(entries, WHOLE, TOPICS, PREFIXES).lanes] == [
        "First",
        "Second",
    ]
    assert [lane.title for lane in draw(entries[:1], WHOLE, TOPICS, PREFIXES).lanes] == ["Second"]


@pytest.mark.parametrize(
    ("kind", "prefix"), [("argument", "Argument: "), ("position", "Position: ")]
)
def test_arguments_and_positions_say_so_in_words(kind, prefix):
    mark = only("2024-11-07", kind=kind)

    assert (mark.standing, mark.prefix) == (kind, prefix)
    assert mark.words.startswith("What TT-001")


def test_at_the_right_edge_the_words_stand_on_the_left():
    assert only("2024-12-31").words_end
    assert not only("1945-01-01").words_end


def test_a_long_bar_holds_its_words():
    assert only("2022", years(2022, 2022)).in_bar
    assert not only("2022", WHOLE).in_bar


# --- Words ---------------------------------------------------------------------------------


def test_words_are_cut_between_words():
    cut = shortened("Japan promised to end its imports", 130)

    assert cut.endswith("…")
    assert "Japan promised to end its imports".startswith(cut[:-1] + " ")
    assert text_width(cut) <= 130


def test_a_word_that_is_too_long_is_cut_within():
    assert text_width(shortened("日本" * 40, 100)) <= 100


# --- The axis ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "unit"),
    [
        (WHOLE, "year"), (years(2014, 2024), "year"), (years(2022, 2024), "month"),
        (years(2024, 2024), "month"), (span_named("2024-11", WHOLE), "day"),
    ],
)  # fmt: skip
def test_the_axis_adapts_to_the_span(span, unit):
    ticks = draw(uneven(), span, TOPICS, PREFIXES).ticks
    worded = [tick for tick in ticks if tick.worded]

    assert {tick.unit for tick in ticks} == {unit}
    assert len(worded) >= 3
    assert all(later.x - one.x >= 30 for one, later in pairwise(worded))


def test_names_above_the_axis_have_room():
    named = [t for t in draw(uneven(), span_named("2023-11-20/2024-01-20", WHOLE), TOPICS, {}).ticks
             if t.above]  # fmt: skip

    assert [tick.day for tick in named][-2:] == [date(2023, 12, 1), date(2024, 1, 1)]
    assert all(later.x - one.x >= 120 for one, later in pairwise(named))


# --- Spans ---------------------------------------------------------------------------------


def test_the_recent_span_is_where_most_began():
    assert recent_span(uneven()) == years(2022, 2024)


def test_spans_worth_a_link_are_offered():
    assert [span.text for span in offered_spans(uneven())] == [
        "1945/2024", "1945/2021", "2022/2024", "2022", "2023", "2024", "2024-10/2024-12",
    ]  # fmt: skip


def test_a_single_year_offers_itself_once():
    assert [span.text for span in offered_spans([entry("2022"), entry("2022")])] == ["2022"]


@pytest.mark.parametrize(
    "text", ["", "soon", "2022/", "2024/2022", "0000", "9999", "1900", "2022-13", "<b>", "2022/x"]
)
def test_what_names_no_span_is_refused(text):
    assert span_named(text, WHOLE) is None


@pytest.mark.parametrize(
    "text", ["2022/2024", "2022", "2024-10/2024-11", "2024-10-08/2024-12-22", "1945/2024"]
)
def test_a_span_is_named_as_it_was(text):
    found = span_named(text, WHOLE)

    assert found is not None
    assert found.text == text


def test_a_span_that_is_partly_known_is_moved_into_the_whole():
    assert span_named("1900/1950", WHOLE) == years(1945, 1995)
    assert span_named("1000/2999", WHOLE) == WHOLE
    assert span_named("2024-12-31", WHOLE).days == 14


def test_zooming_in_ends_at_two_weeks():
    span, seen = WHOLE, []
    while span:
        seen.append(span)
        span = zoomed(span, closer=True, whole=WHOLE)

    assert seen[-1].days == 14
    assert all(one.days > later.days for one, later in pairwise(seen))


def test_zooming_out_ends_with_the_whole():
    span, seen = span_named("2024-11-07", WHOLE), []
    while span:
        seen.append(span)
        span = zoomed(span, closer=False, whole=WHOLE)

    assert seen[-1] == WHOLE


def test_moving_ends_at_the_edges():
    span = years(2022, 2022)
    while later := moved(span, later=True, whole=WHOLE):
        assert later.last > span.last
        span = later

    assert span.last == WHOLE.last
    assert moved(WHOLE, later=False, whole=WHOLE) is None


def test_a_span_about_a_day_covers_it():
    for day in (WHOLE.first, date(1989, 6, 4), WHOLE.last):
        for days in (14, 100, 200, 4000):
            assert about(day, days, WHOLE).covers(day, day)


# --- The strip -----------------------------------------------------------------------------


def test_the_strip_counts_what_begins_in_each_year():
    strip = strip_of(uneven(), years(2022, 2024), WHOLE)

    assert {c.year: c.count for c in strip.columns}[2014] == 2
    assert strip.most.year == 2024
    assert strip.is_part
    assert strip.left < strip.right <= WIDTH


def test_years_on_the_strip_have_room():
    names = strip_of(uneven(), WHOLE, whole_span(uneven())).names

    assert [names[0][0], names[-1][0]] == [1945, 2024]
    assert all(later - one >= 40 for (_y, one), (_z, later) in pairwise(names))


def test_one_year_needs_no_strip():
    assert strip_of([entry("2022")], years(2022, 2022), years(2022, 2022)) is None
