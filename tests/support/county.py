"""The fixture county: small, fixed, and the same in every test.

A bureau, one hospital, a CDC, two townships with a centre each and two village clinics under each centre, and
their staff. Nothing is random; ids are fixed, so that a failing test can be read. The division code does not
exist, so that no number made from it can belong to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kangshu.kernel.identifiers import institution_code, unregistered_organisation_code
from kangshu.kernel.pinyin import sort_key
from kangshu.places.models import Institution, Population, Region, Staff, StaffPosting

COUNTY_CODE = "339901"
OPENED_ON = date(2015, 1, 1)


def fixed_id(number: int) -> UUID:
    """A readable UUIDv7-shaped id for fixture rows."""
    return UUID(f"00000000-0000-7000-8000-{number:012d}")


@dataclass(frozen=True)
class County:
    """Handles to the fixture rows. Institution names say where they hang: clinic_a1 is under centre_a."""

    region: Region
    township_a: Region
    township_b: Region
    village_a1: Region
    village_a2: Region
    village_b1: Region
    village_b2: Region
    bureau: Institution
    hospital: Institution
    cdc: Institution
    centre_a: Institution
    centre_b: Institution
    clinic_a1: Institution
    clinic_a2: Institution
    clinic_b1: Institution
    clinic_b2: Institution
    doctor_a: Staff  # village doctor at clinic_a1
    doctor_a2: Staff  # village doctor at clinic_a2
    doctor_b: Staff  # village doctor at clinic_b1
    doctor_b2: Staff  # village doctor at clinic_b2
    worker_a: Staff  # public-health worker at centre_a
    worker_b: Staff  # public-health worker at centre_b
    clinician: Staff  # doctor at the hospital
    clerk: Staff  # records clerk at the hospital
    epidemiologist: Staff  # at the CDC
    officer: Staff  # at the bureau

    @property
    def institutions(self) -> tuple[Institution, ...]:
        return tuple(value for value in vars(self).values() if isinstance(value, Institution))

    @property
    def staff(self) -> tuple[Staff, ...]:
        return tuple(value for value in vars(self).values() if isinstance(value, Staff))


def small_county() -> County:
    """Store the fixture county through the default connection and give its handles."""
    regions = _regions()
    institutions = _institutions(regions)
    staff = _staff(institutions)
    _population(regions)
    return County(region=regions.pop("county"), **regions, **institutions, **staff)


def _regions() -> dict[str, Region]:
    rows = [
        ("province", f"{COUNTY_CODE[:2]}0000000000", "示例省", 1, None, ""),
        ("prefecture", f"{COUNTY_CODE[:4]}00000000", "示例市", 2, "province", ""),
        ("county", f"{COUNTY_CODE}000000", "青溪县", 3, "prefecture", ""),
        ("township_a", f"{COUNTY_CODE}100000", "柳林镇", 4, "county", ""),
        ("township_b", f"{COUNTY_CODE}101000", "石桥镇", 4, "county", ""),
        ("village_a1", f"{COUNTY_CODE}100101", "东柳村", 5, "township_a", "220"),
        ("village_a2", f"{COUNTY_CODE}100102", "西柳村", 5, "township_a", "220"),
        ("village_b1", f"{COUNTY_CODE}101101", "上桥村", 5, "township_b", "220"),
        ("village_b2", f"{COUNTY_CODE}101102", "下桥村", 5, "township_b", "121"),
    ]
    made: dict[str, Region] = {}
    for key, code, name, level, parent, urban_rural in rows:
        made[key] = Region.objects.create(
            code=code,
            name=name,
            level=level,
            parent=made.get(parent or ""),
            urban_rural=urban_rural,
            valid_from=OPENED_ON,
        )
    made.pop("province")
    made.pop("prefecture")
    return made


def _institutions(regions: dict[str, Region]) -> dict[str, Institution]:
    kinds = Institution.Kind
    rows = [
        ("bureau", "青溪县卫生健康局", kinds.BUREAU, "county", None, "0001.", "P100"),
        ("hospital", "青溪县人民医院", kinds.HOSPITAL, "county", "bureau", "0001.0001.", "A100"),
        ("cdc", "青溪县疾病预防控制中心", kinds.CDC, "county", "bureau", "0001.0002.", "J100"),
        ("centre_a", "柳林镇卫生院", kinds.TOWNSHIP_CENTRE, "township_a", "bureau", "0001.0003.", "C100"),
        ("centre_b", "石桥镇卫生院", kinds.TOWNSHIP_CENTRE, "township_b", "bureau", "0001.0004.", "C100"),
        (
            "clinic_a1",
            "东柳村卫生室",
            kinds.VILLAGE_CLINIC,
            "village_a1",
            "centre_a",
            "0001.0003.0001.",
            "D600",
        ),
        (
            "clinic_a2",
            "西柳村卫生室",
            kinds.VILLAGE_CLINIC,
            "village_a2",
            "centre_a",
            "0001.0003.0002.",
            "D600",
        ),
        (
            "clinic_b1",
            "上桥村卫生室",
            kinds.VILLAGE_CLINIC,
            "village_b1",
            "centre_b",
            "0001.0004.0001.",
            "D600",
        ),
        (
            "clinic_b2",
            "下桥村卫生室",
            kinds.VILLAGE_CLINIC,
            "village_b2",
            "centre_b",
            "0001.0004.0002.",
            "D600",
        ),
    ]
    made: dict[str, Institution] = {}
    for number, (key, name, kind, region, parent, path, category) in enumerate(rows, start=1):
        made[key] = Institution.objects.create(
            id=fixed_id(1000 + number),
            code=institution_code(unregistered_organisation_code(number), COUNTY_CODE, "11", category, "1"),
            name=name,
            kind=kind,
            region=regions[region],
            parent=made.get(parent or ""),
            path=path,
            valid_from=OPENED_ON,
        )
    return made


def _staff(institutions: dict[str, Institution]) -> dict[str, Staff]:
    kinds = Staff.Kind
    rows = [
        ("doctor_a", "赵东", kinds.VILLAGE_DOCTOR, "clinic_a1"),
        ("doctor_a2", "钱西", kinds.VILLAGE_DOCTOR, "clinic_a2"),
        ("doctor_b", "孙上", kinds.VILLAGE_DOCTOR, "clinic_b1"),
        ("doctor_b2", "李下", kinds.VILLAGE_DOCTOR, "clinic_b2"),
        ("worker_a", "周柳", kinds.PUBLIC_HEALTH, "centre_a"),
        ("worker_b", "吴桥", kinds.PUBLIC_HEALTH, "centre_b"),
        ("clinician", "郑医", kinds.DOCTOR, "hospital"),
        ("clerk", "王档", kinds.CLERK, "hospital"),
        ("epidemiologist", "冯疾", kinds.PUBLIC_HEALTH, "cdc"),
        ("officer", "陈局", kinds.OTHER, "bureau"),
    ]
    made: dict[str, Staff] = {}
    for number, (key, name, kind, institution) in enumerate(rows, start=1):
        made[key] = Staff.objects.create(
            id=fixed_id(2000 + number),
            name=name,
            name_pinyin=sort_key(name),
            kind=kind,
            institution=institutions[institution],
            from_on=OPENED_ON,
        )
        StaffPosting.objects.create(staff=made[key], institution=institutions[institution], from_on=OPENED_ON)
    return made


def _population(regions: dict[str, Region]) -> None:
    """Four bands per sex and village in 2024–2026, so that a denominator can be computed by hand."""
    bands = [(0, 17, 100), (18, 34, 120), (35, 64, 260), (65, None, 120)]
    Population.objects.bulk_create(
        Population(region=regions[village], year=year, sex=sex, age_from=low, age_to=high, count=count)
        for village in ("village_a1", "village_a2", "village_b1", "village_b2")
        for year in (2024, 2025, 2026)
        for sex in ("1", "2")
        for low, high, count in bands
    )
