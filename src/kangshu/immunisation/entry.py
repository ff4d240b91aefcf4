"""The check of vaccination certificates at entry into nursery and school: the list goes in, each pupil is
looked for in the register, what is missing is asked of the forecaster, and the school gets its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.immunisation.entry_sheet import PupilList, PupilRow
from kangshu.immunisation.forecast import DoseForecast
from kangshu.immunisation.models import EntryCheck, EntryPupil, Match, SchoolKind
from kangshu.immunisation.records import ChildToday, children_today
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem
from kangshu.kernel.text import Text
from kangshu.people.models import IdentityDocument, Person, PersonStatus
from kangshu.people.queries import find_registered
from kangshu.people.vault import vault
from kangshu.places.models import Institution

MAY = "record.visit"


class CheckNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "immunisation.check_unknown", Text("没有这份查验名单。", "There is no such list of a school.")
        )


class ListExists(Conflict):
    def __init__(self, check: EntryCheck) -> None:
        super().__init__(
            "immunisation.list_exists",
            Text(
                f"{check.school}{check.year}年的名单已有，请在其中补充。",
                f"There is a list of {check.school} for {check.year} already. Add to it.",
            ),
            where="school",
        )
        self.check = check


@dataclass(frozen=True)
class PupilToday:
    """A pupil with what is missing now. `doses` is empty for one who is not of the register."""

    pupil: EntryPupil
    child: ChildToday | None
    candidates: tuple[Person, ...] = ()

    @property
    def doses(self) -> list[DoseForecast]:
        return [] if self.child is None else self.child.missing

    @property
    def still_missing(self) -> bool:
        """Whether a dose that was missing at the check is missing still."""
        if self.pupil.caught_up_on is not None or not self.pupil.missing:
            return False
        if self.child is None:
            return True
        return bool(set(self.pupil.missing) & {code_of(dose) for dose in self.child.missing})

    @property
    def was_missing(self) -> bool:
        return bool(self.pupil.missing)

    @property
    def caught_up(self) -> bool:
        return self.was_missing and not self.still_missing


@dataclass(frozen=True)
class SchoolReport:
    """What a school, or several, came to. Rates in percent; None without anybody to count."""

    entrants: int
    checked: int
    with_certificate: int
    complete: int
    missing: int
    caught_up: int

    @property
    def check_rate(self) -> Decimal | None:
        return _percent(self.checked, self.entrants)

    @property
    def catch_up_rate(self) -> Decimal | None:
        return _percent(self.caught_up, self.missing)


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01")) if whole else None


def code_of(dose: DoseForecast) -> str:
    return f"{dose.vaccine}-{dose.dose}"


# ---------------------------------------------------------------- reading


def checks() -> QuerySet[EntryCheck]:
    """The lists in the reader's scope, the latest year first."""
    return EntryCheck.objects.select_related("institution").order_by("-year", "school")


def check(id: UUID) -> EntryCheck:
    found = checks().filter(pk=id).first()
    if found is None:
        raise CheckNotFound
    return found


def pupils_today(found: EntryCheck, today: date) -> list[PupilToday]:
    """The pupils of a list, each with what is missing on a day."""
    pupils = list(found.pupils.select_related("resident", "resident__institution").order_by("row"))
    people = [pupil.resident for pupil in pupils if pupil.resident is not None]
    known = {child.person.pk: child for child in children_today(people, today)}
    return [
        PupilToday(
            pupil,
            known.get(pupil.resident_id) if pupil.resident_id else None,
            tuple(_namesakes(pupil.name, pupil.birth_date)) if pupil.match == Match.AMBIGUOUS else (),
        )
        for pupil in pupils
    ]


def report_of(pupils: Sequence[PupilToday]) -> SchoolReport:
    """Counts of a list: checked, complete, missing, caught up."""
    checked = [each for each in pupils if each.pupil.checked_on is not None]
    return SchoolReport(
        entrants=len(pupils),
        checked=len(checked),
        with_certificate=sum(each.pupil.has_certificate is True for each in checked),
        complete=sum(not each.was_missing for each in checked),
        missing=sum(each.was_missing for each in checked),
        caught_up=sum(each.caught_up for each in checked),
    )


# ---------------------------------------------------------------- writing


@transaction.atomic
def import_list(
    *,
    school: str,
    kind: str,
    year: int,
    given: PupilList,
    institution: UUID | None,
    by: Actor,
    now: datetime,
    add_to: UUID | None = None,
) -> EntryCheck:
    """Store a school's list and look for each pupil in the register; whoever is found with a birth date is
    checked at once. With `add_to` the rows are added to that list; a pupil who stands in it already (same
    number, or same name and birth date) is left out.

    Raises BadInput, ListExists, CheckNotFound, NotAllowed.
    """
    check_allowed(by, MAY)
    found = check(add_to) if add_to else _new_check(school, kind, year, institution, by, now)
    if not given.rows:
        raise BadInput(
            [Problem("file", "list.empty", Text("名单里没有可读的学生。", "No pupil could be read."))]
        )
    there = {_key(pupil.name, pupil.birth_date) for pupil in found.pupils.all()}
    today = now.astimezone(CHINA).date()
    added = 0
    for row in given.rows:
        if _key(row.name, row.birth) in there:
            continue
        there.add(_key(row.name, row.birth))
        _add_pupil(found, row, by, today)
        added += 1
    log.write(
        by=by,
        action="entry_check.imported",
        about=found,
        scope_path=found.scope_path,
        detail={"school": found.school, "year": found.year, "added": added, "unread": len(given.problems)},
    )
    return found


def _new_check(
    school: str, kind: str, year: int, institution: UUID | None, by: Actor, now: datetime
) -> EntryCheck:
    school = school.strip()[:80]
    if not school or kind not in SchoolKind.values or not 2000 <= year <= 2100:
        words = Text("请填写学校名称、类型和年份。", "Give the school's name, its kind and the year.")
        raise BadInput([Problem("school", "school.missing", words)])
    place = Institution.objects.filter(pk=institution).first()
    if place is None:
        words = Text("请先选择本人所在的接种单位。", "Choose the unit for which you act first.")
        raise BadInput([Problem("institution", "institution.missing", words)])
    held = EntryCheck.objects.filter(institution=place, school=school, year=year).first()
    if held is not None:
        raise ListExists(held)
    try:
        with transaction.atomic():
            return EntryCheck.objects.create(
                school=school,
                kind=kind,
                year=year,
                institution=place,
                scope_path=place.path,
                created_by=by.account_id,
                created_at=now,
            )
    except IntegrityError:
        raise ListExists(EntryCheck.objects.get(institution=place, school=school, year=year)) from None


def _key(name: str, birth: date | None) -> tuple[str, date | None]:
    return name, birth


def _add_pupil(found: EntryCheck, row: PupilRow, by: Actor, today: date) -> None:
    person, match, elsewhere = _look_for(row, by)
    pupil = EntryPupil(
        check_list=found,
        row=row.row,
        name=row.name,
        class_name=row.class_name,
        birth_date=row.birth,
        number_index=vault().index(row.number) if row.number else None,
        last4=row.number[-4:],
        match=match,
        resident=person,
        elsewhere=elsewhere,
        scope_path=found.scope_path,
    )
    if person is not None:
        _judge(pupil, person, by, today)
    pupil.save()


def _look_for(row: PupilRow, by: Actor) -> tuple[Person | None, str, str]:
    """Who the pupil is: by number anywhere in the county, else by name and birth date in scope."""
    if row.number:
        held = IdentityDocument.objects.filter(
            number_index=vault().index(row.number), withdrawn_at=None
        ).first()
        if held is not None:
            person = Person.objects.select_related("merged_into").get(pk=held.person_id)
            return person.merged_into or person, Match.FOUND, ""
        registered = find_registered(row.number)
        log.write(
            by=by,
            action="person.looked_up",
            about=("people.identitydocument", "01"),
            detail={"found": registered is not None, "for": "entry check"},
        )
        if registered is not None:
            return None, Match.ELSEWHERE, registered.institution
    namesakes = _namesakes(row.name, row.birth)
    if len(namesakes) == 1 and not (row.number and _has_number(namesakes[0])):
        return namesakes[0], Match.FOUND, ""
    if namesakes and not row.number:
        return None, Match.AMBIGUOUS, ""
    return None, Match.UNKNOWN, ""


def _has_number(person: Person) -> bool:
    """Somebody whose number is known, and another one: a namesake."""
    return IdentityDocument.objects.filter(person=person, kind="01", withdrawn_at=None).exists()


def _namesakes(name: str, birth: date | None) -> list[Person]:
    if birth is None:
        return []
    rows = Person.objects.filter(name=name, birth_date=birth, merged_into=None, status=PersonStatus.ACTIVE)
    return list(rows.select_related("region", "institution").order_by("id")[:10])


def _judge(pupil: EntryPupil, person: Person, by: Actor, today: date) -> None:
    (child,) = children_today([person], today) or (None,)
    if child is None:
        return
    pupil.missing = [code_of(dose) for dose in child.missing]
    pupil.checked_on, pupil.checked_by = today, by.account_id


@transaction.atomic
def choose_person(*, pupil: UUID, person: UUID, by: Actor, now: datetime) -> EntryPupil:
    """Say which resident a pupil is; the certificate is checked at once."""
    check_allowed(by, MAY)
    row = _pupil_for_update(pupil)
    chosen = Person.objects.filter(pk=person, merged_into=None).first()
    if chosen is None or chosen.birth_date is None:
        words = Text("没有这位居民，或其没有出生日期。", "There is no such resident, or no birth date.")
        raise BadInput([Problem("person", "person.unknown", words)])
    row.resident, row.match, row.elsewhere = chosen, Match.FOUND, ""
    _judge(row, chosen, by, now.astimezone(CHINA).date())
    row.save()
    _written(row, "entry_check.matched", by)
    return row


@transaction.atomic
def check_by_hand(
    *,
    pupil: UUID,
    has_certificate: bool,
    missing: Sequence[str],
    caught_up: bool,
    by: Actor,
    now: datetime,
) -> EntryPupil:
    """What the paper certificate showed. For a pupil of the register only whether it was shown is kept: what
    is missing is the forecaster's to say. For others `missing` holds dose codes, and `caught_up` that they
    have been given since."""
    check_allowed(by, MAY)
    row = _pupil_for_update(pupil)
    today = now.astimezone(CHINA).date()
    row.has_certificate = has_certificate
    if row.resident_id is None:
        if not (caught_up and row.missing):
            row.missing = sorted(set(missing))
        row.caught_up_on = (row.caught_up_on or today) if caught_up and row.missing else None
    row.checked_on, row.checked_by = row.checked_on or today, by.account_id
    row.save()
    _written(row, "entry_check.checked", by)
    return row


def _pupil_for_update(id: UUID) -> EntryPupil:
    row = EntryPupil.objects.select_for_update(of=("self",)).filter(pk=id).first()
    if row is None:
        raise CheckNotFound
    return row


def _written(row: EntryPupil, action: str, by: Actor) -> None:
    log.write(
        by=by,
        action=action,
        about=row,
        person_id=row.resident_id,
        scope_path=row.scope_path,
        detail={"match": row.match, "missing": len(row.missing)},
    )
