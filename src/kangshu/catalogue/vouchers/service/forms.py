"""Issue, use and return of vouchers."""

from __future__ import annotations

from kangshu.catalogue.asking import one_of, words
from kangshu.declare import Field, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "儿童、孕产妇保健服务券管理办法（县级）"
KINDS = numbered(("儿童保健服务券", "child care"), ("孕产妇保健服务券", "maternal care"))
NUMBERS = Text("如 E000121-E000126", "such as E000121-E000126")


def _kind() -> Field:
    return one_of("kind", "券种", "Kind", KINDS, required=True, carried=False)


ISSUE = Form(
    id="vouchers.issue",
    version=1,
    title=Text("服务券发放", "Vouchers: issue"),
    sections=(
        Section(
            "issue",
            Text("发放", "Issue"),
            (
                _kind(),
                words("numbers", "券号", "Numbers", length=100, required=True, carried=False, hint=NUMBERS),
                words("receiver", "领取人", "Received by", length=40, required=True, carried=False),
            ),
        ),
    ),
    source=SOURCE,
)

USE = Form(
    id="vouchers.use",
    version=1,
    title=Text("服务券使用", "Voucher: use"),
    sections=(
        Section(
            "use",
            Text("使用", "Use"),
            (
                _kind(),
                words("numbers", "券号", "Number", length=40, required=True, carried=False),
                one_of(
                    "child_service",
                    "服务项目",
                    "Service",
                    numbered(
                        ("新生儿访视", "newborn visit"),
                        ("婴儿健康检查", "infant check"),
                        ("幼儿健康检查", "toddler check"),
                        ("血常规检测", "blood count"),
                        ("听力或视力筛查", "hearing or vision"),
                        ("其他", "other"),
                    ),
                    visible=answer("kind").equals("1"),
                    required=answer("kind").equals("1"),
                    carried=False,
                ),
                one_of(
                    "maternal_service",
                    "服务项目",
                    "Service",
                    numbered(
                        ("建册与首次产检", "booking"),
                        ("产前检查", "antenatal check"),
                        ("产后访视", "postpartum visit"),
                        ("产后42天检查", "42-day check"),
                        ("其他", "other"),
                    ),
                    visible=answer("kind").equals("2"),
                    required=answer("kind").equals("2"),
                    carried=False,
                ),
                words("note", "备注", "Note", length=100, carried=False),
            ),
        ),
    ),
    source=SOURCE,
)

VOID = Form(
    id="vouchers.void",
    version=1,
    title=Text("服务券收回作废", "Voucher: void"),
    sections=(
        Section(
            "void",
            Text("作废", "Void"),
            (
                _kind(),
                words("numbers", "券号", "Numbers", length=100, required=True, carried=False, hint=NUMBERS),
                one_of(
                    "why",
                    "原因",
                    "Why",
                    numbered(
                        ("迁出", "moved away"),
                        ("过期未用", "not used in time"),
                        ("损坏", "damaged"),
                        ("发放错误", "issued by mistake"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
            ),
        ),
    ),
    source=SOURCE,
)
