"""The record of a dose, the child's special states, and the report of an adverse event (norms B3, B5, B6)."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.immunisation.codes import DOSES, STATES, VACCINES
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on

SOURCE = "国家免疫规划疫苗儿童免疫程序及说明（2026年版）；预防接种工作规范；norms B"

DOSE_ID = "immunisation.dose"
DOSE = Form(
    id=DOSE_ID,
    version=1,
    title=Text("预防接种记录", "Vaccination record"),
    sections=(
        Section(
            "vaccine",
            Text("疫苗", "Vaccine"),
            (
                one_of("vaccine", "疫苗", "Vaccine", VACCINES, required=True, carried=False),
                number("dose_number", "剂次", "Dose number", "", (1, 9), measured=False, carried=False),
                several_of("counts_as", "计为", "Counts as", DOSES, carried=False),
                words("batch", "疫苗批号", "Batch", length=40, required=True, carried=False),
                day("expires_on", "有效期至", "Expires on", required=True, carried=False),
                words("manufacturer", "生产企业", "Manufacturer", length=60, carried=False),
                words("trace_code", "追溯码", "Trace code", length=40, carried=False),
            ),
        ),
        Section(
            "giving",
            Text("接种", "Giving"),
            (
                one_of(
                    "site",
                    "接种部位",
                    "Site",
                    numbered(
                        ("左上臂", "left upper arm"),
                        ("右上臂", "right upper arm"),
                        ("左大腿", "left thigh"),
                        ("右大腿", "right thigh"),
                        ("口服", "oral"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "route",
                    "接种途径",
                    "Route",
                    numbered(
                        ("肌内注射", "intramuscular"),
                        ("皮下注射", "subcutaneous"),
                        ("皮内注射", "intradermal"),
                        ("口服", "oral"),
                    ),
                    carried=False,
                ),
                words("amount", "剂量", "Amount", length=20, carried=False),
                one_of(
                    "kind",
                    "接种类型",
                    "Type",
                    numbered(
                        ("常规", "routine"),
                        ("补种", "catch-up"),
                        ("群体性", "campaign"),
                        ("应急", "emergency"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "fund",
                    "费用",
                    "Fund",
                    numbered(("免费", "free"), ("自费", "self-paid")),
                    required=True,
                    carried=False,
                ),
                yes_no("consent", "已告知并签署知情同意", "Informed consent signed", required=True),
                number(
                    "temperature", "接种前体温", "Temperature before", "℃", ("34", "42"), ("35.5", "37.2"),
                    places=1,
                ),
                Field(
                    "observed_until", Text("留观结束时间", "Observed until"), FieldType.TEXT, max_length=5,
                    hint=Text("留观30分钟，如 10:35", "30 minutes, such as 10:35"),
                ),
                words(
                    "despite", "未按程序接种的理由", "Reason for giving it against the schedule",
                    length=200, carried=False,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "not_expired",
            answer("expires_on") >= performed_on,
            Text("疫苗已过有效期，不得接种。", "The vaccine has expired and must not be given."),
            field="expires_on",
        ),
        Check(
            "consented",
            answer("consent"),
            Text("未取得知情同意，不得接种。", "Without consent no dose is given."),
            field="consent",
        ),
    ),
    source="norms B5",
)  # fmt: skip

HEALTH_STATE_ID = "immunisation.health_state"
HEALTH_STATE = Form(
    id=HEALTH_STATE_ID,
    version=1,
    title=Text("特殊健康状态与疫苗选择", "Special health states and choice of vaccines"),
    sections=(
        Section(
            "states",
            Text("特殊健康状态", "Special health states"),
            (
                several_of(
                    "states", "健康状态", "States", STATES, alone="none", required=True, carried=True
                ),
                day("immunoglobulin_on", "最近一次使用免疫球蛋白的日期", "Last immunoglobulin on"),
                one_of("je", "乙脑疫苗", "Japanese encephalitis vaccine", coded(
                    ("live", "减毒活疫苗", "live"), ("inactivated", "灭活疫苗", "inactivated"))),
                one_of("hepa", "甲肝疫苗", "Hepatitis A vaccine", coded(
                    ("live", "减毒活疫苗", "live"), ("inactivated", "灭活疫苗", "inactivated"))),
                words("assessed_by", "评估医生及意见", "Assessed by, and what", length=200),
            ),
        ),
    ),
    source="norms B3",
)  # fmt: skip
