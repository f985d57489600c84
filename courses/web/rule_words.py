"""What the linter's rules are called on pages. Each has a stable name beside it, for files."""

from django.utils.translation import gettext_lazy as _

RULE_LABELS = {
    "no-key": _("No right answer"),
    "duplicate-options": _("Options that say the same"),
    "overlapping-options": _("Options that overlap"),
    "no-claim": _("Rests on no claim"),
    "undated": _("A moment without its date"),
    "no-tolerance": _("A number without a tolerance"),
    "image-without-text": _("A picture without words"),
    "negative-not-marked": _("A negation that may be overlooked"),
    "double-negative": _("Two negations"),
    "absolute-word": _("A word that gives itself away"),
    "unfocused-stem": _("A stem that asks nothing yet"),
    "unattributed-opinion": _("An opinion without its owner"),
    "no-explanation": _("No explanation"),
    "all-or-none-of-the-above": _("All or none of the above"),
    "longest-is-key": _("The longest option is right"),
    "stem-word-in-key": _("A word of the stem in the right option"),
    "grammatical-cue": _("Grammar that gives the answer away"),
    "unordered-numbers": _("Numbers out of order"),
    "many-distractors": _("More wrong options than needed"),
    "key-position": _("The right option at one place"),
    "gives-away": _("Gives away another question"),
    "silenced-for-nothing": _("Silenced for nothing"),
}


def rule_label(rule: str) -> str:
    """Return a rule in words, or its name where it has none yet."""
    return str(RULE_LABELS.get(rule, rule))
