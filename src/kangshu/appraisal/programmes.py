"""Major public-health projects: task, target population, subsidy for each person, who is entitled, what is
paid, and how much of the task is done.

A programme names a form; who has a record of it in the year is on its ledger of persons. Nothing is typed
twice: the ledger is read from the records under the reader's rights, the money from the fund's postings. A
correction replaces its record; one that takes a paid record away leaves its posting on the ledger as money to
be claimed back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.appraisal.models import Programme
from kangshu.appraisal.refusals import ThingNotFound
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.form import FieldType, Form
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import age_on
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.money import percentage
from kangshu.kernel.text import Text
from kangshu.ledger import actions as ledger
from kangshu.ledger.models import Posting
from kangshu.people.models import Person
from kangshu.places.models import Institution
from kangshu.work.models import Record, RecordStatus

KEEP, SETTLE = "keep.projects", "keep.fund"
NOTHING = Decimal("0.00")
FUND = "public_health.major"
SUBJECT = "record"


@dataclass(frozen=True)
class Terms:
    """A programme as an officer states it."""

    year: int
    title: str
    population: str
    form: str
    task: int
    subsidy: Decimal
    times: int = 1
    field: str = ""
    code: str = ""
    age_from: int | None = None
    age_to: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Offer:
    """A programme that counties usually have, to begin with; task and subsidy are the county's to fill in."""

    title: Text
    population: Text
    form: str
    times: int = 1
    field: str = ""
    code: str = ""
    age_from: int | None = None
    age_to: int | None = None


OFFERS = (
    Offer(
        Text("农村孕产妇住院分娩补助", "Subsidy for hospital deliveries"),
        Text("农村户籍住院分娩产妇", "women of rural households who gave birth in hospital"),
        "benefits.mothers_payment",
    ),
    Offer(
        Text("增补叶酸预防神经管缺陷", "Folic acid against neural tube defects"),
        Text("准备怀孕和孕早期妇女", "women who plan to or have just become pregnant"),
        "maternal.folic_acid_issue",
    ),
    Offer(
        Text("宫颈癌检查", "Cervical cancer screening"),
        Text("35～64岁妇女", "women of 35 to 64"),
        "screening.cervical.screening",
    ),
    Offer(
        Text("乳腺癌检查", "Breast cancer screening"),
        Text("35～64岁妇女", "women of 35 to 64"),
        "screening.breast.screening",
    ),
    Offer(
        Text("乙肝疫苗补种", "Catch-up of hepatitis B vaccine"),
        Text("15岁以下未种或未全程接种者", "children under 15 without the full course"),
        "immunisation.dose",
        3,
        "vaccine",
        "HepB",
        1,  # the routine course ends before the first birthday
        14,
    ),
    Offer(
        Text("70岁及以上老年人流感疫苗接种", "Influenza vaccine for people of 70 and over"),
        Text("辖区70岁及以上常住老年人", "residents of 70 and over"),
        "immunisation.dose",
        1,
        "vaccine",
        "Flu",
        70,
    ),
)


@dataclass
class Entitled:
    """One person on the ledger: the days served that count, what they are worth, what of it is paid. `over`
    are records beyond what one person is entitled to."""

    person: Person
    institution: Institution
    records: list[Record] = field(default_factory=list)
    over: int = 0
    amount: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid


@dataclass(frozen=True)
class PlaceLine:
    institution: Institution
    people: int
    amount: Decimal
    paid: Decimal

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid


@dataclass(frozen=True)
class Standing:
    """A programme with its ledger of persons as far as the reader may see. `claimed_back`: paid for records
    that have since been withdrawn or no longer count."""

    programme: Programme
    people: tuple[Entitled, ...]
    claimed_back: Decimal

    @property
    def done(self) -> int:
        return len(self.people)

    @property
    def completion(self) -> Decimal:
        """People served ÷ task in percent; above 100 where more came than were planned."""
        return percentage(Decimal(self.done), Decimal(self.programme.task)) or NOTHING

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.people), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((one.paid for one in self.people), NOTHING)

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid

    @property
    def places(self) -> list[PlaceLine]:
        """What each institution served, in the order of the tree."""
        found: dict[UUID, list[Entitled]] = defaultdict(list)
        for one in self.people:
            found[one.institution.pk].append(one)
        lines = [
            PlaceLine(
                rows[0].institution,
                len(rows),
                sum((one.amount for one in rows), NOTHING),
                sum((one.paid for one in rows), NOTHING),
            )
            for rows in found.values()
        ]
        return sorted(lines, key=lambda line: line.institution.path)


def set_programme(*, programme: UUID | None, terms: Terms, by: Actor, now: datetime) -> Programme:
    """State a programme, or change it. Once something of it was paid, form, subsidy and times stand.

    Raises BadInput, NotAllowed, ThingNotFound.
    """
    check_allowed(by, KEEP)
    with transaction.atomic():
        found = Programme.objects.select_for_update().filter(pk=programme).first() if programme else None
        if programme and found is None:
            raise ThingNotFound
        _check(terms, found)
        made = found or Programme(made_by=by.account_id, made_at=now)
        changed = {}
        for name in _NAMES:
            value = getattr(terms, name)
            value = value.strip() if isinstance(value, str) else value
            if found and getattr(made, name) != value:
                changed[name] = [str(getattr(made, name)), str(value)]
            setattr(made, name, value)
        made.save()
        log.write(by=by, action="programme.set", about=made, detail={"year": made.year, "changed": changed})
        return made


_NAMES = (
    "year", "title", "population", "form", "field", "code", "age_from", "age_to", "task", "subsidy", "times",
    "source",
)  # fmt: skip
_PAID_FOR = ("year", "form", "field", "code", "age_from", "age_to", "subsidy", "times")


def standing_of(programme: Programme) -> Standing:
    """The ledger of a programme under the reader's rights, oldest service first."""
    rows = _records(programme)
    roots = _first_versions(rows)
    paid = _paid(programme)
    found: dict[UUID, Entitled] = {}
    for row in rows:
        person = row.person
        if not _is_of_age(programme, person, row.performed_on):
            continue
        key = person.merged_into_id or person.pk
        one = found.setdefault(key, Entitled(person, row.institution))
        if len(one.records) >= programme.times:
            one.over += 1
            continue
        one.records.append(row)
        one.amount += programme.subsidy
        one.paid += paid.pop(roots[row.pk], NOTHING)
    return Standing(programme, tuple(found.values()), sum(paid.values(), NOTHING))


def standings(year: int) -> list[Standing]:
    return [standing_of(one) for one in Programme.objects.filter(year=year)]


def settle(*, programme: UUID, institution: UUID, on: date, by: Actor, now: datetime) -> Decimal:
    """Pay an institution for everybody on the ledger who is not paid for; gives the sum. A record is paid
    once, whatever is sent twice. Raises FundShort, BadInput, NotAllowed, ThingNotFound."""
    check_allowed(by, SETTLE)
    with transaction.atomic():
        found = Programme.objects.select_for_update().filter(pk=programme).first()
        if found is None:
            raise ThingNotFound
        paid = _paid(found)
        total, people = NOTHING, 0
        entitled = standing_of(found).people
        roots = _first_versions([row for one in entitled for row in one.records])
        for one in entitled:
            before = total
            for row in one.records:
                if row.institution_id != institution or roots[row.pk] in paid or not found.subsidy:
                    continue
                ledger.post(
                    fund=FUND, amount=found.subsidy, on=on, institution=institution,
                    subject=ledger.Subject(SUBJECT, roots[row.pk], _posting(found)),
                    whose=ledger.Whose(one.person.pk, row.scope_path, row.compartment),
                    memo=found.title, by=by, now=now,
                )  # fmt: skip
                total += found.subsidy
            people += total > before
        if not total:
            message = Text("没有待结算的人员。", "There is nobody to pay for.")
            raise BadInput([Problem("institution", "nothing", message)])
        detail = {"institution": str(institution), "people": people, "amount": str(total)}
        log.write(by=by, action="programme.settled", about=found, detail=detail)
        return total


def forms_offered() -> list[tuple[Text, list[Form]]]:
    """The forms a programme may count, by service; what is confidential is not offered."""
    return [
        (one.title, list(one.forms))
        for one in sorted(registry.capabilities(), key=lambda one: one.id)
        if not one.confidentiality and one.forms
    ]


def _posting(programme: Programme) -> str:
    return f"programme.{programme.pk}"


def _records(programme: Programme) -> list[Record]:
    rows = Record.objects.filter(
        form_id=programme.form, status=RecordStatus.CURRENT,
        performed_on__gte=date(programme.year, 1, 1), performed_on__lte=date(programme.year, 12, 31),
    )  # fmt: skip
    if programme.field:
        rows = rows.filter(**{f"answers__{programme.field}": programme.code})
    rows = rows.select_related("person", "institution").defer("answers", "provenance", "assessment")
    return list(rows.order_by("performed_on", "id"))


def _first_versions(rows: list[Record]) -> dict[UUID, UUID]:
    """The first version of each record: a correction is the same service, and is not paid for again."""
    first = {row.pk: row.succeeds_id or row.pk for row in rows}
    wanted = {row.succeeds_id for row in rows if row.succeeds_id}
    while wanted:
        before = dict(
            Record.objects.filter(pk__in=wanted, succeeds__isnull=False).values_list("pk", "succeeds")
        )
        first = {id: before.get(root, root) for id, root in first.items()}
        wanted = set(before.values())
    return first


def _is_of_age(programme: Programme, person: Person, on: date) -> bool:
    if programme.age_from is None and programme.age_to is None:
        return True
    if person.birth_date is None:
        return False
    age = age_on(person.birth_date, on)
    return (programme.age_from or 0) <= age <= (999 if programme.age_to is None else programme.age_to)


def _paid(programme: Programme) -> dict[UUID, Decimal]:
    rows = Posting.objects.filter(
        fund=FUND, posting=_posting(programme), reverses=None, reversed_by=None
    ).values_list("subject_id", "amount")
    return {subject: amount for subject, amount in rows if subject is not None}


def _check(terms: Terms, found: Programme | None) -> None:
    problems = [
        Problem(name, "required", Text("请填写此项。", "Please fill this in."))
        for name in ("title", "population")
        if not getattr(terms, name).strip()
    ]
    if terms.task <= 0 or terms.times <= 0:
        message = Text("任务数和每人次数应大于0。", "Task and times a person are above 0.")
        problems.append(Problem("task", "range", message))
    if not terms.subsidy.is_finite() or terms.subsidy < 0 or terms.subsidy != round(terms.subsidy, 2):
        message = Text("补助标准为不小于0的金额（元，至分）。", "The subsidy is an amount in yuan and cents.")
        problems.append(Problem("subsidy", "money", message))
    if terms.age_from is not None and terms.age_to is not None and terms.age_to < terms.age_from:
        problems.append(Problem("age_to", "order", Text("年龄上限小于下限。", "The ages are out of order.")))
    if Programme.objects.filter(year=terms.year, title=terms.title.strip()).exclude(
        pk=found.pk if found else None
    ):
        problems.append(
            Problem("title", "twice", Text("本年度已有同名项目。", "The year has one of this name."))
        )
    problems += _check_form(terms)
    if found is not None and _paid(found):
        problems += [
            Problem(name, "paid", Text("已有结算，不能再改。", "Something was paid: this stands."))
            for name in _PAID_FOR
            if getattr(found, name) != getattr(terms, name)
        ]
    if problems:
        raise BadInput(problems)


def _check_form(terms: Terms) -> list[Problem]:
    """The form is known and ordinary; the field is a choice of it and has the code."""
    try:
        form = registry.form(terms.form)
        owner = registry.owner(terms.form)
    except UnknownDeclaration:
        owner = None
    if owner is None or owner.confidentiality:
        return [Problem("form", "unknown", Text("请选择服务记录表。", "Choose the form that counts."))]
    if not terms.field and not terms.code:
        return []
    asked = next((one for one in form.fields if one.name == terms.field), None)
    if asked is None or asked.type is not FieldType.CHOICE:
        message = Text("该表没有这个单选项目。", "The form has no such question with choices.")
        return [Problem("field", "unknown", message)]
    if terms.code not in {choice.code for choice in asked.choices}:
        listed = Text(
            "、".join(f"{one.code} {one.title.zh}" for one in asked.choices[:40]),
            ", ".join(f"{one.code} {one.title.en}" for one in asked.choices[:40]),
        )
        message = Text("没有这个选项。可选：{codes}", "There is no such choice. Choices: {codes}")
        return [Problem("code", "unknown", message.format(codes=listed))]
    return []
