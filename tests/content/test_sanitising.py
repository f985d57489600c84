"""Nothing that an author writes runs, wherever it is written."""

from html.parser import HTMLParser

import pytest

from courses.content.rendering import Picture, render_body, render_inline
from courses.content.rendering.sanitising import sanitise

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt/x>alert(1)</sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html;base64,PHNjcmlwdD4='></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input name=q></form>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](/ok "t\\" onmouseover=alert(1) x=\\"")',
    "`<script>alert(1)</script>`",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    '```" onmouseover="alert(1)\nx\n```',
    "[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: x",
    "| <script>alert(1)</script> |\n|---|\n| <img onerror=alert(1) src=x> |",
    "# <script>alert(1)</script>",
    "::: note <script>alert(1)</script>\nx\n:::",
    '::: note " onmouseover="alert(1)\nx\n:::',
    "::: analysis <img src=x onerror=alert(1)>\nx\n:::",
    "::: prompt <img src=x onerror=alert(1)>\n<script>alert(1)</script>\n:::",
    "::: summary <script>alert(1)</script>\n<svg onload=alert(1)>\n:::",
    '::: chart <script>alert(1)</script>\nunit: " onload="alert(1)\n'
    '- "><script>alert(1)</script> | 5 [JR-001]\nmessage: <svg onload=alert(1)>\n:::',
    "[x](glossary:javascript:alert(1))",
    '[x](glossary:"onmouseover=alert(1))',
    '::: quote " onclick=alert(1) | <script>alert(1)</script>\nx\n:::',
    "::: timeline <script>alert(1)</script>\n- <script> | <b onclick=alert(1)>\n:::",
    '::: timeline\n- 2022" onclick="alert(1) | x\n:::',
    '::: figure map.svg\n<script>alert(1)</script>\nalt: x" onerror="alert(1)\n:::',
    '::: figure javascript:alert(1)\nc\nalt: "><script>alert(1)</script>\n:::',
    "::: figure ../../etc/passwd\nc\nalt: a\n:::",
    "::: question <script>alert(1)</script>\n:::",
    "::: note\n::: note\n::: note\n<script>alert(1)</script>",
    "::: quote a\n::: figure map.svg\n<script>alert(1)</script>",
    ":::::: note\n<script>alert(1)</script>\n:::",
    "> > > > ::: note\n> > > > <script>alert(1)</script>",
    "{{ 7|add:7 }} {% load x %}",
    "<<script>script>alert(1)<</script>/script>",
    "\u202e<script>alert(1)</script>",
    "[JR-001]<script>alert(1)</script>",
]
TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "img", "li", "ol", "p", "pre", "section", "span", "strong", "sup"),
    *("table", "tbody", "td", "th", "thead", "time", "tr", "ul", "details", "summary"),
    *("svg", "rect", "circle"),
}
ATTRIBUTES = {
    *("href", "title", "class", "id", "data-claim", "aria-label", "rel", "src", "alt", "width"),
    *("height", "loading", "decoding", "role", "tabindex", "start", "scope", "datetime"),
    *("data-term", "aria-hidden", "viewbox", "cx", "cy", "r"),
}
ADDRESSES = ("/", "#", "https://", "http://", "mailto:")


class Strict(HTMLParser):
    """Reads HTML as a browser would, and fails on all that a lesson has no use for."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, (tag, name)
            if tag == "img" and name == "src":
                assert (value or "").startswith("/"), value
            if name in ("href", "src"):
                assert (value or "").lower().startswith(ADDRESSES), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def must_be_harmless(html: str) -> None:
    reader = Strict(convert_charrefs=True)
    reader.feed(html)
    reader.close()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "frame",
    ["{}", "Words {} words", "- {}", "> {}", "::: note {}\nx\n:::", "*{}*", "[JR-001] {}"],
)
def test_nothing_in_a_lesson_runs(payload, frame):
    lesson = render_body(
        frame.replace("{}", payload),
        claim_urls={"JR-001": "/c/"},
        pictures={"map.svg": Picture("/m", 1, 1)},
    )

    for part in lesson.parts:
        if part.kind == "html":
            must_be_harmless(str(part.html))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_stem_or_option_runs(payload):
    must_be_harmless(render_inline(payload))
    must_be_harmless(render_inline(payload, course_slug="russia"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_second_lock_holds_by_itself(payload):
    must_be_harmless(sanitise(payload))


@pytest.mark.parametrize(
    "drawn",
    [
        '<rect fill="url(https://evil.example/x)"></rect>',
        '<rect width="expression(1)"></rect>',
        '<circle cx="1e99" class="other"></circle>',
        '<use href="https://evil.example/x.svg#a"></use>',
        '<a xlink:href="javascript:alert(1)">x</a>',
        "<foreignObject><b onclick=alert(1)>x</b></foreignObject>",
        "<style>*{}</style>",
    ],
)
def test_a_drawing_is_made_of_measured_shapes_only(drawn):
    left = sanitise(f"<svg>{drawn}</svg>")

    must_be_harmless(left)
    assert not any(word in left for word in ("evil", "expression", "1e99", "other", "style"))


def test_what_authors_write_as_html_is_shown_as_they_wrote_it():
    assert render_inline("a <b>bold</b> claim") == "a &lt;b&gt;bold&lt;/b&gt; claim"


@pytest.mark.parametrize(
    "body",
    [
        "[" * 60_000,
        ">" * 60_000,
        "- " * 40_000,
        "*a **a " * 9_000,
        "::: note\n" * 7_000,
        "[JR-1, " * 9_000,
        "\n".join(" " * level + "- x" for level in range(400)),
        "`" * 60_000,
        "[^" * 15_000,
        "::: chart a\n" * 15_000,
        "::: chart a\n- a | 1\n:::\n" * 8_000,
        "::: summary\na\n:::\n" * 8_000,
        "[a](glossary:b)" * 12_000,
    ],
    ids=[
        *("brackets", "quotes", "lists", "stars", "blocks", "cites", "steps", "ticks", "notes"),
        *("open charts", "charts", "summaries", "terms"),
    ],
)
def test_a_hostile_text_is_rendered_without_falling_over(body):
    for part in render_body(body, claim_urls={}, pictures={}).parts:
        assert part.kind == "html"
