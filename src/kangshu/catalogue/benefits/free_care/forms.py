"""The card, and one visit with what was waived and halved."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, words
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import Expression, answer, performed_on, when

SOURCE = "“四免三减半”惠民措施（县级）"
CATEGORIES = numbered(
    ("最低生活保障对象", "on minimum income"),
    ("特困供养人员", "supported by the state"),
    ("重点优抚对象", "honoured"),
    ("孤儿、困境儿童", "orphan or child in hardship"),
    ("其他困难群众", "other hardship"),
)
WAIVED = (
    ("registration", "挂号费", "Registration fee"),
    ("consultation", "诊查费", "Consultation fee"),
    ("injection", "注射手续费", "Injection fee"),
    ("dressing", "换药手续费", "Dressing fee"),
)
HALVED = (
    ("examination", "检查费（B超、心电图、放射）", "Examinations (ultrasound, ECG, X-ray)"),
    ("laboratory", "化验费", "Laboratory"),
    ("bed", "普通床位费", "Ordinary bed"),
)


def _price(name: str, zh: str, en: str) -> Field:
    return number(name, zh, en, "元", (0, 100000), places=2, measured=False, carried=False)


def _known(name: str) -> Expression:
    return when(answer(name).is_known()).then(answer(name)).otherwise(0)


def _sum(names: list[str]) -> Expression:
    first, *rest = (_known(name) for name in names)
    for part in rest:
        first = first + part
    return first


EXEMPTED = (_sum([name for name, *_ in WAIVED]) + _sum([name for name, *_ in HALVED]) / 2).rounded(2)

TICKET = Form(
    id="benefits.free_care_card",
    version=1,
    title=Text("优惠就医证登记", "Card for waived fees"),
    sections=(
        Section(
            "card",
            Text("优惠证", "Card"),
            (
                one_of("category", "人员类别", "Category", CATEGORIES, required=True),
                words("card", "证件编号", "Card number", length=30, required=True),
                day("valid_from", "有效期起", "Valid from", required=True, carried=False),
                day("valid_until", "有效期止", "Valid until", required=True, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "in_order",
            answer("valid_from") <= answer("valid_until"),
            Text("有效期止早于有效期起。", "It ends before it begins."),
            field="valid_until",
        ),
    ),
    source=SOURCE,
)

EXEMPTION = Form(
    id="benefits.free_care_visit",
    version=1,
    title=Text("“四免三减半”减免登记", "Waived and halved fees: visit"),
    sections=(
        Section(
            "right",
            Text("凭证", "Right"),
            (
                one_of("category", "人员类别", "Category", CATEGORIES, required=True),
                words("card", "优惠证编号", "Card number", length=30, required=True),
                day("valid_until", "优惠证有效期止", "Card valid until", required=True),
            ),
        ),
        Section(
            "waived",
            Text("免收（填应收金额）", "Waived: the full price"),
            tuple(_price(*one) for one in WAIVED),
        ),
        Section(
            "halved",
            Text("减半（填应收金额）", "Halved: the full price"),
            tuple(_price(*one) for one in HALVED),
        ),
        Section(
            "sum",
            Text("减免", "Exempted"),
            (
                Field(
                    "exempted",
                    Text("减免金额", "Amount exempted"),
                    FieldType.COMPUTED,
                    unit="元",
                    expression=EXEMPTED,
                    places=2,
                ),
                words("bill", "票据号", "Bill number", length=40, required=True, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "card_valid",
            answer("valid_until") >= performed_on,
            Text("优惠证已过有效期，不能减免。", "The card has expired: nothing is waived."),
            field="valid_until",
        ),
        Check(
            "something",
            answer("exempted") > 0,
            Text("请至少填写一项费用。", "Give one fee at least."),
            field="registration",
        ),
    ),
    source=SOURCE,
)
