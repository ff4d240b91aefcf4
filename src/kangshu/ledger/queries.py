"""Questions about funds: what was allotted, received and spent, by source and by institution, and whether the
parts add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from kangshu.declare.fund import Fund, funds_by_id
from kangshu.kernel.money import percentage
from kangshu.ledger.models import Account, Allotment, Posting, YearBalance

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class FundYear:
    """A fund in a year, in yuan."""

    fund: Fund
    year: int
    allotted: Decimal
    received: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """Of the allotment."""
        return self.allotted - self.spent

    @property
    def purse(self) -> Decimal:
        """What was received and not spent; below zero where spending ran ahead of the money."""
        return self.received - self.spent

    @property
    def use_rate(self) -> Decimal | None:
        """Spent ÷ allotted in percent; None without an allotment."""
        return percentage(self.spent, self.allotted)


@dataclass(frozen=True)
class SourceLine:
    """One source of a fund in a year."""

    title: object
    allotted: Decimal
    received: Decimal

    @property
    def outstanding(self) -> Decimal:
        return self.allotted - self.received


@dataclass(frozen=True)
class PlaceLine:
    """What one institution has spent; `institution` None: in programmes that the reader may not see."""

    institution: str | None
    spent: Decimal
    payments: int
    people: int


def fund_years(year: int) -> list[FundYear]:
    """Every declared fund in a year."""
    rows = {row.fund: row for row in YearBalance.objects.filter(year=year)}
    return [_year(fund, year, rows.get(id)) for id, fund in funds_by_id().items()]


def fund_year(fund: Fund, year: int) -> FundYear:
    return _year(fund, year, YearBalance.objects.filter(fund=fund.id, year=year).first())


def sources_of(fund: Fund, year: int) -> list[SourceLine]:
    """By source: allotted and received. Their sums are the fund's, or `check_parts` says what is apart."""
    allotted = _sums(Allotment.objects.filter(fund=fund.id, year=year), "source")
    grants = _sums(Posting.objects.filter(fund=fund.id, year=year, credit=Account.SOURCES), "source")
    back = _sums(Posting.objects.filter(fund=fund.id, year=year, debit=Account.SOURCES), "source")
    return [
        SourceLine(
            source.title,
            allotted.get(source.code, NOTHING),
            grants.get(source.code, NOTHING) - back.get(source.code, NOTHING),
        )
        for source in fund.sources
        if source.code in allotted or source.code in grants
    ]


def places_of(fund: Fund, year: int) -> list[PlaceLine]:
    """What each institution has spent, in the order of the tree. What the reader may not see stands in one
    line without a name, so that the lines add up to the fund."""
    rows = (
        Posting.objects.filter(fund=fund.id, year=year)
        .exclude(institution=None)
        .select_related("institution")
        .order_by("institution__path")
    )
    spent: dict[str, Decimal] = {}
    paid: dict[str, int] = {}
    people: dict[str, set] = {}
    for row in rows:
        name = row.institution.name
        if Account.SPENT not in (row.debit, row.credit):
            continue
        sign = 1 if row.debit == Account.SPENT else -1
        spent[name] = spent.get(name, NOTHING) + sign * row.amount
        paid[name] = paid.get(name, 0) + (sign if row.kind != "refund" else 0)
        if row.person_id and row.kind == "spend" and not hasattr(row, "reversed_by"):
            people.setdefault(name, set()).add(row.person_id)
    lines = [PlaceLine(name, amount, paid[name], len(people.get(name, ()))) for name, amount in spent.items()]
    hidden = fund_year(fund, year).spent - sum(spent.values(), NOTHING)
    return [*lines, PlaceLine(None, hidden, 0, 0)] if hidden else lines


def check_parts(fund: Fund, year: int) -> Mapping[str, tuple[Decimal, Decimal]]:
    """Where the sum of the parts is not the fund's own total: name → (sum, total). Empty in sound books."""
    whole = fund_year(fund, year)
    sources = sources_of(fund, year)
    pairs = {
        "allotted": (sum((one.allotted for one in sources), NOTHING), whole.allotted),
        "received": (sum((one.received for one in sources), NOTHING), whole.received),
        "spent": (sum((one.spent for one in places_of(fund, year)), NOTHING), whole.spent),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def postings_of(fund: Fund, year: int) -> QuerySet[Posting]:
    """The postings of a fund in a year that the reader may see, latest first."""
    rows = Posting.objects.filter(fund=fund.id, year=year)
    return rows.select_related("institution", "person", "reversed_by").order_by("-on", "-at", "-id")


def allotments_of(fund: Fund, year: int) -> QuerySet[Allotment]:
    return Allotment.objects.filter(fund=fund.id, year=year).order_by("-on", "-at")


def _year(fund: Fund, year: int, row: YearBalance | None) -> FundYear:
    if row is None:
        return FundYear(fund, year, NOTHING, NOTHING, NOTHING)
    return FundYear(fund, year, row.allotted, row.received, row.spent)


def _sums(rows: QuerySet, field: str) -> dict[str, Decimal]:
    return dict(rows.values_list(field).annotate(total=Sum("amount")).order_by(field))
