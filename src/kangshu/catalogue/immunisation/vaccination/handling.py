"""What goes with the doses: the certificate and its way from unit to unit, why a dose was missed, and the
investigation of an adverse event (norms B5, B6, B7)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, one_of, words, yes_no
from kangshu.catalogue.immunisation.codes import VACCINES
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, hours_between, performed_on

ISSUED, REISSUED, CAME, WENT = "1", "2", "3", "4"
CERTIFICATE_ID = "immunisation.certificate"
CERTIFICATE = Form(
    id=CERTIFICATE_ID,
    version=1,
    title=Text("预防接种证发放与转移登记", "Vaccination certificate: issue and transfer"),
    sections=(
        Section(
            "certificate",
            Text("接种证（卡）", "Certificate"),
            (
                one_of(
                    "event",
                    "办理事项",
                    "What was done",
                    numbered(
                        ("首次建证", "issued for the first time"),
                        ("补证", "issued again (lost or spoiled)"),
                        ("转入", "came from another unit"),
                        ("转出", "went to another unit"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("number", "接种证编号", "Certificate number", length=30, required=True),
                words(
                    "other_unit", "对方接种单位", "The other unit", length=60, carried=False,
                    required=answer("event").is_in(CAME, WENT),
                    visible=answer("event").is_in(CAME, WENT),
                ),
                yes_no(
                    "history_checked", "已核对接种史", "The doses before were checked",
                    visible=answer("event").is_in(REISSUED, CAME),
                    hint=Text("纸质接种证上的剂次须逐剂补录", "enter every dose of the paper certificate"),
                ),
                words("receiver", "领取人", "Handed to", length=40, carried=False),
            ),
        ),
    ),
    source="norms B5, B7",
)  # fmt: skip

MISSED_ID = "immunisation.missed_dose"
MISSED = Form(
    id=MISSED_ID,
    version=1,
    title=Text("漏种催种记录", "Missed doses: contact and reason"),
    sections=(
        Section(
            "contact",
            Text("催种", "Contact"),
            (
                one_of(
                    "way",
                    "联系方式",
                    "How",
                    numbered(
                        ("电话", "by phone"),
                        ("短信", "by message"),
                        ("入户", "at home"),
                        ("其他", "otherwise"),
                    ),
                    required=True,
                    carried=False,
                ),
                yes_no("reached", "已联系上监护人", "The guardian was reached", required=True),
                one_of(
                    "reason",
                    "未种原因",
                    "Why the dose was missed",
                    numbered(
                        ("忘记或不知道", "forgotten, or not known"),
                        ("患病暂缓", "ill, put off"),
                        ("医学禁忌", "contraindicated"),
                        ("外出不在本地", "away from here"),
                        ("监护人拒绝", "the guardian refuses"),
                        ("疫苗暂缺", "vaccine out of stock"),
                        ("已在外地接种，待补录", "given elsewhere, still to be entered"),
                        ("失访", "cannot be found"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                words(
                    "reason_more", "说明", "More", length=200, carried=False,
                    required=answer("reason").equals("9"),
                ),
                day("agreed_on", "约定接种日期", "Agreed to come on", carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "not_in_the_past",
            answer("agreed_on") >= performed_on,
            Text("约定接种日期早于联系日期。", "The agreed day lies before the contact."),
            field="agreed_on",
        ),
    ),
    source="norms B2-2",
)  # fmt: skip

INVESTIGATION_ID = "immunisation.investigation"
INVESTIGATION = Form(
    id=INVESTIGATION_ID,
    version=1,
    title=Text("疑似预防接种异常反应调查", "Investigation of an adverse event"),
    sections=(
        Section(
            "investigation",
            Text("调查", "Investigation"),
            (
                one_of("vaccine", "可疑疫苗", "Suspected vaccine", VACCINES, required=True, carried=True),
                Field("found_at", Text("发现时间", "Found at"), FieldType.MOMENT, required=True,
                      carried=True),
                Field("started_at", Text("调查开始时间", "Investigation began at"), FieldType.MOMENT,
                      required=True),
                Field(
                    "hours_to_start", Text("发现至调查", "From finding to investigating"), FieldType.COMPUTED,
                    unit="小时", expression=hours_between(answer("found_at"), answer("started_at")),
                ),
                day("preliminary_on", "初步调查报告日期", "Preliminary report on"),
                one_of(
                    "class",
                    "调查诊断分类",
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
                ),
                one_of(
                    "outcome",
                    "转归",
                    "Outcome",
                    numbered(
                        ("痊愈", "well again"),
                        ("好转", "better"),
                        ("后遗症", "lasting harm"),
                        ("死亡", "died"),
                        ("不详", "not known"),
                    ),
                ),
                words("diagnosis", "诊断", "Diagnosis", length=100),
                words("experts", "调查诊断专家组意见", "What the expert panel found", length=500),
            ),
        ),
    ),
    checks=(
        Check(
            "began_after_found",
            hours_between(answer("found_at"), answer("started_at")) >= 0,
            Text("调查开始时间早于发现时间。", "The investigation began before the event was found."),
            field="started_at",
        ),
    ),
    source="norms B6；全国疑似预防接种异常反应监测方案",
)  # fmt: skip
