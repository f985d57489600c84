"""Random courses: every field that the folder format has, with texts that YAML is bad at."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from courses.assessment.domain.authoring import QuestionDraft
from courses.content.domain.drafts import (
    ClaimDraft,
    LessonDraft,
    SourceDraft,
    TermDraft,
    TopicDraft,
)
from courses.exchange.domain.records import (
    CourseContent,
    CourseFacts,
    PlacedQuestion,
    QuizDraft,
)

AWKWARD = [
    *("null", "~", "true", "yes", "No", "off", "1978", "5.50", "1e3", "0x1F", "2024-11-07"),
    *("12:30", "- a", "a: b", "a #b", "#c", "'q'", '"q"', "%", "@x", "`x`", "a:", "=", "<<", "|"),
    *(
        ">",
        "[x]",
        "{x}",
        "a, b",
        "\\n",
        "日本の対ロ政策",
        "ё",
        "🌻",
        "a  b",
        "---",
        "...",
        "? x",
        "!t",
    ),
]
_ASCII = [chr(code) for code in range(0x20, 0x7F)]
letters = st.sampled_from([*_ASCII, *"éßñДжё日本の北方領土、。「」🌻—–“”’…", "\u00a0", "\u3000"])
words = st.text(letters, min_size=1, max_size=12).map(str.strip).filter(bool)
line = st.one_of(
    st.sampled_from(AWKWARD),
    words,
    st.lists(words, min_size=12, max_size=20).map(" ".join),
)
text = st.one_of(
    line, st.lists(st.one_of(line, st.just("")), min_size=1, max_size=5).map("\n".join)
)
text = text.map(str.strip).filter(bool)
short = line.map(lambda value: value[:80].strip()).filter(bool)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
days = st.dates().map(lambda day: day.isoformat()).filter(lambda day: not day.startswith("0000"))
partial = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
numbers = st.one_of(
    st.integers(-(10**12), 10**12), st.integers(-(10**8), 10**8).map(lambda whole: whole / 1000)
)
statuses = st.sampled_from(["published", "draft"])


def unique(values: Any, most: int, least: int = 0) -> Any:
    return st.lists(values, min_size=least, max_size=most, unique=True)


@dataclass(frozen=True)
class Pool:
    """A few texts that a course is made of: drawn once, for drawing is slow."""

    text: Any
    maybe: Any
    short: Any
    maybe_short: Any


@st.composite
def pools(draw: Any) -> Pool:
    texts = draw(st.lists(text, min_size=3, max_size=6))
    shorts = draw(
        st.lists(
            short, min_size=4, max_size=7, unique_by=lambda said: " ".join(said.casefold().split())
        )
    )
    return Pool(
        text=st.sampled_from(texts),
        maybe=st.sampled_from(["", *texts]),
        short=st.sampled_from(shorts),
        maybe_short=st.sampled_from(["", *shorts]),
    )


@st.composite
def single_choice(draw: Any, pool: Pool) -> dict[str, Any]:
    texts = draw(unique(pool.short, 4, 2))
    right = draw(st.integers(0, len(texts) - 1))
    options: list[dict[str, Any]] = []
    for index, said in enumerate(texts):
        option: dict[str, Any] = {"text": said}
        if index == right:
            option["correct"] = True
        if feedback := draw(pool.maybe_short):
            option["feedback"] = feedback
        options.append(option)
    return {"options": options}


@st.composite
def multiple_response(draw: Any, pool: Pool) -> dict[str, Any]:
    texts = draw(unique(pool.short, 4, 2))
    keys = draw(st.integers(1, len(texts) - 1))
    return {
        "options": [
            {"text": said} | ({"correct": True} if index < keys else {})
            for index, said in enumerate(texts)
        ]
    }


@st.composite
def true_false(draw: Any, pool: Pool) -> dict[str, Any]:
    payload: dict[str, Any] = {"truth": draw(st.booleans())}
    if draw(st.booleans()):
        payload["reasons"] = draw(single_choice(pool))["options"]
    return payload


@st.composite
def cloze(draw: Any, pool: Pool) -> dict[str, Any]:
    prose = draw(pool.short).replace("{", "{{").replace("}", "}}")
    typed = {"name": "typed", "answers": draw(unique(st.sampled_from(["1978", "No", "x"]), 3, 1))}
    if draw(st.booleans()):
        typed["max_edits"] = draw(st.integers(0, 5))
    listed = {"name": "l-1", "answers": ["true"], "options": draw(st.permutations(["true", "1e3"]))}
    return {"text": f"{prose} {{typed}}: {{l-1}}", "gaps": [typed, listed]}


@st.composite
def matching(draw: Any, pool: Pool) -> dict[str, Any]:
    prompts = draw(unique(pool.short, 4, 2))
    matches = draw(unique(pool.short, 4, 2))
    pairs = [{"prompt": said, "match": draw(st.sampled_from(matches))} for said in prompts]
    used = [pair["match"] for pair in pairs]
    spare = [said for said in matches if said not in used]
    return {"pairs": pairs} | ({"spare": spare} if spare else {})


@st.composite
def categorise(draw: Any, pool: Pool) -> dict[str, Any]:
    listed = draw(unique(pool.short, 4, 2))
    texts = draw(unique(pool.short, 4, 2))
    return {
        "categories": listed,
        "items": [{"text": said, "category": draw(st.sampled_from(listed))} for said in texts],
    }


@st.composite
def evidence(draw: Any, pool: Pool) -> dict[str, Any]:
    items = []
    for said in draw(unique(pool.short, 3, 1)):
        item = {"text": said, "stance": draw(st.sampled_from(["supports", "silent"]))}
        if feedback := draw(pool.maybe_short):
            item["feedback"] = feedback
        items.append(item)
    return {"statement": draw(pool.short), "items": items}


@st.composite
def hotspot(draw: Any, pool: Pool) -> dict[str, Any]:
    texts = draw(unique(pool.short, 4, 2))
    points = [[131.9, 43.1], [158.6, 53], [142, 47.25], [135, 35.5]]
    places: list[dict[str, Any]] = [
        {"text": said, "at": at} for said, at in zip(texts, points, strict=False)
    ]
    places[draw(st.integers(0, len(places) - 1))]["correct"] = True
    return {"map": "northeast-asia", "places": places}


@st.composite
def highlight(draw: Any, pool: Pool) -> dict[str, Any]:
    passage: list[dict[str, Any]] = [{"text": said} for said in draw(unique(pool.short, 4, 2))]
    passage[-1]["flawed"] = True
    correction = draw(pool.maybe_short)
    return {"passage": passage} | ({"correction": correction} if correction else {})


@st.composite
def open_answer(draw: Any, pool: Pool) -> dict[str, Any]:
    rubric = [
        {
            "criterion": said,
            "levels": [{"text": "none", "credit": 0}, {"text": "1978", "credit": 1.5}],
        }
        for said in draw(unique(pool.short, 3, 1))
    ]
    model = draw(pool.maybe)
    return {"rubric": rubric} | ({"model_answer": model} if model else {}) | {"max_words": 300}


def payloads(pool: Pool) -> Any:
    return st.one_of(
        st.tuples(st.just("hotspot"), hotspot(pool)),
        st.tuples(st.just("highlight"), highlight(pool)),
        st.tuples(st.just("open_answer"), open_answer(pool)),
        st.tuples(
            st.just("date"),
            st.sampled_from(["2022", "2022-02", "2022-02-24", "2014/2022-02"]).map(
                lambda when: {"date": when}
            ),
        ),
        st.tuples(
            st.just("short_text"),
            st.just({"answers": ["No", "1978"], "not": ["yes"], "names": True, "max_edits": 1}),
        ),
        st.tuples(
            st.just("numeric"),
            st.just(
                {
                    "value": 8000,
                    "tolerance": {"significant_figures": 2},
                    "unit": "km",
                    "units": [{"name": "ri", "factor": 3.927}, {"name": "kilo"}],
                    "interval": {"scale": 500},
                }
            ),
        ),
        st.tuples(st.just("single_choice"), single_choice(pool)),
        st.tuples(st.just("multiple_response"), multiple_response(pool)),
        st.tuples(st.just("true_false"), true_false(pool)),
        st.tuples(st.just("cloze"), cloze(pool)),
        st.tuples(st.just("matching"), matching(pool)),
        st.tuples(st.just("categorise"), categorise(pool)),
        st.tuples(st.just("evidence"), evidence(pool)),
        st.tuples(st.just("flashcard"), st.fixed_dictionaries({"back": pool.text})),
        st.tuples(
            st.just("numeric"),
            st.builds(
                lambda value, tolerance: {"value": value, "tolerance": {"absolute": tolerance}},
                numbers,
                st.integers(0, 10),
            ),
        ),
    )


@st.composite
def questions(
    draw: Any, pool: Pool, slug: str, lessons: list[str], topics: list[str], keys: list[str]
) -> PlacedQuestion:
    type_name, payload = draw(payloads(pool))
    return PlacedQuestion(
        draft=QuestionDraft(
            slug=slug,
            type=type_name,
            stem=draw(pool.text),
            payload=payload,
            explanation=draw(pool.maybe),
            tags=tuple(draw(unique(st.sampled_from(["a", "b-1", "2014"]), 3))),
            hints=tuple(draw(unique(pool.short, 3))),
            silenced=tuple(
                (rule, draw(pool.short))
                for rule in draw(unique(st.sampled_from(["undated", "no-claim"]), 2))
            ),
        ),
        lesson=draw(st.sampled_from([*lessons, ""])),
        topic=draw(st.sampled_from([*topics, ""])),
        claims=tuple(draw(unique(st.sampled_from(keys), 3))) if keys else (),
        status=draw(statuses),
    )


@st.composite
def claims(draw: Any, pool: Pool, key: str, sources: list[str], topics: list[str]) -> ClaimDraft:
    figure = st.fixed_dictionaries(
        {"value": numbers, "unit": pool.short, "what": pool.short},
        optional={"approx": st.just(True)},
    )
    return ClaimDraft(
        key=key,
        source=draw(st.sampled_from(sources)),
        topic=draw(st.sampled_from(topics)),
        kind=draw(st.sampled_from(["event", "figure", "argument", "quotation"])),
        statement=draw(pool.text),
        as_of=draw(partial),
        date=draw(st.one_of(st.just(""), partial)),
        figures=draw(st.lists(figure, max_size=2)),
        people=draw(unique(pool.short, 3)),
        quote=draw(pool.maybe),
        attributed=draw(pool.maybe_short),
    )


def terms_of(draw: Any, pool: Pool, slugs: list[str], keys: list[str]) -> list[TermDraft]:
    beyond = [f"{slug} [{key}]" for slug in slugs for key in keys]
    return [
        TermDraft(
            slug=slug,
            term=draw(pool.short),
            kind=draw(st.sampled_from(["person", "place", "institution", "term"])),
            definition=draw(pool.short),
            short=draw(pool.maybe_short)[:60].strip(),
            native=draw(st.sampled_from(["", "経済産業省"])),
            aliases=draw(unique(pool.short, 3)),
            common=draw(st.booleans()),
            claims=draw(unique(st.sampled_from(keys), 3)) if keys else [],
            more=draw(st.sampled_from(["", *beyond])),
        )
        for slug in slugs
    ]


def sources_of(draw: Any, pool: Pool, keys: list[str]) -> list[SourceDraft]:
    return [
        SourceDraft(
            key=key,
            title=draw(pool.short),
            kind=draw(pool.short),
            written=draw(partial),
            document=draw(pool.maybe_short),
            url=draw(st.sampled_from(["", "https://example.org/a?b=c#d"])),
            written_note=draw(pool.maybe),
            thesis=draw(pool.maybe),
        )
        for key in keys
    ]


def lessons_of(draw: Any, pool: Pool, slugs: list[str], cited: str) -> list[LessonDraft]:
    return [
        LessonDraft(
            slug=slug,
            title=draw(pool.short),
            summary=draw(pool.maybe),
            objectives=draw(unique(pool.short, 3)),
            body=f"Words{cited}.\n\n{draw(bodies)}",
            status=draw(statuses),
        )
        for slug in slugs
    ]


@st.composite
def contents(draw: Any) -> CourseContent:
    """A course whose parts refer to each other as they should."""
    pool = draw(pools())
    names = draw(unique(slugs, 12, 8))
    topics, sources, lessons, asked = names[:2], names[2:4], names[4:6], names[4:8]
    keys = [f"JR-{number:03d}" for number in range(draw(st.integers(0, 3)))]
    placed = [draw(questions(pool, slug, lessons, topics, keys)) for slug in asked]
    order = [*lessons, ""]
    return CourseContent(
        facts=CourseFacts(
            slug=names[0],
            title=draw(pool.short),
            summary=draw(pool.maybe),
            language=draw(st.sampled_from(["en", "ja", "ru"])),
            access=draw(st.sampled_from(["open", "closed"])),
            status=draw(st.sampled_from(["draft", "published"])),
            exam_date=draw(st.sampled_from(["", "2027-03-01"])),
            exam_target=draw(st.sampled_from([0.5, 0.9, 0.95])),
            desired_retention=draw(st.sampled_from([0.7, 0.9])),
            rests_on_claims=draw(st.booleans()),
        ),
        topics=[TopicDraft(slug, draw(pool.short)) for slug in topics],
        sources=sources_of(draw, pool, sources),
        claims=[draw(claims(pool, key, sources, topics)) for key in keys],
        terms=terms_of(draw, pool, draw(st.sampled_from([[], names[:1], names[2:5]])), keys),
        lessons=lessons_of(draw, pool, lessons, f" [{', '.join(keys)}]" if keys else ""),
        questions=sorted(placed, key=lambda question: order.index(question.lesson)),
        quizzes=[
            QuizDraft(
                slug=slug,
                title=draw(pool.short),
                questions=tuple(draw(unique(st.sampled_from(asked), 3))),
                lesson=draw(st.sampled_from(order)),
                status=draw(statuses),
            )
            for slug in names[8:10]
        ],
        media={"map.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'},
    )


bodies = st.sampled_from(["More.", "- a", "> b", "    code", "日本の対ロ政策"])
comments = st.text(letters, max_size=20).map(lambda said: f"# {said}".rstrip())
