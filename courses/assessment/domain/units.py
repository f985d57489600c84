"""Units as people write them: which ones measure the same, and by what factor they differ.

Factors are those of the SI brochure; a mile is the international one, a month a twelfth of
a year. A currency is a unit of its own, with no factor to any other.
"""

from dataclasses import dataclass
from decimal import Decimal

# Kind of quantity: {factor to the kind's first unit: its spellings}.
_UNITS: dict[str, dict[str, str]] = {
    "length": {
        "1": "m|meter|metre|メートル",
        "1000": "km|kilometer|kilometre|キロメートル|キロ|км",
        "0.01": "cm|centimeter|centimetre|センチメートル",
        "0.001": "mm|millimeter|millimetre|ミリメートル",
        "1609.344": "mi|mile|マイル",
        "1852": "nmi|nautical mile|海里",
    },
    "area": {
        "1": "m²|sq m|square meter|square metre|平方メートル",
        "10000": "ha|hectare|ヘクタール",
        "1000000": "km²|sq km|square kilometer|square kilometre|平方キロメートル|平方キロ",
    },
    "mass": {
        "1": "kg|kilogram|kilogramme|キログラム",
        "0.001": "g|gram|gramme|グラム",
        "1000": "t|tonne|metric ton|トン",
    },
    "calendar": {"12": "year|yr|y|年|年間|лет|год|года", "1": "month|か月|ヶ月|カ月|ヵ月"},
    "time": {
        "1": "second|sec|s|秒",
        "60": "minute|min|分",
        "3600": "hour|hr|h|時間",
        "86400": "day|d|日|日間",
        "604800": "week|wk|週間",
    },
    "share": {"1": "%|per cent|percent|pct|パーセント"},
    "points": {"1": "percentage point|pp|ポイント"},
    "US dollar": {"1": "us dollar|dollar|usd|us$|$|ドル|米ドル"},
    "yen": {"1": "yen|japanese yen|jpy|¥|円"},
    "euro": {"1": "euro|eur|€|ユーロ"},
    "rouble": {"1": "rouble|ruble|rub|₽|ルーブル"},
    "yuan": {"1": "yuan|renminbi|cny|rmb|人民元|元"},
    "people": {"1": "people|person|persons|人|名"},
}
_SCALES: dict[str, str] = {
    "1000": "thousand|k|千|тыс",
    "10000": "万",
    "1000000": "million|m|mn|mio|mln|млн",
    "100000000": "億",
    "1000000000": "billion|bn|b|bln|млрд",
    "1000000000000": "trillion|tn|trn|兆",
}
_SPELT: dict[str, tuple[str, Decimal]] = {
    spelling: (kind, Decimal(factor))
    for kind, units in _UNITS.items()
    for factor, spellings in units.items()
    for spelling in spellings.split("|")
}
_SCALE: dict[str, Decimal] = {
    spelling: Decimal(factor)
    for factor, spellings in _SCALES.items()
    for spelling in spellings.split("|")
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a phrase measures in: `factor` times the first unit of `kind`; "" for a bare scale."""

    kind: str
    factor: Decimal
    scale: Decimal = Decimal(1)


def same_unit(one: str, other: str) -> bool:
    """Say whether two phrases, in one case and width, are one unit but for its number."""
    return _singular(one) == _singular(other)


def factor_between(phrase: str, unit: str) -> Decimal | None:
    """Return what a number in `phrase` is multiplied by to be in `unit`; None if nobody knows.

    Both are in one case and width. "8000 km" for kilometres gives 1, "5500 million" for
    "billion US dollars" 0.001. Where a spelling has two meanings, as "m" has, the one that
    measures the same as `unit` counts.
    """
    main = _main(unit)
    readings = _readings(phrase)
    for measure in readings:
        if measure.kind and measure.kind == main.kind:
            return measure.factor / main.factor
    # "5 billion" of what the unit says
    bare = [measure for measure in readings if not measure.kind]
    return bare[0].factor / main.scale if bare else None


def other_factors(unit: str) -> list[Decimal]:
    """Return the factors, other than 1, by which units of the same kind differ from `unit`."""
    main = _main(unit)
    factors = [Decimal(factor) / main.factor for factor in _UNITS.get(main.kind, ())]
    return [factor for factor in factors if factor != 1]


def _main(unit: str) -> Measure:
    """Return what the unit of a question most likely means: a known quantity, or what it scales."""

    def doubt(measure: Measure) -> tuple[bool, bool, bool]:
        return measure.kind not in _UNITS, measure.scale == 1, not measure.kind

    return min(_readings(unit), key=doubt)


def _readings(phrase: str) -> list[Measure]:
    """Return what a phrase may measure in, the longest name first; words of its own at last."""
    found = [_measure(phrase, Decimal(1))]
    for spelling, scale in _SCALE.items():
        if not phrase.startswith(spelling):
            continue
        rest = phrase.removeprefix(spelling)
        # A Latin scale is a word: the "m" of "mm" is none. "億円" has no space.
        if rest and rest[0] != " " and spelling.isascii():
            continue
        rest = rest.strip(" .")
        found.append(_measure(rest, scale) if rest else Measure("", scale, scale))
    return found


def _measure(phrase: str, scale: Decimal) -> Measure:
    for name in (phrase, _singular(phrase)):
        if name in _SPELT:
            kind, factor = _SPELT[name]
            return Measure(kind, factor * scale, scale)
    return Measure(f"({_singular(phrase)})", scale, scale)


def _singular(phrase: str) -> str:
    """Return an English noun without the ending of its plural; other words may lose an s, too."""
    phrase = phrase.rstrip(" .")
    if phrase.endswith("ies"):
        return f"{phrase[:-3]}y"
    return phrase[:-1] if phrase.endswith("s") and not phrase.endswith("ss") else phrase
