"""The synthetic county before it is stored: whether it looks like a county, and is the same each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kangshu.demo.families import PYRAMID
from kangshu.demo.making import MadeTownship, Making
from kangshu.demo.options import Options
from kangshu.demo.pressure import ADULT_PREVALENCE, chance_of_hypertension
from kangshu.demo.tree import UnknownCounty, Village, county_tree
from kangshu.kernel.identifiers import check_institution_code, check_resident_id, parse_record_number

TODAY = date(2026, 11, 23)
OPTIONS = Options(residents=6000, seed=7, today=TODAY)


@pytest.fixture(scope="module")
def county() -> tuple[Making, MadeTownship]:
    """One county of 6,000, all its townships in one."""
    making = Making(OPTIONS)
    whole = MadeTownship()
    for made in making.make():
        whole.hoods += made.hoods
        whole.patients += made.patients
        whole.duplicates += made.duplicates
        whole.seen += made.seen
        whole.served += made.served
        whole.grants += made.grants
        whole.plot.add(made.plot)
        whole.serials |= made.serials
    return making, whole


def test_about_as_many_people_as_asked(county):
    _, whole = county
    firsts = sum(len(hood.residents) for hood in whole.hoods)
    assert 0.95 * OPTIONS.residents <= firsts <= 1.05 * OPTIONS.residents


def test_ages_follow_the_pyramid(county):
    _, whole = county
    bands = Counter(min(r.age_on(TODAY) // 5, 19) for hood in whole.hoods for r in hood.residents)
    total = sum(bands.values())
    for band, weight in enumerate(PYRAMID):
        assert bands[band] / total == pytest.approx(weight / sum(PYRAMID), abs=0.012)


def test_the_prevalence_is_the_one_asked_for(county):
    _, whole = county
    adults = sum(r.age_on(TODAY) >= 18 for hood in whole.hoods for r in hood.residents)
    assert len(whole.patients) / adults == pytest.approx(ADULT_PREVALENCE, abs=0.02)
    assert chance_of_hypertension(17, "1") == 0
    assert chance_of_hypertension(70, "2") > chance_of_hypertension(40, "2")


def test_part_of_the_patients_are_under_care_and_others_known_only_to_the_hospital(county):
    _, whole = county
    share = len(whole.enrolled) / len(whole.patients)
    assert 0.3 < share < 0.55
    cared_for = {patient.resident.id for patient in whole.enrolled}
    in_hospital = {
        s.resident.id for s in whole.seen if any(code.startswith("I10") for code, _ in s.diagnoses)
    }
    assert in_hospital - cared_for


def test_every_identity_number_is_valid_and_given_once(county):
    _, whole = county
    numbers = [r.id_number for r in whole.everybody if r.id_number and r.document_kind == "01"]
    assert len(numbers) == len(set(numbers)) > 0.97 * OPTIONS.residents
    for resident in whole.everybody:
        if resident.id_number and resident.document_kind == "01":
            read = check_resident_id(resident.id_number, on=TODAY)
            assert (read.birth_date, read.sex) == (resident.birth, resident.sex)


def test_ids_and_record_numbers_are_given_once(county):
    making, whole = county
    everybody = whole.everybody
    assert len({r.id for r in everybody}) == len(everybody)
    record_numbers = [r.record_number for r in everybody if r.record_number]
    assert len(set(record_numbers)) == len(record_numbers)
    for number in record_numbers[:200]:
        assert parse_record_number(number).county == making.county.code
    for hood in whole.hoods:
        serials = [parse_record_number(r.record_number).serial for r in hood.residents]
        assert max(serials) <= whole.serials[hood.village.code]


def test_no_phone_could_ring_anywhere(county):
    _, whole = county
    assert {r.phone[:3] for r in whole.everybody if r.phone} == {"154"}


def test_families_make_sense(county):
    _, whole = county
    for hood in whole.hoods:
        housed = [member for _, house, _ in hood.households for member in house.members]
        assert len(housed) == len({id(member) for member in housed}) == len(hood.residents)
        for villager in housed:
            if villager.mother is not None:
                assert 17 <= (villager.birth - villager.mother.birth).days / 365.25 <= 50
            if villager.father is not None:
                assert villager.family_name == villager.father.family_name
            if villager.spouse is not None:
                assert villager.spouse.spouse is villager
                assert villager.spouse.sex != villager.sex


def test_nothing_happens_before_birth_after_today_or_before_enrolment(county):
    _, whole = county
    for resident in whole.everybody:
        assert resident.birth <= TODAY
        assert resident.ended_on is None or resident.birth <= resident.ended_on <= TODAY
    for patient in whole.enrolled:
        for made in patient.visits:
            assert patient.opened_on <= made.on <= TODAY
            assert made.on <= made.entered_at.date() <= TODAY
            assert made.by.from_on <= made.on
            assert made.answers.get("sbp", 999) > made.answers.get("dbp", 0)
    for seen in whole.seen:
        assert seen.resident.birth <= seen.on <= TODAY


def test_patients_are_adults_of_35_and_more(county):
    _, whole = county
    assert min(p.resident.age_on(p.opened_on) for p in whole.enrolled) >= 35


def test_visits_never_fall_twice_on_a_day(county):
    _, whole = county
    for patient in whole.enrolled:
        days = [made.on for made in patient.visits if made.form == "follow_up"]
        assert len(days) == len(set(days))


def test_the_planted_faults_are_there_to_be_found(county):
    _making, whole = county
    by_person = {str(patient.resident.id): patient for patient in whole.enrolled}
    kinds = Counter(fault.kind for fault in whole.plot.faults)
    assert {
        "copied_values",
        "identical_sequence",
        "visit_after_death",
        "visit_after_departure",
        "visit_while_admitted",
        "digit_preference",
        "just_below_target",
    } <= set(kinds)
    for fault in whole.plot.faults:
        visits = {str(m.id): m for person in fault.persons for m in by_person[person].visits}
        made = [visits[record] for record in fault.records]
        readings = [(one.answers["sbp"], one.answers["dbp"]) for one in made if "sbp" in one.answers]
        if fault.kind == "copied_values":
            assert len(readings) >= 4
            assert len(set(readings)) == 1
        elif fault.kind in ("visit_after_death", "visit_after_departure"):
            assert min(one.on for one in made) > by_person[fault.persons[0]].resident.ended_on
        elif fault.kind == "visit_while_admitted":
            assert {one.answers["mode"] for one in made} == {"1"}
            assert fault.detail["from"] <= str(made[0].on) <= fault.detail["to"]
        elif fault.kind == "digit_preference":
            assert sum(sbp % 10 == 0 for sbp, _ in readings) > 0.9 * len(readings)
            assert len({one.by.id for one in made}) == 1
        elif fault.kind == "just_below_target":
            assert sum(134 <= sbp < 140 for sbp, _ in readings) > 0.25 * len(readings)
        elif fault.kind in ("entered_at_night", "late_entry"):
            moments = sorted(one.entered_at for one in made)
            assert (moments[-1] - moments[0]).total_seconds() <= 100 * len(made)
            assert (moments[0].hour in (1, 2)) == (fault.kind == "entered_at_night")
            if fault.kind == "late_entry":
                assert min((one.entered_at.date() - one.on).days for one in made) >= 45
        elif fault.kind == "impossible_day":
            assert len(made) >= 40
            assert {one.on for one in made} == {date.fromisoformat(fault.detail["on"])}
            assert len({one.by.id for one in made}) == 1


def test_about_three_in_five_are_controlled_and_half_are_seen_as_the_norm_asks(county):
    _, whole = county
    last = [
        (patient, [made for made in patient.visits if made.form == "follow_up" and made.on.year == 2026])
        for patient in whole.enrolled
    ]
    seen = [(patient, visits[-1]) for patient, visits in last if visits]
    at_target = sum(
        made.answers["sbp"] < (150 if patient.resident.age_on(made.on) >= 65 else 140)
        and made.answers["dbp"] < 90
        for patient, made in seen
    )
    assert 0.5 < at_target / len(seen) < 0.72


def test_screening_finds_some_who_are_then_enrolled_and_some_who_are_not(county):
    _, whole = county
    screened = [one for one in whole.served if one.kind == "chronic.hypertension_screening"]
    assert len(screened) > 100
    assert all(one.resident.age_on(record.on) >= 35 for one in screened for record in one.records)
    confirmed = {
        one.resident.id for one in screened for record in one.records if record.answers.get("result") == "1"
    }
    enrolled = {patient.resident.id for patient in whole.enrolled}
    assert confirmed & enrolled
    assert confirmed - enrolled


def test_who_was_referred_is_open_to_the_hospital(county):
    making, whole = county
    hospital = making.establishment.first("hospital")
    referred = {
        patient.resident.id
        for patient in whole.enrolled
        for made in patient.visits
        if made.action in ("refer", "emergency") and (TODAY - made.on).days < 90
    }
    opened = {one.person_id for one in whole.grants if one.kind == "referral"}
    assert referred == opened
    assert {one.place.id for one in whole.grants if one.kind == "referral"} == {hospital.id}
    assert all(one.on <= TODAY < one.until for one in whole.grants)


def test_every_recipe_fills_its_forms_and_keeps_its_schedule(county):
    making, whole = county
    assert {one.kind for one in whole.served} >= {"chronic.diabetes", "elderly.health_management"}
    for recipe in making.recipes:
        served = [one for one in whole.served if one.kind == recipe.capability]
        if not served:
            continue  # too rare for a county of this size
        records = [record for one in served for record in one.records]
        assert len(records) >= len(served) * 0.5, f"{recipe.capability}: hardly anything was recorded"
        for one in served:
            for record in one.records:
                assert one.opened_on <= record.on <= TODAY
                assert record.on <= record.entered_at.date() <= TODAY


def test_twins_have_one_sequence(county):
    _making, whole = county
    by_person = {str(patient.resident.id): patient for patient in whole.enrolled}
    pairs = [fault.persons for fault in whole.plot.faults if fault.kind == "identical_sequence"]
    for model, twin in pairs:
        second = [(m.on, m.answers.get("sbp")) for m in by_person[twin].visits]
        first = [(m.on, m.answers.get("sbp")) for m in by_person[model].visits]
        assert set(second) <= set(first)
        assert len(second) >= 4


def test_duplicates_are_listed_with_their_differences(county):
    _making, whole = county
    assert len(whole.plot.duplicates) == len(whole.duplicates) > 10
    for double in whole.duplicates:
        assert double.second.sex == double.first.sex
        assert double.differences
        assert not double.second.id_number


def _signature(options: Options) -> list[tuple[object, ...]]:
    made = next(Making(options).make())
    return [
        *((r.id, r.name, r.id_number, r.phone, r.status) for r in made.everybody),
        *(
            (v.id, v.on, v.entered_at, sorted(map(str, v.answers.items())))
            for p in made.enrolled
            for v in p.visits
        ),
        *((s.id, s.on, s.diagnoses) for s in made.seen),
    ]


def test_the_same_seed_makes_the_same_county_and_another_seed_another():
    options = Options(residents=800, seed=3, today=TODAY)
    first = _signature(options)
    assert first == _signature(options)
    assert first != _signature(replace(options, seed=4))


def test_a_large_county_takes_every_township_and_a_small_one_some():
    small, large = county_tree("321322", 2_000, 1), county_tree("321322", 1_500_000, 1)
    assert len(small.townships) == 2
    assert len(small.villages) == 4
    assert len(large.villages) > 15 * len(small.villages)
    assert sum(village.residents for village in large.villages) == pytest.approx(1_500_000, rel=0.02)


def test_an_unknown_county_is_refused():
    if county_tree("321322", 2_000, 1).name == "示例县":
        pytest.skip("the list of divisions is not installed here")
    with pytest.raises(UnknownCounty):
        county_tree("999999", 2_000, 1)


def test_without_the_list_of_divisions_the_county_is_invented(monkeypatch):
    monkeypatch.setattr("kangshu.demo.tree.default_divisions", lambda: None)
    county = county_tree("321322", 20_000, 1)
    assert county.name == "示例县"
    assert len(county.villages) == 20
    assert all(len(village.code) == 12 for village in county.villages)


def test_institutions_have_valid_codes_and_paths_under_their_centre(county):
    making, _ = county
    places = list(making.establishment)
    assert len({place.code for place in places}) == len({place.path for place in places}) == len(places)
    for place in places:
        check_institution_code(place.code)
        assert place.parent is None or place.path.startswith(place.parent.path)
        assert any(member.to_on is None for member in place.staff)


@pytest.mark.parametrize(
    ("name", "short"),
    [("桃园居委会", "桃园"), ("东柳村委会", "东柳"), ("古城社区居委会", "古城"), ("村", "村")],
)
def test_clinics_are_named_after_the_village(name, short):
    assert Village("321322001001", name, 1).short_name == short


@pytest.mark.parametrize("residents", [10, 3_000_000])
def test_a_size_out_of_bounds_is_refused(residents):
    with pytest.raises(ValueError, match="residents"):
        Options(residents=residents)
