"""Titles that people put to a name, before it in most languages and behind it in Japanese."""

import re

from courses.assessment.domain.text_matching import normalise

# Only what stands to a name and hardly begins another answer: no "general", no "minister".
_TITLES = (
    "PM", "Prime Minister", "Deputy Prime Minister", "Premier", "President", "Vice President",
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir", "Foreign Minister",
    "Defence Minister", "Defense Minister", "Ambassador", "Minister for Foreign Affairs",
    "Minister of Foreign Affairs", "Minister of Defence", "Minister of Defense",
    "Secretary of State", "Secretary General", "Chief Cabinet Secretary", "Chancellor", "Senator",
    "Former Prime Minister", "Former President", "Former Foreign Minister",
    "Президент", "Премьер-министр", "Министр иностранных дел", "Министр обороны", "Г-н", "Г-жа",
)  # fmt: skip
_BEFORE = frozenset(map(normalise, _TITLES))
_LONGEST = max(len(title.split()) for title in _BEFORE)
_BEHIND = re.compile(
    r"[\s・]*(?:[元前]?(?:首相|総理大臣|総理|内閣総理大臣|大統領|副大統領|外相|外務大臣|防衛相|"
    r"防衛大臣|官房長官|大使|国家主席|書記長|教授)|博士|氏|さん)$"
    r"|[\s\-](?:san|sama)$",
    re.IGNORECASE,
)


def without_titles(text: str) -> str:
    """Return a name without the titles beside it; a text that is all title stays."""
    words = text.split()
    count = min(_LONGEST, len(words) - 1)
    while count > 0:
        if normalise(" ".join(words[:count])) in _BEFORE:
            words = words[count:]
            count = min(_LONGEST, len(words) - 1)
        else:
            count -= 1
    bare = " ".join(words)
    shorter = _BEHIND.sub("", bare)
    return shorter if any(map(str.isalnum, shorter)) else bare
