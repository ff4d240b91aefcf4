"""Each sign on cases made for it, beside the honest case that looks most like it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid5

from kangshu.authenticity.signs import Watch
from kangshu.authenticity.visits import Found, Known, Limits, Sign, Stay, Visit
from kangshu.kernel.dates import CHINA

SPACE = UUID(int=7)
CLINIC, DOCTOR = uuid5(SPACE, "clinic"), uuid5(SPACE, "doctor")
DAY = date(2026, 3, 2)


def visit(
    who: str,
    on: date = DAY,
    sbp: int = 138,
    dbp: int = 84,
    *,
    weight: str = "61.5",
    at: datetime | None = None,
    doctor: UUID | None = DOCTOR,
) -> Visit:
    return Visit(
        uuid5(SPACE, f"{who} {on} {sbp} {dbp} {at}"),
        "follow_up",
        uuid5(SPACE, who),
        CLINIC,
        doctor,
        on,
        at or datetime(on.year, on.month, on.day, 15, tzinfo=CHINA),
        (("sbp", Decimal(sbp)), ("dbp", Decimal(dbp)), ("weight", Decimal(weight))),
    )


def honest(random: Random, people: int, doctor: UUID = DOCTOR, name: str = "p") -> list[list[Visit]]:
    """People seen four to six times, whose pressure varies as pressure does."""
    made = []
    for number in range(people):
        usual, on = random.gauss(138, 12), DAY - timedelta(days=random.randrange(20))
        visits = []
        for _ in range(random.randint(4, 6)):
            sbp = round(random.gauss(usual, 9))
            dbp = round(random.gauss(82, 7))
            visits.append(visit(f"{name}{number}", on, sbp, dbp, doctor=doctor))
            on += timedelta(days=random.randint(20, 80))
        made.append(visits)
    return made


def signs_of(people, known: dict[UUID, Known] | None = None, limits: Limits | None = None) -> list[Found]:
    watch = Watch(limits or Limits())
    for visits in people:
        watch.see(visits, (known or {}).get(visits[0].person, Known()))
    return watch.findings()


def kinds(found: list[Found]) -> set[Sign]:
    return {one.sign for one in found}


def test_a_county_of_honest_work_shows_nothing():
    random = Random(3)
    people = [
        visits
        for number in range(12)
        for visits in honest(random, 60, uuid5(SPACE, f"doctor {number}"), f"{number}-")
    ]
    assert signs_of(people) == []


def test_a_visit_after_death_and_one_on_the_day_of_death():
    person = uuid5(SPACE, "li")
    known = {person: Known(ended_on=DAY)}
    assert kinds(signs_of([[visit("li", DAY)]], known)) == set()
    (found,) = signs_of([[visit("li", DAY + timedelta(days=1))]], known)
    assert (found.sign, found.person) == (Sign.AFTER_END, person)
    assert str(DAY) in found.reason.zh


def test_a_visit_within_a_stay_in_hospital_but_not_on_its_ends():
    person = uuid5(SPACE, "li")
    known = {person: Known(stays=[Stay(DAY, DAY + timedelta(days=6))])}
    for days, wanted in ((0, set()), (6, set()), (3, {Sign.ADMITTED})):
        assert kinds(signs_of([[visit("li", DAY + timedelta(days=days))]], known)) == wanted


def test_one_reading_at_every_visit():
    copied = [visit("copied", DAY + timedelta(days=60 * number), 130, 80) for number in range(5)]
    (found,) = signs_of([*honest(Random(1), 60), copied])
    assert found.sign is Sign.COPIED
    assert found.records == tuple(one.record for one in copied)
    assert "130/80" in found.reason.en


def test_a_weight_that_never_changes_is_no_sign():
    people = honest(Random(1), 60)
    assert all(dict(one.measured)["weight"] == Decimal("61.5") for visits in people for one in visits)
    assert Sign.COPIED not in kinds(signs_of(people))


def test_a_doctor_who_rounds_to_ten_repeats_readings_without_copying():
    random = Random(5)
    people = []
    for visits in honest(random, 80):
        people.append(
            [
                visit(str(one.person), one.performed_on, int(dict(one.measured)["sbp"]) // 10 * 10, 80)
                for one in visits
            ]
        )
    others = [v for n in range(6) for v in honest(random, 80, uuid5(SPACE, f"o{n}"), f"o{n}-")]
    found = signs_of([*people, *others])
    assert Sign.COPIED not in kinds(found)
    assert Sign.SEQUENCE not in kinds(found)
    assert {one.doctor for one in found if one.sign is Sign.DIGITS} == {DOCTOR}


def test_two_residents_with_one_sequence():
    people = honest(Random(2), 60)
    model = people[7]
    twin = [
        visit(
            "twin",
            one.performed_on + timedelta(days=1),
            int(dict(one.measured)["sbp"]),
            int(dict(one.measured)["dbp"]),
        )
        for one in model
    ]
    found = signs_of([*people, twin])
    assert kinds(found) == {Sign.SEQUENCE}
    assert {one.person for one in found} == {model[0].person, uuid5(SPACE, "twin")}


def test_more_visits_on_a_day_than_one_can_make():
    people = honest(Random(4), 30)
    crowd = [
        [visit(f"c{number}", DAY + timedelta(days=9), 120 + number, 70 + number % 20)] for number in range(60)
    ]
    assert Sign.CROWD in kinds(signs_of([*people, *crowd]))
    assert Sign.CROWD not in kinds(signs_of([*people, *crowd[:35]]))


def test_a_village_examined_on_one_day_everywhere_is_how_the_work_is_done():
    people = [
        [visit(f"{doctor}-{number}", DAY, 110 + number, 70, doctor=uuid5(SPACE, f"d{doctor}"))]
        for doctor in range(10)
        for number in range(60)
    ]
    assert Sign.CROWD not in kinds(signs_of(people))


def test_a_block_typed_at_night_and_a_few_that_are_none():
    night = datetime(2026, 4, 1, 1, 5, tzinfo=CHINA)
    block = [
        [visit(f"n{n}", DAY + timedelta(days=20), 130 + n, 80, at=night + timedelta(minutes=n))]
        for n in range(12)
    ]
    assert kinds(signs_of(block)) == {Sign.NIGHT}
    assert kinds(signs_of(block[:8])) == set()


def test_long_past_visits_typed_on_one_day_and_a_single_one():
    on = datetime(2026, 6, 1, 10, tzinfo=CHINA)
    late = [
        [visit(f"l{n}", DAY + timedelta(days=n), 130 + n, 80, at=on + timedelta(minutes=3 * n))]
        for n in range(6)
    ]
    (found,) = signs_of(late)
    assert (found.sign, len(found.records)) == (Sign.LATE, 6)
    assert signs_of(late[:1]) == []


def test_readings_just_below_a_limit():
    random = Random(8)
    shaved = []
    for visits in honest(random, 80):
        one_person = []
        for one in visits:
            sbp = int(dict(one.measured)["sbp"])
            one_person.append(
                visit(
                    str(one.person),
                    one.performed_on,
                    random.choice((136, 138, 139)) if 140 <= sbp < 150 else sbp,
                )
            )
        shaved.append(one_person)
    others = [v for n in range(5) for v in honest(random, 80, uuid5(SPACE, f"o{n}"), f"o{n}-")]
    found = [one for one in signs_of([*shaved, *others]) if one.sign is Sign.LIMIT]
    assert {one.doctor for one in found} == {DOCTOR}
    assert "140" in found[0].reason.zh
