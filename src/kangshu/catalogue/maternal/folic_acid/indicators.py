"""Women reached, bottles issued, and the three rates of the project: knowing, taking, adhering."""

from __future__ import annotations

from kangshu.catalogue.maternal.folic_acid.forms import INTAKE, ISSUE, SOURCE, SURVEY
from kangshu.declare import Counts, Direction, Indicator, Months, Text
from kangshu.declare.expression import Expression, answer
from kangshu.declare.terms import IN_PERIOD

KNOWS = answer("purpose").equals("2") & answer("time").equals("1") & answer("dose").equals("1")
MOST_MISSED = 3


def _share(
    id: str,
    zh: str,
    en: str,
    form: str,
    belongs: Expression | None,
    counts: Expression,
    words: Text,
    out_of: Text,
    aliases: tuple[str, ...],
) -> Indicator:
    return Indicator(
        id=f"folic_acid.{id}",
        version=1,
        title=Text(zh, en),
        unit="%",
        numerator=counts,
        denominator=IN_PERIOD if belongs is None else IN_PERIOD & belongs,
        counts=Counts.RECORDS,
        form=form,
        months=Months.EACH,
        direction=Direction.UP,
        numerator_words=words,
        denominator_words=out_of,
        aliases=aliases,
        source=SOURCE,
    )


ASKED = Text("期内接受调查的妇女人次", "women asked in the period")

INDICATORS = (
    Indicator(
        id="folic_acid.women",
        version=1,
        title=Text("免费发放叶酸人次数", "Issues of folic acid"),
        unit="人次",
        numerator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=ISSUE.id,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内发放叶酸的人次", "issues in the period"),
        aliases=("叶酸发放人数", "免费发放叶酸人数", "叶酸发放人次"),
        source=SOURCE,
    ),
    Indicator(
        id="folic_acid.bottles",
        version=1,
        title=Text("叶酸发放瓶数", "Bottles of folic acid issued"),
        unit="瓶",
        numerator=IN_PERIOD,
        total=answer("bottles"),
        counts=Counts.RECORDS,
        form=ISSUE.id,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内发放的叶酸瓶数", "bottles issued in the period"),
        aliases=("叶酸发放瓶数", "发放叶酸瓶数"),
        source=SOURCE,
    ),
    _share(
        "knowledge_rate",
        "叶酸知晓率",
        "Know about folic acid",
        SURVEY.id,
        None,
        KNOWS,
        Text("其中三项知识均回答正确的人次", "of these, all three answers right"),
        ASKED,
        ("叶酸知识知晓率", "知晓率（叶酸）"),
    ),
    _share(
        "taking_rate",
        "叶酸服用率",
        "Took folic acid",
        SURVEY.id,
        None,
        answer("ever_took"),
        Text("其中孕前或孕早期服用过叶酸的人次", "of these, took it before or early in pregnancy"),
        ASKED,
        ("叶酸服用率", "叶酸增补率"),
    ),
    _share(
        "adherence_rate",
        "叶酸服用依从率",
        "Adhered to folic acid",
        SURVEY.id,
        answer("ever_took"),
        answer("regular"),
        Text("其中按要求服用满3个月的人次", "of these, daily for three months"),
        Text("期内调查中服用过叶酸的妇女人次", "women asked in the period who took it"),
        ("叶酸依从率", "叶酸规范服用率"),
    ),
    _share(
        "monthly_adherence",
        "叶酸随访月依从率",
        "Missed at most three days a month",
        INTAKE.id,
        answer("took"),
        answer("missed_days") <= MOST_MISSED,
        Text("其中漏服不超过3天的随访人次", "of these, missed at most three days"),
        Text("期内随访中服用叶酸的人次", "follow-ups in the period of women who took it"),
        (),
    ),
)
