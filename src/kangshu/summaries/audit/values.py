"""What an audit says: the closed list of kinds, how sure a finding is, and the findings themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kangshu.kernel.text import Text


class Kind(StrEnum):
    """What is wrong, or what was checked. The list is closed: other programs read it."""

    RATE = "rate"
    UNREACHABLE_RATE = "unreachable_rate"
    PARTS_AND_TOTAL = "parts_and_total"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    SAME_QUANTITY_TWO_VALUES = "same_quantity_two_values"
    RATES_INCOMPATIBLE = "rates_incompatible"
    PRODUCT = "product"
    COMPLETION = "completion"
    CHANGE = "change"
    UNIT = "unit"
    MAGNITUDE = "magnitude"
    DATE = "date"
    CLASSIFICATION = "classification"
    NUMBERING = "numbering"


class Level(StrEnum):
    """`PROVEN`: the figures of the text leave no other reading. `NEAR_CERTAIN`: another reading would be
    strange. `ASK`: worth a question to whoever wrote it."""

    PROVEN = "proven"
    NEAR_CERTAIN = "near_certain"
    ASK = "ask"


LEVEL_ORDER = (Level.PROVEN, Level.NEAR_CERTAIN, Level.ASK)


@dataclass(frozen=True, order=True)
class Quote:
    """Words of the document: `text` is at code points `start` to `end` (exclusive) of the text as read."""

    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end}


Number = int | float | str | None


@dataclass(frozen=True)
class Finding:
    """Something that cannot be, or should be asked about. `why` carries the sum; `suggestion` a wording."""

    kind: Kind
    level: Level
    quotes: tuple[Quote, ...]
    why: Text
    stated: Number | tuple[Number, ...] = None
    computed: Number = None
    suggestion: Text | None = None

    def to_json(self) -> dict[str, Any]:
        stated = list(self.stated) if isinstance(self.stated, tuple) else self.stated
        return {
            "kind": str(self.kind),
            "level": str(self.level),
            "quotes": [quote.to_json() for quote in self.quotes],
            "stated": stated,
            "computed": self.computed,
            "why": self.why.zh,
            "why_en": self.why.en,
            "suggestion": self.suggestion.to_json() if self.suggestion else None,
        }


@dataclass(frozen=True)
class Held:
    """A check that was made and found right, so that silence elsewhere can be read."""

    kind: Kind
    quotes: tuple[Quote, ...]
    why: Text

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "quotes": [quote.to_json() for quote in self.quotes],
            "why": self.why.zh,
            "why_en": self.why.en,
        }


@dataclass(frozen=True)
class Determined:
    """A masked figure whose value the rest of the text leaves no choice about, or only a range."""

    quote: Quote
    low: Number
    high: Number
    why: Text

    def to_json(self) -> dict[str, Any]:
        return {
            "quote": self.quote.to_json(),
            "low": self.low,
            "high": self.high,
            "why": self.why.zh,
            "why_en": self.why.en,
        }


@dataclass(frozen=True)
class ReadFigure:
    """A figure as it was read. `value` is in the unit given (万 and 亿 resolved); None where it is masked."""

    quote: Quote
    value: Number
    unit: str
    subject: str
    period: str | None = None
    indicator: str | None = None

    def to_json(self) -> dict[str, Any]:
        return self.quote.to_json() | {
            "value": self.value,
            "unit": self.unit,
            "subject": self.subject,
            "period": self.period,
            "indicator": self.indicator,
        }


@dataclass(frozen=True)
class Audit:
    """Everything one audit found in one document."""

    document: str
    text: str
    findings: tuple[Finding, ...]
    held: tuple[Held, ...]
    figures: tuple[ReadFigure, ...]
    determined: tuple[Determined, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The format of `kangshu summary audit --json`."""
        return {
            "document": self.document,
            "text": self.text,
            "findings": [finding.to_json() for finding in self.findings],
            "held": [held.to_json() for held in self.held],
            "figures": [figure.to_json() for figure in self.figures],
            "determined": [determined.to_json() for determined in self.determined],
        }
