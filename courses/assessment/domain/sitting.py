"""When a quiz can be sat by one learner: its rules with what this learner is granted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# An autosave that was under way at the deadline still counts.
GRACE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Grant:
    """What one learner is granted; None: as for everybody."""

    time_factor: float | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    extra_attempts: int | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """The rules of a quiz for one learner. Times are aware; None: no such limit."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_limit: timedelta | None = None
    attempts_allowed: int | None = None

    def granted(self, *grants: Grant) -> "Sitting":
        """Return the rules with grants applied, the most particular one last."""
        rules = self
        for grant in grants:
            limit, allowed = rules.time_limit, rules.attempts_allowed
            if limit is not None and grant.time_factor is not None and self.time_limit is not None:
                limit = self.time_limit * grant.time_factor
            if allowed is not None and grant.extra_attempts is not None:
                allowed = (self.attempts_allowed or 0) + grant.extra_attempts
            rules = Sitting(
                opens_at=grant.opens_at or rules.opens_at,
                closes_at=grant.closes_at or rules.closes_at,
                time_limit=limit,
                attempts_allowed=allowed,
            )
        return rules

    def is_open(self, now: datetime) -> bool:
        """Tell whether an attempt may begin at `now`."""
        begun = self.opens_at is None or now >= self.opens_at
        return begun and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Tell whether the closing time has come."""
        return self.closes_at is not None and now >= self.closes_at

    def deadline(self, started_at: datetime) -> datetime | None:
        """Return when an attempt begun at `started_at` ends by itself, None if it does not."""
        ends = [] if self.time_limit is None else [started_at + self.time_limit]
        if self.closes_at is not None:
            ends.append(self.closes_at)
        return min(ends, default=None)
