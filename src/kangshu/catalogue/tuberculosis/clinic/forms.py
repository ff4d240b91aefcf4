"""What the designated hospital writes down: registration, sputum, contacts, tracing, outcome."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, yes_no
from kangshu.catalogue.judging import part
from kangshu.declare import Check, Field, FieldType, Form, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "中国结核病预防控制工作技术规范（2020年版）"
SMEAR = numbered(("阳性", "positive"), ("阴性", "negative"), ("未查", "not examined"))


def _count(name: str, zh: str, en: str, unit: str = "人", most: int = 200, **more: object) -> Field:
    return number(name, zh, en, unit, (0, most), measured=False, carried=False, required=True, **more)  # type: ignore[arg-type]


REGISTRATION = Form(
    id="tuberculosis.registration",
    version=1,
    title=Text("肺结核患者登记与诊断", "TB: registration and diagnosis"),
    sections=(
        part(
            "diagnosis",
            "诊断",
            "Diagnosis",
            one_of(
                "category",
                "登记分类",
                "Category",
                numbered(("初治", "new"), ("复治", "retreated")),
                required=True,
            ),
            one_of(
                "found_by",
                "发现方式",
                "Found by",
                numbered(
                    ("因症就诊", "own complaint"),
                    ("转诊", "referral"),
                    ("追踪", "tracing"),
                    ("接触者检查", "contact check"),
                    ("健康检查", "health check"),
                    ("其他", "other"),
                ),
                required=True,
            ),
            _count("specimens", "送检痰标本数", "Sputum specimens", "份", 20),
            one_of("smear", "涂片结果", "Smear", SMEAR, required=True, measured=True),
            one_of("culture", "培养结果", "Culture", SMEAR, measured=True),
            one_of("molecular", "分子生物学检测", "Molecular test", SMEAR, measured=True),
        ),
        part(
            "treatment",
            "治疗",
            "Treatment",
            yes_no("free", "纳入免费治疗", "Treated free of charge", required=True),
            Field("started_on", Text("开始治疗日期", "Treatment begun on"), FieldType.DATE),
            one_of(
                "regimen",
                "治疗方案",
                "Regimen",
                numbered(("2HRZE/4HR", "2HRZE/4HR"), ("2HRZES/6HRE", "2HRZES/6HRE"), ("其他", "other")),
            ),
        ),
    ),
    checks=(
        Check(
            "examined",
            answer("smear").equals("3") | (answer("specimens") > 0),
            Text("有涂片结果时痰标本数应大于0。", "A smear needs a specimen."),
            field="specimens",
        ),
    ),
    source=SOURCE,
)

SPUTUM = Form(
    id="tuberculosis.sputum",
    version=1,
    title=Text("肺结核治疗期痰检", "TB: sputum under treatment"),
    sections=(
        part(
            "sputum",
            "痰检",
            "Sputum",
            number("month", "治疗第几月末", "End of month", "月", (1, 24), measured=False, required=True),
            _count("specimens", "送检痰标本数", "Sputum specimens", "份", 20),
            one_of("smear", "涂片结果", "Smear", SMEAR, required=True, measured=True),
        ),
    ),
    source=SOURCE,
)

CONTACTS = Form(
    id="tuberculosis.contacts",
    version=1,
    title=Text("肺结核密切接触者筛查", "TB: close contacts"),
    sections=(
        part(
            "contacts",
            "密切接触者",
            "Close contacts",
            _count("contacts", "密切接触者人数", "Close contacts"),
            _count("checked", "已筛查人数", "Checked"),
            _count("suspicious", "有可疑症状人数", "With symptoms"),
            _count("found", "发现活动性肺结核人数", "Found with active TB"),
            _count("preventive", "接受预防性治疗人数", "Treated preventively"),
        ),
    ),
    checks=(
        Check(
            "checked",
            answer("checked") <= answer("contacts"),
            Text("筛查人数不能多于接触者人数。", "No more are checked than there are."),
            field="checked",
        ),
        Check(
            "found",
            (answer("found") <= answer("checked")) & (answer("suspicious") <= answer("checked")),
            Text("发现或有症状人数不能多于筛查人数。", "No more are found than were checked."),
            field="found",
        ),
    ),
    source=SOURCE,
)

TRACING = Form(
    id="tuberculosis.tracing",
    version=1,
    title=Text("肺结核患者追踪", "TB: tracing"),
    sections=(
        part(
            "tracing",
            "追踪",
            "Tracing",
            one_of(
                "why",
                "追踪原因",
                "Why traced",
                numbered(
                    ("未到位就诊", "did not come"),
                    ("中断治疗", "interrupted"),
                    ("未按期复查", "missed check"),
                ),
                required=True,
                carried=False,
            ),
            one_of(
                "result",
                "追踪结果",
                "What came of it",
                numbered(
                    ("已到位", "came"), ("已联系未到位", "reached, did not come"), ("未联系上", "not reached")
                ),
                required=True,
                carried=False,
            ),
        ),
    ),
    source=SOURCE,
)

OUTCOME = Form(
    id="tuberculosis.outcome",
    version=1,
    title=Text("肺结核患者治疗转归", "TB: outcome of treatment"),
    sections=(
        part(
            "outcome",
            "转归",
            "Outcome",
            one_of(
                "outcome",
                "治疗转归",
                "Outcome",
                numbered(
                    ("治愈", "cured"),
                    ("完成疗程", "treatment completed"),
                    ("治疗失败", "failed"),
                    ("死亡", "died"),
                    ("失访", "lost"),
                    ("转入耐多药治疗", "to MDR treatment"),
                ),
                required=True,
                carried=False,
            ),
        ),
    ),
    source=SOURCE,
)
