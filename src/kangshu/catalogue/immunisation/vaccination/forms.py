"""The record of a dose, the child's special states, and the report of an adverse event (norms B3, B5, B6)."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.immunisation.vaccination.codes import DOSES, STATES, VACCINES
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, days_between, performed_on

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

ADVERSE_EVENT = Form(
    id="immunisation.adverse_event",
    version=1,
    title=Text("疑似预防接种异常反应个案报告", "Report of an adverse event following immunisation"),
    sections=(
        Section(
            "event",
            Text("反应", "Event"),
            (
                one_of("vaccine", "可疑疫苗", "Suspected vaccine", VACCINES, required=True, carried=False),
                words("batch", "疫苗批号", "Batch", length=40, carried=False),
                day("given_on", "接种日期", "Given on", required=True, carried=False),
                day("started_on", "反应发生日期", "Event began on", required=True, carried=False),
                day("found_on", "发现日期", "Found on", required=True, carried=False),
                Field(
                    "days_after", Text("接种后天数", "Days after the dose"), FieldType.COMPUTED, unit="天",
                    expression=days_between(answer("given_on"), answer("started_on")),
                ),
                several_of(
                    "signs",
                    "临床表现",
                    "Signs",
                    numbered(
                        ("过敏性休克或喉头水肿", "anaphylactic shock or laryngeal oedema"),
                        ("晕厥或癔症", "syncope or hysteria"),
                        ("发热（腋温≥38.6℃）", "fever of 38.6 ℃ or more"),
                        ("局部红肿或硬结（直径>2.5厘米）", "redness or induration over 2.5 cm"),
                        ("血管性水肿", "angio-oedema"),
                        ("局部或全身化脓性感染", "local or systemic pyogenic infection"),
                        ("皮疹或过敏性紫癜", "rash or allergic purpura"),
                        ("热性惊厥、癫痫、脑病或脑炎", "convulsion, epilepsy, encephalitis"),
                        ("血小板减少性紫癜", "thrombocytopenic purpura"),
                        ("格林巴利综合征或疫苗相关麻痹病例", "Guillain-Barré or vaccine-associated polio"),
                        ("臂丛神经炎或无菌性脓肿", "brachial neuritis or sterile abscess"),
                        ("卡介苗淋巴结炎、骨髓炎或播散", "BCG lymphadenitis, osteomyelitis or dissemination"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "severity",
                    "严重程度",
                    "Severity",
                    numbered(
                        ("一般", "ordinary"),
                        ("死亡、严重残疾、群体性或公众高度关注",
                         "death, severe disability, cluster or great public concern"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("course", "经过", "Course", length=500, carried=False),
            ),
        ),
        Section(
            "handling",
            Text("报告与调查", "Report and investigation"),
            (
                day("reported_on", "报告日期", "Reported on", required=True, carried=False),
                day("investigated_on", "调查开始日期", "Investigation began on", carried=False),
                one_of(
                    "class",
                    "分类",
                    "Class",
                    numbered(
                        ("一般反应", "general reaction"),
                        ("异常反应", "abnormal reaction"),
                        ("疫苗质量事故", "vaccine quality"),
                        ("接种事故", "programme error"),
                        ("偶合症", "coincidental"),
                        ("心因性反应", "psychogenic"),
                        ("不明原因", "undetermined"),
                    ),
                    carried=False,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "after_the_dose",
            answer("started_on") >= answer("given_on"),
            Text("反应发生日期早于接种日期。", "The event began before the dose."),
            field="started_on",
        ),
        Check(
            "found_after_it_began",
            answer("found_on") >= answer("started_on"),
            Text("发现日期早于反应发生日期。", "Found before it began."),
            field="found_on",
        ),
        Check(
            "reported_after_found",
            answer("reported_on") >= answer("found_on"),
            Text("报告日期早于发现日期。", "Reported before it was found."),
            field="reported_on",
        ),
    ),
    source="norms B6；全国疑似预防接种异常反应监测方案",
)  # fmt: skip
