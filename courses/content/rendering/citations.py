"""The inline citation, `[JR-013]` or `[JR-013, JR-014]`."""

import re
from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

KEY_PATTERN = r"[A-Z][A-Z0-9]{0,15}-[0-9]{1,8}"
KEY = re.compile(KEY_PATTERN)
# Not before ( or [, where the bracket would be a link's text. A colon may follow, for it is the
# sentence's: the definition of a link stands alone, and is gone before citations are looked for.
_CITATION = re.compile(rf"\[({KEY_PATTERN}(?:[ \t]*,[ \t\n]*{KEY_PATTERN})*)\](?![(\[])")


def cited_keys(text: str) -> list[str]:
    """Return the keys of the claims that `text` cites, in order, each once."""
    return list(citation_counts(text))


def citation_counts(text: str) -> Counter[str]:
    """Return how often `text` cites each claim, in the order of their first citations."""
    return Counter(key for match in _CITATION.finditer(text) for key in KEY.findall(match[1]))


def without_citations(text: str) -> str:
    """Return `text` with its citations taken out."""
    return _CITATION.sub("", text)


def citations_plugin(md: MarkdownIt) -> None:
    """Teach `md` citations of claims."""
    md.inline.ruler.before("link", "citation", _citation)


def _citation(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        # a reference stands at its word, whatever space the author left before it
        state.pending = state.pending.rstrip(" ")
        token = state.push("citation", "", 0)
        token.content = match[0]
        keys = [key.strip() for key in match[1].split(",")]
        token.meta = {"keys": list(dict.fromkeys(keys)), "position": state.pos}
    state.pos = match.end()
    return True
