"""The package of a year: made from the national services, changed by the bureau, followed month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.appraisal.models import Item, Package
from kangshu.appraisal.national import services_in, subsidy_in
from kangshu.appraisal.refusals import PackageExists, ThingNotFound, bad
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.indicator import Indicator, Months
from kangshu.declare.registry import UnknownDeclaration
from kangshu.indicators import board
from kangshu.indicators.engine.compute import Question, compute_all, is_possible
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.reported import figures_of, reported
from kangshu.indicators.results import Result
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.actor import Actor
from kangshu.kernel.money import percentage, yuan
from kangshu.kernel.periods import Period
from kangshu.kernel.periods import year as year_period
from kangshu.kernel.text import Text
from kangshu.places.errors import UnknownPopulation
from kangshu.places.models import Institution
from kangshu.places.queries import population

EDIT = "set.target"
_FIELDS = (
    "category_zh", "category_en", "title_zh", "title_en", "standard_zh", "standard_en", "people_zh",
    "people_en", "frequency_zh", "frequency_en", "unit", "unit_cost", "quantity", "rates",
)  # fmt: skip


@dataclass(frozen=True)
class ItemPlan:
    """A service as an officer states it; what stands in one language only stands for both."""

    category_zh: str
    title_zh: str
    unit: str
    category_en: str = ""
    title_en: str = ""
    standard_zh: str = ""
    standard_en: str = ""
    people_zh: str = ""
    people_en: str = ""
    frequency_zh: str = ""
    frequency_en: str = ""
    unit_cost: Decimal | None = None
    quantity: str = ""
    rates: tuple[str, ...] = ()


def make_package(*, year: int, by: Actor, now: datetime) -> Package:
    """A year's package: a copy of the year before, or the national services with the least subsidy.

    Raises BadInput, NotAllowed, PackageExists.
    """
    check_allowed(by, EDIT)
    if not 2009 <= year <= 2100:
        raise bad("year", "year", "没有这个年度。", "There is no such year.", year)
    with transaction.atomic():
        if Package.objects.filter(year=year).exists():
            raise PackageExists(year)
        before = Package.objects.filter(year=year - 1).first()
        made = Package.objects.create(
            year=year,
            per_person=max(subsidy_in(year), before.per_person if before else Decimal(0)),
            source="国家最低补助标准" if before is None else f"沿用{year - 1}年",
            made_by=by.account_id,
            made_at=now,
        )
        plans = [_as_plan(item) for item in before.items.all()] if before else _national(year)
        Item.objects.bulk_create(_item(made, number, plan) for number, plan in enumerate(plans, start=1))
        log.write(by=by, action="package.made", about=made, detail={"year": year, "items": len(plans)})
    return made


def set_subsidy(*, year: int, per_person: Decimal, source: str, by: Actor) -> Package:
    """The money for each resident, and by which document. Raises BadInput, NotAllowed, ThingNotFound."""
    check_allowed(by, EDIT)
    if not per_person.is_finite() or not 0 < per_person < 10_000:
        raise bad("per_person", "range", "请填写人均补助（元）。", "Give the yuan for each resident.")
    if len(source.strip()) < 4:
        raise bad("source", "required", "请写明依据的文件。", "Name the document that says so.")
    with transaction.atomic():
        found = Package.objects.select_for_update().filter(year=year).first()
        if found is None:
            raise ThingNotFound
        before, found.per_person, found.source = found.per_person, yuan(per_person), source.strip()[:200]
        found.save(update_fields=["per_person", "source"])
        log.write(
            by=by, action="package.subsidy", about=found, detail={"per_person": [before, found.per_person]}
        )
    return found


def set_item(*, year: int, item: UUID | None, plan: ItemPlan, by: Actor) -> Item:
    """Change a service of a year, or add one (`item` None); the trail keeps what it was.

    Raises BadInput, NotAllowed, ThingNotFound.
    """
    check_allowed(by, EDIT)
    _check(plan)
    with transaction.atomic():
        package = Package.objects.select_for_update().filter(year=year).first()
        found = package and item and package.items.filter(pk=item).first()
        if package is None or (item and not found):
            raise ThingNotFound
        if package.items.filter(title_zh=plan.title_zh.strip()).exclude(pk=item).exists():
            raise bad("title_zh", "twice", "本年度已有同名项目。", "The year has a service of this name.")
        made = found or Item(package=package, position=package.items.count() + 1)
        before = {name: str(getattr(made, name)) for name in _FIELDS} if found else {}
        for name in _FIELDS:
            setattr(made, name, _stored(getattr(plan, name)))
        made.save()
        changed = {
            name: [was, str(getattr(made, name))]
            for name, was in before.items()
            if was != str(getattr(made, name))
        }
        log.write(by=by, action="package.item_set", about=made, detail={"year": year, "changed": changed})
    return made


def drop_item(*, item: UUID, reason: str, by: Actor) -> None:
    """Take a service out of its year. Raises BadInput, NotAllowed, ThingNotFound."""
    check_allowed(by, EDIT)
    if len(reason.strip()) < 4:
        raise bad("reason", "required", "请写明理由。", "Say why.")
    with transaction.atomic():
        found = Item.objects.select_related("package").filter(pk=item).first()
        if found is None:
            raise ThingNotFound
        detail = {"year": found.package.year, "title": found.title_zh}
        log.write(by=by, action="package.item_dropped", about=found, reason=reason.strip(), detail=detail)
        found.delete()


def _check(plan: ItemPlan) -> None:
    for name in ("category_zh", "title_zh", "unit"):
        if not getattr(plan, name).strip():
            raise bad(name, "required", "请填写此项。", "Please fill this in.")
    if plan.unit_cost is not None and not (plan.unit_cost.is_finite() and 0 <= plan.unit_cost < 10**7):
        raise bad("unit_cost", "range", "单价应为不小于0的金额。", "A unit cost is an amount, not below 0.")
    for name, ids in (("quantity", (plan.quantity,)), ("rates", plan.rates)):
        for id in filter(None, ids):
            if not is_known(id):
                raise bad(name, "unknown", f"没有指标“{id}”。", f"There is no indicator {id!r}.", id)


def is_known(id: str) -> bool:
    return known(id) is not None or bool(figures_of(id))


def known(id: str) -> Indicator | None:
    """The indicator of an id, if it is computed here."""
    try:
        return registry.indicator(id)
    except UnknownDeclaration:
        return None


def _stored(value):
    if isinstance(value, tuple):
        return list(value)
    return value.strip() if isinstance(value, str) else value


def _item(package: Package, number: int, plan: ItemPlan) -> Item:
    return Item(package=package, position=number, **{name: _stored(getattr(plan, name)) for name in _FIELDS})


def _as_plan(item: Item) -> ItemPlan:
    values = {name: getattr(item, name) for name in _FIELDS}
    return ItemPlan(**values | {"rates": tuple(item.rates)})


def _national(year: int) -> list[ItemPlan]:
    """The national services, with the measures that this site has."""
    return [
        ItemPlan(
            category_zh=one.category.zh, category_en=one.category.en, title_zh=one.title.zh,
            title_en=one.title.en, standard_zh=one.standard.zh, standard_en=one.standard.en,
            people_zh=one.people.zh, people_en=one.people.en, frequency_zh=one.frequency.zh,
            frequency_en=one.frequency.en, unit=one.unit,
            quantity=one.quantity if one.quantity and is_known(one.quantity) else "",
            rates=tuple(id for id in one.rates if is_known(id)),
        )
        for one in services_in(year)
    ]  # fmt: skip


# ------------------------------------------------------------ progress


@dataclass(frozen=True)
class Rate:
    """How well: an indicator's value beside its target."""

    indicator: Indicator
    value: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class Progress:
    """A service at a place. `planned` is the task (the target of its indicator), `done` what was counted;
    `months` what was done up to the end of each month that has begun. `kind` is computed, reported or empty
    where nothing counts it."""

    item: Item
    planned: Decimal | None
    done: Decimal | None
    kind: str
    months: tuple[tuple[str, Decimal], ...]
    rates: tuple[Rate, ...]

    @property
    def completion(self) -> Decimal | None:
        """Done ÷ planned in percent; None without a task."""
        if self.planned is None or self.done is None:
            return None
        return percentage(self.done, self.planned)

    @property
    def money_planned(self) -> Decimal | None:
        """Task times unit cost, in yuan."""
        if self.planned is None or self.item.unit_cost is None:
            return None
        return yuan(self.planned * self.item.unit_cost)

    @property
    def money_done(self) -> Decimal | None:
        """What was done times unit cost, for no more than the task."""
        if self.done is None or self.item.unit_cost is None:
            return None
        counted = self.done if self.planned is None else min(self.done, self.planned)
        return yuan(counted * self.item.unit_cost)


def progress(
    items: Sequence[Item], year: int, place: Institution, store: Store | None, *, months: bool = False
) -> list[Progress]:
    """Every service of a year at a place, from the snapshot (None: nothing is counted yet), and month by
    month where asked: twelve times the counting."""
    ids = {id for item in items for id in (item.quantity, *item.rates) if id}
    indicators = [found for found in map(known, sorted(ids)) if found is not None]
    targets = board.targets_of(ids, date(year, 12, 31), [place.pk])
    counted = _counted(indicators, year_period(year), place, store, months)
    return [
        _progress(item, year, place, counted, {id: targets.get((id, str(place.pk))) for id in ids})
        for item in items
    ]


def _counted(
    indicators: Iterable[Indicator], period: Period, place: Institution, store: Store | None, months: bool
) -> dict[str, tuple[Result, Result | None]]:
    """By indicator: the year, and the year by month where asked."""
    if store is None:
        return {}
    possible = [one for one in indicators if is_possible(one, period, store)]
    if not possible:
        return {}
    whole = compute_all(possible, Question(period, within=place.path), store)
    if not months:
        return {one.indicator.id: (one, None) for one in whole}
    by_month = compute_all(possible, Question(period, (Dimension.MONTH,), within=place.path), store)
    return {one.indicator.id: (one, each) for one, each in zip(whole, by_month, strict=True)}


def _progress(
    item: Item,
    year: int,
    place: Institution,
    counted: dict[str, tuple[Result, Result | None]],
    targets: dict[str, Decimal | None],
) -> Progress:
    rates = tuple(
        Rate(found, counted[id][0].only.value if id in counted else None, targets.get(id))
        for id in item.rates
        if (found := known(id)) is not None
    )
    planned = targets.get(item.quantity) if item.quantity else None
    if item.quantity in counted:
        whole, by_month = counted[item.quantity]
        return Progress(
            item, planned, whole.only.value, "computed", _months(by_month) if by_month else (), rates
        )
    if item.quantity and known(item.quantity) is None:
        done, months = _reported(item.quantity, year, place)
        return Progress(item, planned, done, "reported", months, rates)
    return Progress(item, planned, None, "", (), rates)


def _months(result: Result) -> tuple[tuple[str, Decimal], ...]:
    """Values up to the end of each month, whatever a month of the indicator means."""
    rows = [(row.by["month"], row.value) for row in result.rows if row.value is not None and row.note is None]
    if result.indicator.months is not Months.EACH:
        return tuple(rows)
    together, found = Decimal(0), []
    for month, value in rows:
        together += value
        found.append((month, together))
    return tuple(found)


def _reported(
    id: str, year: int, place: Institution
) -> tuple[Decimal | None, tuple[tuple[str, Decimal], ...]]:
    for report, figure in figures_of(id):
        told = reported(report, figure, year_period(year), place.path)
        by_month: dict[str, Decimal] = {}
        for entry in told.entries:
            by_month[entry.period] = by_month.get(entry.period, Decimal(0)) + entry.value
        together, months = Decimal(0), []
        for month in sorted(by_month):
            together += by_month[month]
            months.append((month, together))
        return told.value, tuple(months)
    return None, ()


def money_of(package: Package, region: str) -> tuple[int, Decimal] | None:
    """Usual residents and the money they bring in the package's year; None where nobody counted them."""
    try:
        people = population(region, package.year)
    except UnknownPopulation:
        return None
    return people, yuan(package.per_person * people)


def measures() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """What a service can be measured by, for choosing: computed by programme, and reported."""
    groups = [
        (owner.title, [(one.id, one.title) for one in owner.indicators])
        for owner in registry.capabilities()
        if owner.indicators
    ]
    from kangshu.indicators.reported import all_figures

    told = {figure.indicator: figure.title for _, figure in all_figures() if known(figure.indicator) is None}
    return [*groups, (Text("上报数据", "Reported"), sorted(told.items()))]
