"""Urinary iodine 尿碘监测: one entry a sample, without a name; median and distribution."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words
from kangshu.declare import Choice, Field, FieldType, Form, Range, Section, Text
from kangshu.declare.expression import Expression, answer
from kangshu.declare.logbook import Logbook, LogbookFigure, count, median

CHILDREN, PREGNANT = "1", "2"
GROUPS = coded(
    (CHILDREN, "8～10岁儿童", "children of 8 to 10"),
    (PREGNANT, "孕妇", "expectant women"),
    ("3", "哺乳期妇女", "nursing mothers"),
    ("4", "其他人群", "others"),
)
SEXES: tuple[Choice, ...] = coded(("1", "男", "male"), ("2", "女", "female"))

FORM = Form(
    id="endemic.urine_sample",
    version=1,
    title=Text("尿碘检测登记表", "Urinary iodine"),
    sections=(
        Section(
            "sample",
            Text("样品", "Sample"),
            (
                words("number", "样品编号", "Sample number", length=40, required=True, carried=False),
                one_of("group", "人群", "Group", GROUPS, required=True),
                one_of("sex", "性别", "Sex", SEXES),
                number("age", "年龄", "Age", "岁", (0, 100)),
                words("place", "采样学校（村）", "School or village", length=60, required=True),
                Field(
                    "iodine",
                    Text("尿碘", "Urinary iodine"),
                    FieldType.DECIMAL,
                    unit="μg/L",
                    places=1,
                    hard=Range.of(0, 3000),
                    soft=Range.of(20, 800),
                    required=True,
                    measured=True,
                ),
            ),
        ),
    ),
    source="全国碘缺乏病监测方案；WS/T 107 尿中碘的测定；GB 16006 碘缺乏病消除标准",
)

IODINE, GROUP = answer("iodine"), answer("group")


def _share(name: str, zh: str, en: str, where: Expression) -> LogbookFigure:
    return LogbookFigure(
        f"endemic.urinary_iodine_{name}",
        Text(f"尿碘{zh}比例", f"Urinary iodine {en}"),
        "%",
        count(),
        where=where,
        out_of=count(),
        scale=100,
        decimals=2,
    )


logbook = Logbook(
    id="endemic.urinary_iodine",
    version=1,
    title=Text("尿碘监测台账", "Urinary iodine"),
    purpose=Text(
        "逐份记录尿碘值，中位数和分布随时可算。", "Sample by sample, so that median and distribution follow."
    ),
    rows=("D7-04",),
    keepers=frozenset({"cdc"}),
    form=FORM,
    figures=(
        LogbookFigure("endemic.urine_samples", Text("尿碘检测份数", "Urine samples"), "份", count()),
        LogbookFigure(
            "endemic.urinary_iodine_median",
            Text("尿碘中位数", "Median urinary iodine"),
            "μg/L",
            median(IODINE),
            decimals=1,
            aliases=("尿碘中位数为",),
        ),
        LogbookFigure(
            "endemic.urinary_iodine_median_children",
            Text("儿童尿碘中位数", "Median urinary iodine: children"),
            "μg/L",
            median(IODINE),
            where=GROUP.equals(CHILDREN),
            decimals=1,
        ),
        LogbookFigure(
            "endemic.urinary_iodine_median_pregnant",
            Text("孕妇尿碘中位数", "Median urinary iodine: expectant women"),
            "μg/L",
            median(IODINE),
            where=GROUP.equals(PREGNANT),
            decimals=1,
        ),
        _share("below_50", "低于50μg/L", "below 50 μg/L", IODINE < 50),
        _share("below_100", "低于100μg/L", "below 100 μg/L", IODINE < 100),
        _share("100_to_299", "100～299μg/L", "100 to 299 μg/L", (IODINE >= 100) & (IODINE < 300)),
        _share("from_300", "300μg/L及以上", "300 μg/L and above", IODINE >= 300),
    ),
    list_fields=("number", "group", "place", "iodine"),
    source=FORM.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
