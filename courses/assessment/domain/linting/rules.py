"""Every rule of the linter, by its stable name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from courses.assessment.domain.linting import evidence, options, sets, wording
from courses.assessment.domain.linting.findings import ERROR, WARNING, Remark
from courses.assessment.domain.linting.questions import ReadQuestion


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over one question. `on_claims` says that it makes no sense without claims."""

    name: str
    level: str
    look: Callable[[ReadQuestion], Iterator[Remark]]
    on_claims: bool = False


@dataclass(frozen=True, slots=True)
class SetRule:
    """A rule over several questions. `together` says that it is about one quiz only."""

    name: str
    level: str
    look: Callable[[Sequence[ReadQuestion]], Iterator[sets.SetRemark]]
    together: bool = False


RULES = (
    Rule("no-key", ERROR, evidence.no_key),
    Rule("duplicate-options", ERROR, options.duplicate_options),
    Rule("overlapping-options", ERROR, options.overlapping_options),
    Rule("no-claim", ERROR, evidence.no_claim, on_claims=True),
    Rule("undated", ERROR, wording.undated),
    Rule("no-tolerance", ERROR, evidence.no_tolerance),
    Rule("image-without-text", ERROR, evidence.image_without_text),
    Rule("negative-not-marked", WARNING, wording.negative_not_marked),
    Rule("double-negative", WARNING, wording.double_negative),
    Rule("absolute-word", WARNING, wording.absolute_word),
    Rule("unfocused-stem", WARNING, wording.unfocused_stem),
    Rule("unattributed-opinion", WARNING, evidence.unattributed_opinion, on_claims=True),
    Rule("no-explanation", WARNING, evidence.no_explanation),
    Rule("all-or-none-of-the-above", WARNING, options.all_or_none_of_the_above),
    Rule("longest-is-key", WARNING, options.longest_is_key),
    Rule("stem-word-in-key", WARNING, options.stem_word_in_key),
    Rule("grammatical-cue", WARNING, options.grammatical_cue),
    Rule("unordered-numbers", WARNING, options.unordered_numbers),
    Rule("many-distractors", WARNING, options.many_distractors),
)
SET_RULES = (
    SetRule("key-position", WARNING, sets.key_position),
    SetRule("longest-is-key", WARNING, sets.longest_is_key_in_set),
    SetRule("gives-away", WARNING, sets.gives_away, together=True),
)
# Of a question's own `silenced`: it says that something is found which is not.
SILENCED_FOR_NOTHING = "silenced-for-nothing"
RULE_NAMES = tuple(dict.fromkeys(rule.name for rule in (*RULES, *SET_RULES)))
SET_RULE_NAMES = frozenset(rule.name for rule in SET_RULES)
