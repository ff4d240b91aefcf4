"""National identifiers: the norm's samples first, then what must hold for every number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.kernel import identifiers as ids
from kangshu.kernel.national import ResidentIdKind, old_foreign_card_check_digit

TODAY = date(2026, 11, 23)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("first_17", "check"),
    [("11010519491231002", "X"), ("44052418800101001", "4"), ("34052419800101001", "X")],
)
def test_samples_of_gb_11643(first_17, check):
    assert ids.resident_id_check_character(first_17) == check
    assert ids.check_resident_id(first_17 + check, on=TODAY).number == first_17 + check


def test_a_number_tells_birth_sex_and_place():
    read = ids.check_resident_id(" 11010519491231002x ", on=TODAY)
    assert (read.birth_date, read.sex, read.division) == (date(1949, 12, 31), "2", "110105")


def test_an_old_number_is_lengthened():
    read = ids.check_resident_id("110105491231002", on=TODAY)
    assert read.kind is ResidentIdKind.CITIZEN_OLD
    assert read.number == "11010519491231002X"


@pytest.mark.parametrize(
    ("first_17", "kind"),
    [
        ("81000019900101001", ResidentIdKind.HONG_KONG),
        ("82000019900101001", ResidentIdKind.MACAU),
        ("83000019900101001", ResidentIdKind.TAIWAN),
        ("91100019900101001", ResidentIdKind.FOREIGN),
    ],
)
def test_residence_permits_have_their_kind(first_17, kind):
    number = first_17 + ids.resident_id_check_character(first_17)
    assert ids.check_resident_id(number, on=TODAY).kind is kind


def test_old_foreign_card():
    first_14 = "USA31009001010"
    number = first_14 + old_foreign_card_check_digit(first_14)
    read = ids.check_resident_id(number, on=TODAY)
    assert (read.kind, read.birth_date, read.sex) == (ResidentIdKind.FOREIGN_OLD, date(1990, 1, 1), "9")


def test_two_digit_years_of_the_old_card_lie_in_the_past():
    first_14 = "USA31003001010"
    number = first_14 + old_foreign_card_check_digit(first_14)
    assert ids.check_resident_id(number, on=TODAY).birth_date == date(1930, 1, 1)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "identifier.form"),
        ("1234", "identifier.form"),
        ("110105194912310021", "identifier.check_character"),
        ("110105491331002", "identifier.birth_date"),
        ("990105491231002", "identifier.division"),
    ],
)
def test_a_bad_number_says_what_is_wrong(number, code):
    with pytest.raises(ids.BadIdentifier) as refused:
        ids.check_resident_id(number, on=TODAY)
    assert refused.value.code == code
    assert refused.value.message.zh


@pytest.mark.parametrize("birth", ["20261124", "18750101", "19900230"])
def test_births_that_cannot_be(birth):
    first_17 = f"330106{birth}001"
    with pytest.raises(ids.BadIdentifier) as refused:
        ids.check_resident_id(first_17 + ids.resident_id_check_character(first_17), on=TODAY)
    assert refused.value.code == "identifier.birth_date"


births = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
first_17s = st.builds(
    lambda birth, serial: f"330106{birth:%Y%m%d}{serial:03d}", births, st.integers(min_value=0, max_value=999)
)


@given(first_17s, st.integers(0, 17), st.integers(1, 9))
def test_any_single_mistyped_digit_is_found(first_17, position, shift):
    number = first_17 + ids.resident_id_check_character(first_17)
    old = 10 if number[position] == "X" else int(number[position])
    wrong = number[:position] + str((old + shift) % 10) + number[position + 1 :]
    if wrong == number:
        return
    with pytest.raises(ids.BadIdentifier):
        ids.check_resident_id(wrong, on=TODAY)


@given(first_17s, st.integers(0, 15))
def test_neighbours_changed_round_are_found(first_17, position):
    number = first_17 + ids.resident_id_check_character(first_17)
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    if swapped == number:
        return
    with pytest.raises(ids.BadIdentifier):
        ids.check_resident_id(swapped, on=TODAY)


@pytest.mark.parametrize(("first_8", "check"), [("D2143569", "X"), ("M000100Y", "4")])
def test_samples_of_gb_11714(first_8, check):
    assert ids.organisation_code_check_character(first_8) == check
    assert ids.check_organisation_code(f"{first_8}-{check}") == first_8 + check


def test_sample_of_gb_32100():
    assert ids.unified_social_credit_code_check_character("91350100M000100Y4") == "3"
    assert ids.check_unified_social_credit_code("91350100M000100Y43") == "91350100M000100Y43"


@given(
    st.text(CREDIT_ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(CREDIT_ALPHABET)
)
def test_any_single_wrong_character_of_a_credit_code_is_found(first_17, position, character):
    check = ids.unified_social_credit_code_check_character(first_17)
    wrong = first_17[:position] + character + first_17[position + 1 :]
    if wrong != first_17:
        assert ids.unified_social_credit_code_check_character(wrong) != check


def test_institution_codes_are_put_together_and_read():
    organisation = ids.unregistered_organisation_code(7)
    code = ids.institution_code(organisation, "330106", "11", "C100", "1")
    assert len(code) == 22
    read = ids.check_institution_code(code)
    assert (read.organisation, read.division, read.category, str(read)) == (
        organisation,
        "330106",
        "C100",
        code,
    )


@pytest.mark.parametrize("code", ["", "PDY00001X33990111R6001", "PDY00001133990111D6001"])
def test_bad_institution_codes_are_refused(code):
    with pytest.raises(ids.BadIdentifier):
        ids.check_institution_code(code)


@given(st.integers(0, 10**12 - 1), st.integers(1, 99999))
def test_record_numbers_are_read_as_they_were_written(region, serial):
    number = ids.record_number(f"{region:012d}", serial)
    read = ids.parse_record_number(number)
    assert str(read) == number
    assert (read.region, read.serial) == (f"{region:012d}", serial)


def test_the_paper_form_shows_the_last_eight_digits():
    read = ids.parse_record_number("339901100-101-00007")
    assert read.short == "101-00007"
    assert read.has_usual_village
    assert not ids.parse_record_number("33990110040100007").has_usual_village


@pytest.mark.parametrize("serial", [0, 100000])
def test_a_village_has_99999_numbers(serial):
    with pytest.raises(ValueError, match="serial"):
        ids.record_number("339901100101", serial)


def test_new_ids_are_version_7_and_rise():
    made = [ids.new_id() for _ in range(50)]
    assert {one.version for one in made} == {7}
    assert made == sorted(made)
