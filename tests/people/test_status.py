"""Death, moves, departure and return, and which institution is credited."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.support.accounts import acting
from tests.support.people import NOW, resident

from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput
from kangshu.kernel.events import on
from kangshu.kernel.periods import parse_period
from kangshu.people.actions import (
    add_attachment,
    change_person,
    reactivate_person,
    record_death,
    record_departure,
    record_loss,
    record_move,
)
from kangshu.people.models import Person, PersonChange, Residence
from kangshu.people.queries import (
    CREDITED_INSTITUTION_SQL,
    credited_institution,
    search_people,
    with_credited_institution,
)
from kangshu.people.refusals import PersonNotFound, WrongDate, WrongPlace, WrongStatus

pytestmark = pytest.mark.django_db
YEAR = parse_period("2026")


@pytest.fixture
def person(county):
    return resident(county.clinic_a1)


def move(person, to, actor, on_day=date(2026, 6, 15)):
    return record_move(
        person_id=person.pk,
        to_institution=to.pk,
        to_region=to.region_id,
        address="新家 1 号",
        on=on_day,
        by=actor,
        now=NOW,
    )


def test_a_death_closes_the_record_and_is_told(person, who):
    heard = []
    on("person.died")(lambda event, by: heard.append(event))
    with acting(who.village_doctor_a) as doctor:
        record_death(person_id=person.pk, on=date(2026, 9, 1), cause="脑卒中", by=doctor, now=NOW)
        person.refresh_from_db()
        assert (person.status, person.death_on) == ("dead", date(2026, 9, 1))
        assert Residence.objects.get(person=person).to_on == date(2026, 9, 1)
        assert heard[-1].on == date(2026, 9, 1)
        with pytest.raises(WrongStatus):
            record_death(person_id=person.pk, on=date(2026, 9, 2), by=doctor, now=NOW)
        with pytest.raises(WrongStatus):
            record_departure(person_id=person.pk, on=date(2026, 9, 2), by=doctor, now=NOW)


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(1950, 1, 1)])
def test_a_death_in_the_future_or_before_birth_is_refused(person, who, day):
    with acting(who.village_doctor_a) as doctor, pytest.raises(WrongDate):
        record_death(person_id=person.pk, on=day, by=doctor, now=NOW)


def test_a_death_recorded_in_error_is_taken_back(person, who):
    with acting(who.village_doctor_a) as doctor:
        record_death(person_id=person.pk, on=date(2026, 9, 1), by=doctor, now=NOW)
        reactivate_person(person_id=person.pk, on=date(2026, 9, 20), reason="登记错人", by=doctor, now=NOW)
        person.refresh_from_db()
        assert (person.status, person.death_on) == ("active", None)
        assert Residence.objects.get(person=person).to_on is None
        assert PersonChange.objects.filter(person=person).count() == 2


def test_a_move_hands_every_row_to_the_other_township(person, county, who):
    heard = []
    on("person.moved")(lambda event, by: heard.append(event))
    with acting(who.village_doctor_a) as doctor:
        change_person(person_id=person.pk, changes={"phone": "13700000001"}, by=doctor, now=NOW)
        move(person, county.clinic_b1, doctor)
        assert not Person.objects.filter(pk=person.pk).exists()
        assert not search_people("王小伟").people
    assert heard[-1].payload["to_path"] == county.clinic_b1.path
    with acting(who.village_doctor_b):
        moved = Person.objects.get(pk=person.pk)
        assert (moved.institution_id, moved.region_id) == (county.clinic_b1.pk, county.village_b1.code)
        assert search_people("13700000001").people
        assert moved.record_number == person.record_number
        first, second = Residence.objects.filter(person=person).order_by("from_on")
        assert (first.to_on, second.from_on) == (date(2026, 6, 14), date(2026, 6, 15))
        assert PersonChange.objects.filter(person=person).count() == 2


def test_nobody_moves_a_person_they_do_not_have(person, county, who):
    with acting(who.village_doctor_b) as other, pytest.raises(PersonNotFound):
        move(person, county.clinic_b1, other)
    with (
        acting(who.village_doctor_b),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="scope"),
        transaction.atomic(),
    ):
        cursor.execute("SELECT people_move_person(%s, %s, '', '')", [person.pk, county.clinic_b1.pk])


def test_moving_nowhere_and_before_coming_is_refused(person, county, who):
    with acting(who.village_doctor_a) as doctor:
        with pytest.raises(WrongPlace):
            move(person, county.clinic_a1, doctor)
        with pytest.raises(WrongDate):
            move(person, county.clinic_b1, doctor, date(2019, 1, 1))


def test_the_credit_of_a_mover_goes_where_they_were_on_the_last_day(person, county, who):
    with acting(who.village_doctor_a) as doctor:
        move(person, county.clinic_a2, doctor)
    with acting(who.township_worker_a):
        credited = {
            str(period): credited_institution(person.pk, parse_period(period))
            for period in ("2019", "2025", "2026", "2026-H1", "2026-05", "2026-06")
        }
        assert credited == {
            "2019": None,
            "2025": county.clinic_a1.pk,
            "2026": county.clinic_a2.pk,
            "2026-H1": county.clinic_a2.pk,
            "2026-05": county.clinic_a1.pk,
            "2026-06": county.clinic_a2.pk,
        }
        assert (
            with_credited_institution(Person.objects, YEAR).get().credited_institution_id
            == county.clinic_a2.pk
        )
        with connection.cursor() as cursor:
            cursor.execute(
                CREDITED_INSTITUTION_SQL.format(first="DATE '2026-01-01'", last="DATE '2026-12-31'")
            )
            assert cursor.fetchall() == [(person.pk, county.clinic_a2.pk, county.village_a2.code)]


def test_whoever_died_or_left_counts_where_they_were_last(person, county, who):
    with acting(who.village_doctor_a) as doctor:
        record_departure(person_id=person.pk, on=date(2026, 3, 1), whereto="外省", by=doctor, now=NOW)
        assert credited_institution(person.pk, YEAR) == county.clinic_a1.pk
        assert credited_institution(person.pk, parse_period("2026-04")) is None
        reactivate_person(person_id=person.pk, on=date(2026, 8, 1), reason="返回", by=doctor, now=NOW)
        assert credited_institution(person.pk, parse_period("2026-04")) is None
        assert credited_institution(person.pk, parse_period("2026-08")) == county.clinic_a1.pk


def test_a_lost_person_stays_a_resident(person, county, who):
    with acting(who.village_doctor_a) as doctor:
        record_loss(person_id=person.pk, on=date(2026, 9, 1), reason="外出务工", by=doctor, now=NOW)
        assert credited_institution(person.pk, YEAR) == county.clinic_a1.pk


def test_changes_keep_what_was_there_before(person, who, as_owner):
    with acting(who.village_doctor_a) as doctor:
        change_person(
            person_id=person.pk, changes={"phone": "13700000001"}, reason="换号", by=doctor, now=NOW
        )
        kept = PersonChange.objects.get(person=person)
        assert kept.changes == {"phone": ["", "13700000001"]}
        assert change_person(person_id=person.pk, changes={"phone": "13700000001"}, by=doctor, now=NOW)
        assert PersonChange.objects.count() == 1, "nothing to do is nothing done"
        with pytest.raises(BadInput):
            change_person(person_id=person.pk, changes={"birth_date": date(2027, 1, 1)}, by=doctor, now=NOW)
        with pytest.raises(ValueError, match="status"):
            change_person(person_id=person.pk, changes={"status": "dead"}, by=doctor, now=NOW)
    with as_owner():
        entry = AuditEntry.objects.get(action="person.changed")
        assert entry.detail == {"fields": ["phone"]}, "the trail holds no personal values"


def test_an_update_stamps_the_transaction(person, who):
    with acting(who.village_doctor_a), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET changed_xid = '1' WHERE id = %s", [person.pk])
        cursor.execute(
            "SELECT changed_xid = pg_current_xact_id() FROM people_person WHERE id = %s", [person.pk]
        )
        assert cursor.fetchone()[0]


def test_a_photo_is_drawn_anew_and_withdrawn(person, who, settings, tmp_path):
    import io

    from PIL import Image

    from kangshu.people.actions import withdraw_attachment
    from kangshu.people.files import read_file
    from kangshu.people.refusals import BadFile

    settings.MEDIA_ROOT = tmp_path
    taken = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (1600, 1200), "red").save(taken, "JPEG", exif=exif)
    assert b"SecretCamera" in taken.getvalue()
    with acting(who.village_doctor_a) as doctor:
        kept = add_attachment(
            person_id=person.pk, kind="photo", title="", content=taken.getvalue(), by=doctor, now=NOW
        )
        content = read_file(kept.content_hash)
        assert b"SecretCamera" not in content
        assert max(Image.open(io.BytesIO(content)).size) == 800
        person.refresh_from_db()
        assert person.photo_id == kept.pk
        withdraw_attachment(attachment_id=kept.pk, by=doctor, now=NOW)
        person.refresh_from_db()
        assert person.photo_id is None
        for content in (b"", b"MZ\x90\x00", b"\xff\xd8\xffnot a picture", b"%PDF-" + b"x" * 6_000_000):
            with pytest.raises(BadFile):
                add_attachment(
                    person_id=person.pk, kind="photo", title="", content=content, by=doctor, now=NOW
                )
