"""What the linter finds: which rule, how grave, where, and how to mend it."""

from dataclasses import dataclass

from courses.assessment.domain.messages import Message

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `path` is as in problems (`options[2].text`), "" for the whole."""

    rule: str
    level: str
    path: str
    message: Message

    def __str__(self) -> str:
        """Return the finding in English."""
        place = f"{self.path}: " if self.path else ""
        return f"{place}{self.message} [{self.rule}]"


# What a rule says of one place: the path and the sentence. The registry adds name and level.
Remark = tuple[str, Message]
