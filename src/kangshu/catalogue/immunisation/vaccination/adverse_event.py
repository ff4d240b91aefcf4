"""The report of an adverse event following immunisation (norms B6).

Since its second edition it asks for the moments of finding and reporting: the limits are 2 and 48 hours.
"""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.asking import day, one_of, several_of, words
from kangshu.catalogue.immunisation.codes import VACCINES
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, days_between, hours_between

HOURS_TO_REPORT = hours_between(answer("found_at"), answer("reported_at"))
GENERAL_SIGNS = ("3", "4")
"""Fever and local redness or induration: clear general reactions, which need no investigation."""
SERIOUS = "2"

ADVERSE_EVENT = Form(
    id="immunisation.adverse_event",
    version=2,
    valid_from=date(2026, 1, 1),
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
                Field("found_at", Text("发现时间", "Found at"), FieldType.MOMENT, required=True),
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
                Field("reported_at", Text("报告时间", "Reported at"), FieldType.MOMENT, required=True,
                      hint=Text("网络报告或向县级疾控机构报告的时间", "to the network or the county CDC")),
                Field(
                    "hours_to_report", Text("发现至报告", "From finding to reporting"), FieldType.COMPUTED,
                    unit="小时", expression=HOURS_TO_REPORT,
                ),
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
            "reported_after_found",
            HOURS_TO_REPORT >= 0,
            Text("报告时间早于发现时间。", "Reported before it was found."),
            field="reported_at",
        ),
    ),
    source="norms B6；全国疑似预防接种异常反应监测方案",
)  # fmt: skip
