"""Renaming, merging, splitting and moving places, and the staff in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.support.county import COUNTY_CODE, OPENED_ON, small_county

from kangshu.kernel import events
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed
from kangshu.places import actions, queries
from kangshu.places.actions.populations import Band
from kangshu.places.errors import UnknownPlace, UnknownPopulation
from kangshu.places.models import Institution, StaffPosting

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = SystemActor("test of places")
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
JULY = date(2026, 7, 1)
JUNE = date(2026, 6, 30)


@pytest.fixture
def county(db):
    return small_county()


@pytest.fixture
def heard(monkeypatch):
    """Events of places as (name, payload), told to nobody else."""
    seen = []
    monkeypatch.setattr(
        "kangshu.places.events.emit", lambda event, by: seen.append((event.name, event.payload))
    )
    return seen


def test_a_renamed_township_keeps_its_old_name_for_old_days(county):
    actions.rename_region(code=county.township_a.code, name="柳林街道", on=JULY, by=BY)
    assert queries.region_on(county.township_a.code, JUNE).name == "柳林镇"
    assert queries.region_on(county.township_a.code, JULY).name == "柳林街道"


def test_twice_renamed(county):
    actions.rename_region(code=county.township_a.code, name="二", on=date(2020, 1, 1), by=BY)
    actions.rename_region(code=county.township_a.code, name="三", on=date(2022, 1, 1), by=BY)
    names = [queries.region_on(county.township_a.code, date(y, 6, 1)).name for y in (2019, 2021, 2023)]
    assert names == ["柳林镇", "二", "三"]


def test_merged_villages(county, heard):
    gone, kept = county.village_a2.code, county.village_a1.code
    actions.merge_regions(codes=[gone], into=kept, on=JULY, by=BY, now=NOW)
    assert [r.code for r in queries.regions_under(county.township_a.code, JUNE)] == [kept, gone]
    assert [r.code for r in queries.regions_under(county.township_a.code, JULY)] == [kept]
    assert queries.successors(gone, JULY) == [kept]
    with pytest.raises(UnknownPlace):
        queries.region_on(gone, JULY)
    assert heard == [("region.merged", {"from_code": gone, "to_code": kept})]


def test_a_split_village_is_succeeded_by_its_parts(county):
    parts = [(f"{COUNTY_CODE}100103", "东柳一村"), (f"{COUNTY_CODE}100104", "东柳二村")]
    actions.split_region(code=county.village_a1.code, into=parts, on=JULY, by=BY)
    assert queries.successors(county.village_a1.code, JULY) == [code for code, _ in parts]
    assert queries.region_on(parts[0][0], JULY).parent == county.township_a.code


def test_a_recoded_township_takes_its_villages_along(county, heard):
    new = f"{COUNTY_CODE}001000"
    actions.recode_region(code=county.township_a.code, new_code=new, on=JULY, by=BY, now=NOW)
    assert [r.name for r in queries.regions_under(new, JULY)] == ["东柳村", "西柳村"]


def test_regions_of_different_levels_do_not_merge(county):
    with pytest.raises(BadInput):
        actions.merge_regions(
            codes=[county.village_a1.code], into=county.township_b.code, on=JULY, by=BY, now=NOW
        )


def test_a_code_is_taken_once(county):
    with pytest.raises(BadInput) as refused:
        actions.open_region(
            code=county.village_a1.code, name="新村", parent=county.township_a.code, on=JULY, by=BY
        )
    assert refused.value.where == "code"


def test_who_is_what_on_a_day(county):
    actions.rename_institution(
        institution=county.clinic_a1.id, name="东柳村中心卫生室", on=JULY, reason="达标建设", by=BY
    )
    code = county.clinic_a1.code
    assert queries.institution_on(code, JUNE).name == "东柳村卫生室"
    assert queries.institution_on(code, JULY).name == "东柳村中心卫生室"
    with pytest.raises(UnknownPlace):
        queries.institution_on(code, OPENED_ON - timedelta(days=1))


def test_a_new_clinic_gets_the_next_path(county):
    made = actions.open_institution(
        code="clinic-3",
        name="新村卫生室",
        kind="village_clinic",
        region=county.village_a1.code,
        parent=county.centre_a.id,
        on=JULY,
        by=BY,
    )
    assert made.path == "0001.0003.0003."


def test_a_moved_centre_takes_its_clinics_along_and_tells(county, heard):
    actions.move_institution(
        institution=county.centre_b.id, parent=county.hospital.id, on=JULY, by=BY, now=NOW
    )
    clinic = Institution.objects.get(id=county.clinic_b1.id)
    assert clinic.path == "0001.0001.0001.0001."
    assert queries.institution_on(clinic.id, JUNE).path == "0001.0004.0001."
    assert heard == [
        (
            "institution.moved",
            {"institution_id": county.centre_b.id, "old_path": "0001.0004.", "new_path": "0001.0001.0001."},
        )
    ]


def test_a_path_is_not_given_twice(county, heard):
    actions.move_institution(
        institution=county.clinic_a2.id, parent=county.centre_b.id, on=JULY, by=BY, now=NOW
    )
    made = actions.open_institution(
        code="later",
        name="后来的卫生室",
        kind="village_clinic",
        region=county.village_a2.code,
        parent=county.centre_a.id,
        on=JULY,
        by=BY,
    )
    assert made.path == "0001.0003.0003."


def test_an_institution_cannot_hang_under_itself(county):
    with pytest.raises(BadInput):
        actions.move_institution(
            institution=county.centre_a.id, parent=county.clinic_a1.id, on=JULY, by=BY, now=NOW
        )


def test_a_merged_centre_leaves_staff_and_clinics_to_the_other(county, heard):
    actions.merge_institutions(
        institution=county.centre_b.id, into=county.centre_a.id, on=JULY, by=BY, now=NOW
    )
    assert Institution.objects.get(id=county.centre_b.id).valid_to == JUNE
    assert Institution.objects.get(id=county.clinic_b1.id).path == "0001.0003.0003."
    assert county.worker_b in queries.staff_at(county.centre_a.id, JULY)
    assert county.worker_b in queries.staff_at(county.centre_b.id, JUNE)
    assert [name for name, _ in heard] == ["institution.moved", "institution.moved", "institution.merged"]


def test_a_split_institution_remembers_where_it_came_from(county):
    made = actions.split_institution(
        institution=county.clinic_a1.id, code="split", name="东柳村第二卫生室", on=JULY, by=BY
    )
    assert made.changes.get().other == county.clinic_a1


def test_an_institution_with_staff_is_not_closed(county):
    with pytest.raises(Conflict) as refused:
        actions.close_institution(institution=county.clinic_a1.id, on=JULY, by=BY, now=NOW)
    assert "并入" in refused.value.message.zh


def test_an_emptied_clinic_closes_and_stays_closed(county, heard):
    actions.hand_over(staff_leaving=county.doctor_a.id, to=None, on=JUNE, by=BY, now=NOW)
    actions.close_institution(institution=county.clinic_a1.id, on=JULY, by=BY, now=NOW)
    assert queries.institution_on(county.clinic_a1.code, JUNE)
    with pytest.raises(Conflict):
        actions.rename_institution(institution=county.clinic_a1.id, name="新名", on=JULY, by=BY)


def test_a_doctor_who_leaves_hands_over(county, heard):
    actions.hand_over(staff_leaving=county.doctor_a.id, to=county.doctor_a2.id, on=JUNE, by=BY, now=NOW)
    assert heard == [
        (
            "staff.left",
            {
                "staff_id": county.doctor_a.id,
                "to_staff_id": county.doctor_a2.id,
                "institution_id": county.clinic_a1.id,
            },
        )
    ]
    assert queries.staff_at(county.clinic_a1.id, JUNE) == [county.doctor_a]
    assert queries.staff_at(county.clinic_a1.id, JULY) == []
    with pytest.raises(Conflict):
        actions.hand_over(staff_leaving=county.doctor_a.id, to=None, on=JULY, by=BY, now=NOW)


def test_a_posting_has_days(county, heard):
    actions.post_staff(staff=county.doctor_a.id, institution=county.clinic_b1.id, on=JULY, by=BY, now=NOW)
    assert county.doctor_a in queries.staff_at(county.clinic_a1.id, JUNE)
    assert county.doctor_a in queries.staff_at(county.clinic_b1.id, JULY)
    assert StaffPosting.objects.filter(staff=county.doctor_a).count() == 2


def test_a_township_sees_only_its_own_staff(county):
    by = SystemActor("centre_a", scope_path=county.centre_a.path)
    actions.change_staff(staff=county.doctor_a.id, details={"name": "赵东东"}, by=by)
    with pytest.raises(UnknownPlace):
        actions.change_staff(staff=county.doctor_b.id, details={"name": "孙"}, by=by)


def test_without_the_permission_nothing_changes(county):
    class Nobody:
        account_id = county.officer.id
        name = "nobody"
        roles = frozenset({"resident"})
        institution_id = staff_id = person_id = None
        scope_path = ""

    with pytest.raises(NotAllowed):
        actions.rename_region(code=county.township_a.code, name="无权", on=JULY, by=Nobody())
    assert queries.region_on(county.township_a.code, JULY).name == "柳林镇"


def test_population_of_a_village_and_of_all_above_it(county):
    assert queries.population(county.village_a1.code, 2026) == 1200
    assert queries.population(county.township_a.code, 2026, age_from=35) == 2 * 2 * 380
    assert queries.population(county.region.code, 2026, age_from=65, sex="2") == 480
    assert queries.population(county.village_a1.code, 2026, age_from=18, age_to=64) == 760


def test_a_band_that_does_not_fit_is_an_error_not_a_guess(county):
    with pytest.raises(UnknownPopulation):
        queries.population(county.village_a1.code, 2026, age_from=60)
    with pytest.raises(UnknownPopulation):
        queries.population(county.village_a1.code, 2026, age_from=35, age_to=70)
    with pytest.raises(UnknownPopulation):
        queries.population(county.village_a1.code, 1999)


def test_a_corrected_population_is_a_new_version(county):
    bands = [Band("0", 0, 64, 900), Band("0", 65, None, 200)]
    version = actions.set_population(
        region=county.village_a1.code, year=2026, bands=bands, source="统计局更正", by=BY
    )
    assert version == 2
    assert queries.population(county.village_a1.code, 2026) == 1100
    assert queries.population(county.village_a1.code, 2025) == 1200


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ([Band("0", 0, 64, 900)], "closed"),
        ([Band("0", 0, 64, 900), Band("0", 66, None, 1)], "gap"),
        ([Band("0", 0, 64, 900), Band("0", 60, None, 1)], "gap"),
        ([Band("0", 0, None, -1)], "negative"),
        ([Band("1", 0, None, 5)], "mixed"),
        ([], "mixed"),
    ],
)
def test_population_bands_must_be_whole(county, bands, code):
    with pytest.raises(BadInput) as refused:
        actions.set_population(region=county.village_a1.code, year=2026, bands=bands, source="x", by=BY)
    assert code in {problem.code for problem in refused.value.problems}


def test_a_county_day_off(county):
    monday = date(2026, 11, 23)
    assert queries.is_county_working_day(monday)
    actions.set_workday(on=monday, is_working=False, source="县政府办通知", by=BY)
    assert not queries.is_county_working_day(monday)
    assert queries.county_working_day_after(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert actions.clear_workday(on=monday, by=BY)
    assert not actions.clear_workday(on=monday, by=BY)
    assert queries.is_county_working_day(monday)


def test_every_event_of_places_is_declared():
    for name in ("staff.left", "institution.merged", "institution.moved", "region.merged"):
        assert name in events.EMITTED
