"""Says what is wrong with a catalogue: what is missing, stale, or would not fit when shown."""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from quizsite.messages import catalogues

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")
_TAG = re.compile(r"</?[a-z][^<>]*>")


def faults(language: str, found: Catalog) -> Iterator[str]:
    """Return a sentence for everything in a language's catalogue that `make messages` or a
    translator has to mend; `found` holds the strings of the source."""
    catalogue = catalogues.read(language)
    ours, theirs = _by_key(found), _by_key(catalogue)
    for key in ours.keys() - theirs.keys():
        yield f"not in the catalogue: {_shown(ours[key])}"
    for key in theirs.keys() - ours.keys():
        yield f"no longer in the source: {_shown(theirs[key])}"
    for message in catalogue.obsolete.values():
        yield f"obsolete: {_shown(message)}"
    for key in ours.keys() & theirs.keys():
        if ours[key].id != theirs[key].id:
            yield f"other plural than in the source: {_shown(theirs[key])}"
        else:
            yield from (f"{fault}: {_shown(theirs[key])}" for fault in _of(theirs[key]))
    yield from _of_compiled(language, catalogue)


def _by_key(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(one.context, forms(one.id)[0]): one for one in catalogue if one.id}


def forms(text: object) -> tuple[str, ...]:
    """Return what stands in an entry: one text, or one for each plural form."""
    return tuple(map(str, text)) if isinstance(text, (list, tuple)) else (str(text or ""),)


def is_translated(message: Message) -> bool:
    """Return whether every form of an entry has its translation."""
    given = forms(message.string)
    return bool(given) and all(given)


def _shown(message: Message) -> str:
    context = f" ({message.context})" if message.context else ""
    return f"{forms(message.id)[0]!r}{context}"


def _of(message: Message) -> Iterator[str]:
    """Return what is wrong with the translation of one string."""
    if message.fuzzy:
        yield "marked as fuzzy"
    asked, given = forms(message.id), forms(message.string)
    if not is_translated(message):
        yield "not translated"
        return
    # The last form of every language is that of many; only rarer ones may leave a number out.
    if _placeholders(given[-1]) != _placeholders(asked[-1]):
        yield "its placeholders differ"
    known = set().union(*map(_placeholders, asked))
    if any(set(_placeholders(form)) - known for form in given):
        yield "a placeholder is not known"
    if any(_tags(form) != _tags(asked[-1]) for form in given):
        yield "its HTML tags differ"
    # a separator alone may be written without space
    if asked[-1].strip(" ,;") and any(_ends(form) != _ends(asked[-1]) for form in given):
        yield "it begins or ends with other space"


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def _tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))


def _ends(text: str) -> tuple[str, str]:
    """Return the white space that a text begins and ends with."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _of_compiled(language: str, catalogue: Catalog) -> Iterator[str]:
    path = catalogues.compiled_file(language)
    if not path.exists() or path.read_bytes() != catalogues.as_compiled(catalogue):
        yield "the compiled catalogue is stale"
