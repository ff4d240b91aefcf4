"""docs/access.md says what is run; and each line of its table is what the database shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from tests.support.accounts import ZHANG, acting
from tests.support.county import fixed_id

from kangshu.access.roles import REACH, Reach, Role
from kangshu.access.scope import entered_as_system
from kangshu.access.table import who_sees_whom
from kangshu.people.models import Person

#: Clinic of the resident → who sees them, by the reach of the role; `_a` accounts work in township a.
SEEN = {
    "village_doctor_a": {"clinic_a1"},
    "village_doctor_b": {"clinic_b1"},
    "township_worker_a": {"clinic_a1", "clinic_a2", "centre_a"},
    "township_worker_b": {"clinic_b1", "clinic_b2", "centre_b"},
    "clinician": {"hospital"},
    "hospital_clerk": {"hospital"},
    "resident_zhang": {"clinic_a1"},
}
PLACES = ("clinic_a1", "clinic_a2", "centre_a", "clinic_b1", "clinic_b2", "centre_b", "hospital")


def test_the_manual_s_table_is_printed_from_the_rules():
    manual = (Path(__file__).parents[2] / "docs/access.md").read_text(encoding="utf-8")
    assert who_sees_whom() in manual, "print it again: kangshu account table"


@pytest.fixture
def residents(county, as_owner):
    """One resident in each place; the one of clinic_a1 has an account."""
    with as_owner():
        for number, name in enumerate(PLACES):
            place = getattr(county, name)
            Person.objects.create(
                id=ZHANG if name == "clinic_a1" else fixed_id(910_000 + number),
                name=name,
                region=place.region,
                institution=place,
                scope_path=place.path,
                created_at=timezone.now(),
            )


def test_each_account_sees_exactly_its_line_of_the_table(residents, people_of):
    for username, account in people_of.all().items():
        with acting(account) as actor:
            (role,) = (Role(one) for one in actor.roles)
            expected = {Reach.COUNTY: set(PLACES), Reach.NOBODY: set()}.get(
                REACH[role], SEEN.get(username, set())
            )
            assert set(Person.objects.values_list("name", flat=True)) == expected, username


def test_an_account_without_a_role_sees_nobody(residents, people_of):
    people_of.bureau_officer.assignments.update(removed_at=timezone.now())
    with acting(people_of.bureau_officer) as actor:
        assert actor.roles == frozenset()
        assert not Person.objects.exists()


def test_a_job_sees_everybody_and_a_job_needs_a_name(residents):
    with entered_as_system("test"):
        assert Person.objects.count() == len(PLACES)
    with pytest.raises(ValueError, match="name"), entered_as_system(" "):
        pass
