"""What the report finds: errors, which must be mended, and remarks, which are worth a look."""

from dataclasses import dataclass

ERROR, REMARK = "error", "remark"


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `rule` is a stable name, `where` a file or a record."""

    severity: str
    rule: str
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def error(rule: str, where: str, sentence: str) -> Finding:
    return Finding(ERROR, rule, where, sentence)


def remark(rule: str, where: str, sentence: str) -> Finding:
    return Finding(REMARK, rule, where, sentence)
