"""What the wording rules look for in English."""

import re

from courses.assessment.domain.linting.words import listed

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)"
# A contrast (“and not”, “not only”) is no negative question; nor is “whether or not”.
NEGATION = re.compile(
    r"(?<!\band )(?<!\bbut )(?<!\bor )(?<!\bif )(?<!, )(?<!\bthough )\b(?:"
    r"not(?! (?:only|just|merely|until|least|long)\b)|cannot|except(?! for one\b)|"
    rf"(?:{_AUXILIARY}n't)|can't|won't|shan't)(?!\w)"
    r"|\bleast (?:likely|probable|important|accurate|appropriate|true)\b"
    rf"|\b(?:which|what|who|whom)\b[^,.;?]*\b{_AUXILIARY} never\b",
    re.IGNORECASE,
)
# Why something is not so is a question about what is the case.
REASON = re.compile(r"\b(?:why|for what reason|how come)\b", re.IGNORECASE)
DENIAL = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither|cannot)\b|n['’]t\b", re.I)
_UN = (
    "able|aware|certain|clear|common|fair|familiar|founded|friendly|happy|important|interested|"
    "just|justified|known|likely|necessary|popular|prepared|reasonable|related|sure|true|usual|"
    "welcome|willing|wise"
)
DOUBLE_NEGATION = re.compile(
    r"\b(?:not|never|cannot|n['’]t|no|nobody|nothing)(?:\s+(?!and\b|but\b|or\b)\w+){0,2}?\s+"
    rf"(?:un(?:{_UN})|impossible|improbable|incorrect|inaccurate|irrelevant|insignificant|"
    r"inconsistent|dissimilar|without|none|nobody|nothing|no one|nowhere)\b"
    r"|\b\w+n['’]t\s+(?:\w+\s+){0,2}?(?:never|no|none|nobody|nothing|not|without)\b"
    r"|\b(?:never|not)\s+(?:\w+\s+){0,1}?(?:never|not)\b"
    r"|\b(?:not|never|n['’]t)\s+(?:fail(?:s|ed)?|den(?:y|ies|ied)|disagree[sd]?)\b",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(
    r"\b(?:always|never|absolutely|completely|entirely|totally|invariably|"
    r"without (?:any )?exceptions?|in (?:every|all) cases?|under no circumstances)\b",
    re.IGNORECASE,
)
WHICH_IS_TRUE = re.compile(
    r"\b(?:which|what|choose|pick|select|mark)\b.*\b(?:true|false|correct|incorrect|right|wrong|"
    r"accurate|inaccurate|applies|apply)\b",
    re.IGNORECASE | re.DOTALL,
)
# In their base form.
SAYING_NOTHING = frozenset(
    listed(
        "true fals correct incorrect right wrong accurat inaccurat best statement option answer "
        "choic sentenc choos pick select mark follow apply appli concern regard complet"
    )
)
DATE = re.compile(r"\b(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})\b")
# The current of a river or a wire is none of time; "the most recent of these" compares.
PASSING = re.compile(
    r"(?<!electric )(?<!electrical )(?<!alternating )(?<!direct )(?<!ocean )(?<!air )"
    r"\b(?:current(?!s|\s+of\b|\s+flow)|currently)\b"
    r"|(?<!more )(?<!most )\brecent(?:ly)?\b|\bmost recently?\b(?! of\b)|\bmost recent\b(?! of\b)"
    r"|\bnowadays\b|\bat present\b|\bpresently\b|\bpresent-day\b|\blately\b|\bthese days\b"
    r"|\b(?:this|last|next) (?:year|month|week)\b|\bas of (?:now|today)\b"
    r"|\b(?:today|right now|until now|so far this)\b",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    r"\baccording to\b|\bin (?:the |its |his |her |their )?(?:\w+['’]s? )?"
    r"(?:view|opinion|eyes|words|judge?ment|account|reasoning|paraphrase)\b"
    r"|\b(?:commentar(?:y|ies)|analys[ie]s|analysts?|source|authors?|critics?|observers?)\b"
    r"|\b(?:argu|claim|conten|conclud|judg|maintain|contend|assert|alleg|reason|suppos)"
    r"(?:e|es|ed|s|ing)?\b"
    r"|\b(?:says?|said|holds?|held|thinks?|thought|believ\w+|expects?|expected|finds?|found|"
    r"describ\w+|reports?|reported|calls?|called|explain\w*|portray\w*|sees?|saw|fears?|feared|"
    r"wonders?|warn\w*|promis\w+|predict\w*|hop(?:e|es|ed)|put down|declared?|announced?|"
    r"worr(?:y|ies|ied)|reaffirm\w*|restat\w+|wants?|wanted)\b",
    re.IGNORECASE,
)
# What names the voice that argues; "thinks" and "sees" may be anybody's.
ARGUED = re.compile(
    r"\baccording to\b|\b(?:commentar(?:y|ies)|analys[ie]s|analysts?|source|authors?|critics?|"
    r"observers?|scholars?|historians?|economists?)\b"
    r"|\b(?:argu|claim|contend|conclud|maintain|assert|alleg)(?:e|es|ed|s|ing)?\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"\b(?:(?:what|which|who|whom|how|why|when|where) should|wrongly|rightly|unfortunately|"
    r"fortunately|luckily|regrettably|obviously|shamefully?|disgraceful|"
    r"most (?:important|significant|serious|dangerous|impressive|successful|convincing)|"
    r"(?:the )?(?:best|worst|greatest|wisest) (?:policy|decision|leader|choice|response|reason|"
    r"argument|solution|thing|way))\b",
    re.IGNORECASE,
)
