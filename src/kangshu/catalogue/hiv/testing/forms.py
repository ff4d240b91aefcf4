"""What a VCT clinic asks, and what follows a reactive test."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, words, yes_no
from kangshu.catalogue.judging import part
from kangshu.declare import Form, Text, numbered

SOURCE = "艾滋病防治条例第二十三条；艾滋病自愿咨询检测办法；全国艾滋病检测技术规范（2020年修订版）"

SITE = Form(
    id="hiv.vct_clinic",
    version=1,
    title=Text("VCT门诊登记", "VCT clinic"),
    sections=(
        part(
            "clinic",
            "门诊",
            "Clinic",
            words("address", "地址", "Address", required=True),
            words("hours", "开诊时间", "Hours", length=60),
            words("phone", "咨询电话", "Telephone", length=20),
            number("counsellors", "咨询员人数", "Counsellors", "人", (0, 100), measured=False),
        ),
    ),
    source=SOURCE,
)

FORM = Form(
    id="hiv.testing",
    version=1,
    title=Text("自愿咨询检测个案登记", "VCT visit"),
    sections=(
        part(
            "visitor",
            "求询者",
            "Visitor",
            words(
                "code",
                "匿名编号",
                "Code",
                length=20,
                required=True,
                carried=False,
                hint=Text("不写姓名、证件号码和电话", "no name, identity number or telephone"),
            ),
            one_of("sex", "性别", "Sex", numbered(("男", "man"), ("女", "woman")), carried=False),
            one_of(
                "age",
                "年龄组",
                "Age",
                numbered(
                    ("不满18岁", "under 18"),
                    ("18～24岁", "18–24"),
                    ("25～49岁", "25–49"),
                    ("50岁及以上", "50+"),
                ),
                required=True,
                carried=False,
            ),
            several_of(
                "reason",
                "求询原因",
                "Why they came",
                coded(
                    ("1", "非婚异性性行为史", "heterosexual risk"),
                    ("2", "男男性行为史", "sex between men"),
                    ("3", "配偶或固定性伴阳性", "partner positive"),
                    ("4", "注射吸毒史", "injected drugs"),
                    ("5", "输血或采供血史", "blood"),
                    ("6", "母亲阳性", "mother positive"),
                    ("7", "职业暴露", "exposed at work"),
                    ("8", "婚（孕）前检测", "before marriage"),
                    ("9", "其他", "other"),
                ),
                required=True,
                carried=False,
            ),
        ),
        part(
            "test",
            "咨询与检测",
            "Counselling and test",
            yes_no("counselled", "检测前咨询", "Counselled before the test", required=True),
            one_of(
                "screening",
                "HIV抗体筛查",
                "HIV screening",
                coded(
                    ("0", "未检测", "not tested"),
                    ("1", "无反应", "not reactive"),
                    ("2", "有反应", "reactive"),
                ),
                required=True,
                carried=False,
            ),
            one_of(
                "syphilis",
                "梅毒检测",
                "Syphilis",
                coded(("0", "未检测", "not tested"), ("1", "阴性", "negative"), ("2", "阳性", "positive")),
                carried=False,
            ),
            number("condoms", "发放安全套", "Condoms given", "只", (0, 1000), measured=False, carried=False),
        ),
    ),
    source=SOURCE,
)

CONFIRMATION = Form(
    id="hiv.testing_confirmation",
    version=1,
    title=Text("确证检测结果", "Confirmation"),
    sections=(
        part(
            "confirmation",
            "确证",
            "Confirmation",
            one_of(
                "confirmed",
                "确证结果",
                "Result",
                numbered(
                    ("阳性", "positive"),
                    ("阴性", "negative"),
                    ("不确定", "indeterminate"),
                    ("未能采样", "no sample"),
                ),
                required=True,
                carried=False,
            ),
            words("laboratory", "确证实验室", "Laboratory", length=60),
        ),
    ),
    source=SOURCE,
)

TOLD = Form(
    id="hiv.testing_told",
    version=1,
    title=Text("检测后咨询与告知", "Result told"),
    sections=(
        part(
            "told",
            "告知",
            "Telling",
            yes_no("counselled_after", "检测后咨询", "Counselled after the test", required=True),
            # Asked of a confirmed positive only; no is the answer to look into.
            yes_no("into_care", "阳性者是否已转介随访治疗", "A positive visitor was handed over to care"),
        ),
    ),
    source=SOURCE,
)
