"""What an import did, or would do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.content.domain.drafts import Changes

_VERBS = ("created", "changed", "restored", "archived")
_SHOWN = 12


@dataclass
class ImportReport:
    """What became of each kind of record; `dry_run` means that nothing of it was kept."""

    course: str
    created: bool = False
    facts_changed: bool = False
    notes_changed: bool = False
    sections: dict[str, Changes] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        records = any(self.sections.values())
        return self.created or self.facts_changed or self.notes_changed or records

    def lines(self) -> Iterator[str]:
        """Yield what is worth telling, a line for each kind of change."""
        if self.created:
            yield f"The course {self.course} is new."
        elif self.facts_changed:
            yield f"The facts of the course {self.course} changed."
        for name, changes in self.sections.items():
            for verb in _VERBS:
                if names := getattr(changes, verb):
                    yield f"{name}: {len(names)} {verb} ({_shortened(names)})"
        if self.notes_changed:
            yield "Comments changed."
        if not self.changed:
            yield f"The course {self.course} was as in the folder; nothing changed."
        elif self.dry_run:
            yield "This was a trial: nothing was kept."


def _shortened(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
