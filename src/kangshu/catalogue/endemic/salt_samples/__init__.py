"""Salt samples 食用盐采样、碘盐监测: depots monthly, households, school canteens; laboratory result."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words, yes_no
from kangshu.declare import Check, Field, FieldType, Form, Interval, Range, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import (
    Logbook,
    LogbookDue,
    LogbookFigure,
    SiteKind,
    Stage,
    median,
    total,
)
from kangshu.declare.report import Periodicity

LEVELS = coded(
    ("1", "盐业批发企业（盐库）", "salt depot"),
    ("2", "居民户", "household"),
    ("3", "学校食堂", "school canteen"),
    ("4", "零售店", "shop"),
)
METHODS = coded(
    ("1", "直接滴定法", "titration"), ("2", "仲裁法", "reference method"), ("3", "半定量试剂", "test kit")
)

PLAN = Form(
    id="endemic.salt_point",
    version=1,
    title=Text("碘盐监测点登记表", "Salt sampling point"),
    sections=(
        Section(
            "point",
            Text("监测点", "Point"),
            (
                one_of("level", "监测层次", "Level", LEVELS, required=True),
                number(
                    "planned",
                    "年计划采样份数",
                    "Samples planned a year",
                    "份",
                    (1, 10_000),
                    measured=False,
                    required=True,
                ),
                words("address", "地址", "Address", length=80),
            ),
        ),
    ),
    source="全国碘缺乏病监测方案",
)

SAMPLE = Form(
    id="endemic.salt_batch",
    version=1,
    title=Text("食用盐采样登记表", "Salt samples taken"),
    sections=(
        Section(
            "samples",
            Text("采样", "Samples"),
            (
                number("taken", "采样份数", "Samples taken", "份", (1, 2000), (1, 500), required=True),
                words("numbers", "样品编号", "Sample numbers", length=80, required=True, carried=False),
                words("sampler", "采样人", "Sampler", length=40, required=True),
            ),
        ),
    ),
    source="全国碘缺乏病监测方案",
)

RESULT = Form(
    id="endemic.salt_result",
    version=1,
    title=Text("食用盐碘含量检测结果", "Laboratory result"),
    sections=(
        Section(
            "result",
            Text("检测", "Result"),
            (
                one_of("method", "检测方法", "Method", METHODS, required=True),
                number("tested", "检测份数", "Tested", "份", (1, 2000), required=True),
                number("iodised", "碘盐份数", "Iodised", "份", (0, 2000), required=True),
                number("qualified", "合格碘盐份数", "Qualified", "份", (0, 2000), required=True),
                Field(
                    "median_iodine",
                    Text("盐碘含量中位数", "Median iodine"),
                    FieldType.DECIMAL,
                    unit="mg/kg",
                    places=1,
                    hard=Range.of(0, 500),
                    soft=Range.of(10, 60),
                    measured=True,
                ),
                yes_no(
                    "not_iodised_handled",
                    "非碘盐已溯源处理",
                    "Salt without iodine was traced",
                    visible=answer("iodised") < answer("tested"),
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "iodised_among_tested",
            answer("iodised") <= answer("tested"),
            Text("碘盐份数不能多于检测份数。", "More iodised than tested."),
            field="iodised",
        ),
        Check(
            "qualified_among_iodised",
            answer("qualified") <= answer("iodised"),
            Text("合格碘盐份数不能多于碘盐份数。", "More qualified than iodised."),
            field="qualified",
        ),
    ),
    source="GB 26878-2011 食用盐碘含量：在所定平均水平的±30%以内为合格",
)

LEVEL = answer("site__level")
TESTED = answer("tested__tested")


def _pass_rate(name: str, zh: str, en: str, code: str) -> LogbookFigure:
    at_level = LEVEL.equals(code)
    return LogbookFigure(
        f"endemic.qualified_salt_{name}",
        Text(f"{zh}合格碘盐率", f"Qualified iodised salt: {en}"),
        "%",
        total(answer("tested__qualified")),
        where=at_level,
        out_of=total(TESTED, where=at_level),
        scale=100,
        decimals=2,
    )


logbook = Logbook(
    id="endemic.salt_samples",
    version=1,
    title=Text("碘盐监测台账", "Iodised salt monitoring"),
    purpose=Text(
        "按层次的采样计划、采样、实验室结果和合格率。",
        "Sampling plan by level, samples, laboratory results and pass rates.",
    ),
    rows=("D7-04",),
    keepers=frozenset({"cdc", "township_centre"}),
    overseer="cdc",
    site=SiteKind("salt_point", Text("碘盐监测点", "Salt sampling points"), PLAN),
    form=SAMPLE,
    due=LogbookDue(Periodicity.MONTH, within_days=5, once=False),
    stages=(Stage("tested", Text("实验室检测", "Tested"), RESULT, within=Interval(days=15)),),
    figures=(
        LogbookFigure(
            "endemic.salt_samples",
            Text("食用盐采样份数", "Salt samples taken"),
            "份",
            total(answer("taken")),
            aliases=("采集食用盐样品份数",),
        ),
        LogbookFigure(
            "endemic.salt_tested",
            Text("食用盐检测份数", "Salt samples tested"),
            "份",
            total(TESTED),
            aliases=("碘盐检测份数",),
        ),
        LogbookFigure(
            "endemic.qualified_salt_rate",
            Text("测碘盐合格率", "Qualified iodised salt"),
            "%",
            total(answer("tested__qualified")),
            out_of=total(TESTED),
            scale=100,
            decimals=2,
            aliases=("碘盐合格率", "合格碘盐食用率"),
        ),
        LogbookFigure(
            "endemic.iodised_salt_coverage",
            Text("碘盐覆盖率", "Coverage of iodised salt"),
            "%",
            total(answer("tested__iodised")),
            out_of=total(TESTED),
            scale=100,
            decimals=2,
        ),
        _pass_rate("depot", "盐业批发企业", "depots", "1"),
        _pass_rate("household", "居民户", "households", "2"),
        _pass_rate("school", "学校食堂", "school canteens", "3"),
        LogbookFigure(
            "endemic.salt_iodine_median",
            Text("各批盐碘含量中位数的中位数", "Median of the batches' medians"),
            "mg/kg",
            median(answer("tested__median_iodine")),
            decimals=1,
        ),
    ),
    list_fields=("site__level", "taken", "tested__qualified", "tested__median_iodine"),
    source=SAMPLE.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
