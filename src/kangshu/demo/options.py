"""What a synthetic county is asked to be, and what was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kangshu.kernel.dates import china_today

SMALLEST, LARGEST = 200, 2_000_000
DEFAULT_COUNTY = "321322"


@dataclass(frozen=True)
class Options:
    """`residents`: about how many people; `seed`: the same number makes the same county on the same day.

    `county` is the six-digit division whose real tree of townships and villages is used; `today` the day the
    county's work reaches to. Records go back to 1 October of the year before `today`'s. `programmes` are the
    services that get records beside hypertension; None: all that have a recipe.
    """

    residents: int = 20_000
    seed: int = 1
    county: str = DEFAULT_COUNTY
    today: date = field(default_factory=china_today)
    divisions: Path | None = None
    programmes: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not SMALLEST <= self.residents <= LARGEST:
            raise ValueError(
                f"a demo county has {SMALLEST:,} to {LARGEST:,} residents, not {self.residents:,}"
            )

    @property
    def begins(self) -> date:
        """The first day of recorded work."""
        return date(self.today.year - 1, 10, 1)


@dataclass(frozen=True)
class Generated:
    """What was made: rows by table, where the planted faults are listed, how long it took (seconds)."""

    rows: dict[str, int]
    planted: Path
    seconds: float
