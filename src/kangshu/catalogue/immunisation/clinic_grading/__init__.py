"""Grading of vaccination clinics 预防接种门诊分级（合格、规范化、星级）."""

from __future__ import annotations

from kangshu.catalogue.accreditation import accreditation
from kangshu.catalogue.asking import coded, number, one_of, words
from kangshu.declare import Form, Section, Text
from kangshu.declare.logbook import SiteKind

SETTINGS = coded(
    ("1", "乡镇卫生院", "township centre"),
    ("2", "社区卫生服务中心", "community centre"),
    ("3", "医院（产科接种室）", "hospital, delivery ward"),
    ("4", "犬伤处置门诊", "rabies clinic"),
    ("9", "其他", "other"),
)

CLINIC = SiteKind(
    "vaccination_clinic",
    Text("预防接种门诊", "Vaccination clinic"),
    Form(
        id="immunisation.vaccination_clinic",
        version=1,
        title=Text("预防接种门诊登记表", "Vaccination clinic"),
        sections=(
            Section(
                "clinic",
                Text("基本情况", "Particulars"),
                (
                    one_of("setting", "门诊类别", "Setting", SETTINGS, required=True),
                    number("area", "接种区面积", "Area", "㎡", (1, 5000), measured=False, required=True),
                    number(
                        "staff",
                        "持证接种人员数",
                        "Certified vaccinators",
                        "人",
                        (0, 200),
                        measured=False,
                        required=True,
                    ),
                    number("days_a_week", "每周接种日", "Days open a week", "天", (1, 7), measured=False),
                    words("head", "负责人", "Head", length=40),
                ),
            ),
        ),
    ),
)

logbook = accreditation(
    "immunisation.clinic_grading",
    title=Text("预防接种门诊评定", "Grading of vaccination clinics"),
    purpose=Text(
        "预防接种门诊规范化、星级评定与复核，覆盖率随时可查。",
        "Standard and star grades of vaccination clinics and their review; the share graded at any time.",
    ),
    site=CLINIC,
    levels=coded(
        ("1", "合格门诊", "qualified"),
        ("2", "规范化门诊", "standardised"),
        ("3", "三星级门诊", "three stars"),
        ("4", "四星级门诊", "four stars"),
        ("5", "五星级（数字化）门诊", "five stars (digital)"),
    ),
    parts=(
        ("rooms", Text("房屋与功能分区", "Rooms and zones"), 20),
        ("cold_chain", Text("冷链与疫苗管理", "Cold chain and vaccine"), 25),
        ("staff_training", Text("人员资质与培训", "Staff and training"), 15),
        ("process", Text("接种实施与安全", "Vaccination and safety"), 25),
        ("information", Text("信息化与资料", "Records"), 15),
    ),
    rows=("D4-07",),
    keepers=frozenset({"township_centre", "community_centre", "hospital", "mch"}),
    overseer="cdc",
    source="预防接种工作规范（2023年版）；省星级预防接种门诊评定标准",
    aliases=("预防接种省星级门诊", "预防接种规范化门诊", "规范化接种门诊数"),
)
