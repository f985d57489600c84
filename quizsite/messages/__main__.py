"""Keeps the catalogues of the interface's words: `python -m quizsite.messages update | check`.

update            bring every catalogue up to the source, and compile it
update ru         the same; and begin a catalogue for another language
check             name everything that is missing, stale or hard-coded, and fail
missing ja        show what waits for translation
characters ja     print what a font for the language has to have
"""

import sys
from collections.abc import Sequence

from quizsite.messages import catalogues
from quizsite.messages.characters import characters
from quizsite.messages.extracting import extracted
from quizsite.messages.faults import faults, is_translated
from quizsite.messages.hard_coded import hard_coded


def main(arguments: Sequence[str]) -> int:
    command, *rest = arguments or [""]
    if command == "update":
        return _update(rest)
    if command == "missing" and len(rest) == 1:
        return _missing(rest[0])
    if command == "characters" and len(rest) == 1:
        _say(characters(rest[0]))
        return 0
    if command == "check" and not rest:
        return _check()
    _say(str(__doc__))
    return 2


def _update(more: Sequence[str]) -> int:
    for language in sorted({*catalogues.languages(), *more}):
        catalogue = catalogues.updated(catalogues.read(language), extracted())
        catalogues.write(language, catalogue)
        waiting = sum(1 for message in catalogue if message.id and not is_translated(message))
        _say(f"{language}: {len(catalogue)} strings, {waiting} to translate")
    return 0


def _missing(language: str) -> int:
    for message in catalogues.read(language):
        if message.id and not is_translated(message):
            _say(f"{message.context or ''}\t{message.id!r}")
    return 0


def _check() -> int:
    found = extracted()
    wrong = [
        f"{language}: {fault}"
        for language in catalogues.languages()
        for fault in sorted(faults(language, found))
    ] + list(hard_coded())
    for line in wrong:
        _say(line)
    if wrong:
        _say(f"{len(wrong)} faults. `make messages` updates the catalogues (docs/translating.md).")
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
