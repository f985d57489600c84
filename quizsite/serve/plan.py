"""What is to be started, as plain data: written by the command, read by the supervisor."""

import json
from dataclasses import asdict, dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Child:
    """One process to keep running.

    `stop_rank`: children are stopped in groups, the lowest first, each group given
    `stop_seconds` before it is killed. `after_web`: started once the site answers, so
    that the first page need not share the processors. `on_terminal`: whether what it
    says is shown, or only kept in the log.
    """

    name: str
    command: list[str]
    stop_rank: int
    stop_seconds: float
    after_web: bool = False
    on_terminal: bool = True
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """All children, where they write, and what to say.

    `greeting` is said once the site answers; `must_be_seen`, which is part of it, also when
    it never does (passwords are made once). Neither is written to a log.
    """

    children: list[Child]
    folder: str
    host: str
    port: int
    address: str
    greeting: str
    must_be_seen: str = ""
    broker_socket: str = ""
    inherited: list[int] = field(default_factory=list)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        data = json.loads(text)
        children = [Child(**child) for child in data.pop("children")]
        return cls(children=children, **data)
