"""The resident health record: personal information form, transfer and correction (norms A1)."""

from __future__ import annotations

from kangshu.catalogue.records.personal_information.forms import PERSONAL_INFORMATION, SOURCE
from kangshu.catalogue.records.personal_information.indicators import INDICATORS
from kangshu.catalogue.records.personal_information.opening import OPENING
from kangshu.catalogue.records.personal_information.parameters import PARAMETERS
from kangshu.declare import Capability, Text

capability = Capability(
    id="records.personal_information",
    version=1,
    title=Text("居民健康档案", "Resident health record"),
    purpose=Text(
        "为常住居民建立统一、规范的电子健康档案：封面、个人基本信息表、迁转、居民查阅与更正",
        "One electronic record for every usual resident: cover, personal form, transfer, own reading and"
        " correction",
    ),
    subject=Text("辖区内常住居民，居住半年以上的户籍及非户籍居民", "usual residents, registered here or not"),
    rows=("D1-03",),
    forms=(PERSONAL_INFORMATION, OPENING),
    indicators=INDICATORS,
    parameters=PARAMETERS,
    screens=(
        "people:register",
        "people:resident",
        "people:duplicates",
        "people:cover",
        "people:transfers",
        "people:correct",
        "web:own_records",
        "web:own_record",
        "work:record",
    ),
    tests=(
        "tests/catalogue/records/test_personal_information.py",
        "tests/people/test_register.py",
        "tests/people/test_transfers.py",
        "tests/people/test_corrections.py",
        "tests/web/test_own_record.py",
    ),
    source=SOURCE,
)
