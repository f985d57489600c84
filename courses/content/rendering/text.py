"""What tokens say in plain words."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_SAID = ("text", "code_inline", "softbreak", "hardbreak", "text_special")


def plain_text(token: Token) -> str:
    """Return what an inline token says, without marks and citations."""
    words = (
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type in _SAID
    )
    return "".join(words).strip()


def all_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield every token, those inside paragraphs too."""
    for token in tokens:
        yield token
        yield from token.children or ()
