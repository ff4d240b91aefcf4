"""The figures of premarital examination (norms H1): people, couples, the rate over those who registered."""

from __future__ import annotations

from kangshu.catalogue.cascade_figures import count, figures
from kangshu.catalogue.screening.premarital.forms import EXAMINATION, SETTLEMENT, SOURCE
from kangshu.catalogue.screening.premarital.steps import SHAPE
from kangshu.declare import Counts, Direction, Indicator, Months, Text
from kangshu.declare.expression import answer, person, records
from kangshu.declare.terms import IN_PERIOD

EXAMINED = records(EXAMINATION.id).where(IN_PERIOD).exists()
# A couple is counted at the woman: both have records with the same number.
COUPLE = (
    person.sex.equals("2")
    & records(EXAMINATION.id).where(IN_PERIOD & answer("partner_examined").equals("2")).exists()
)

INDICATORS = (
    *figures(SHAPE, aliases=("婚检人数", "婚前医学检查人数")),
    count(
        SHAPE,
        "couples",
        Text("免费婚前医学检查对数", "Couples examined"),
        COUPLE,
        Text("期内双方均受检的对数", "couples of whom both were examined in the period"),
        ("婚检对数", "免费婚前医学检查对数", "婚前医学检查任务完成数"),
    ),
    *(
        count(
            SHAPE,
            name,
            Text(f"婚检{zh}人数", f"Premarital: {en} examined"),
            EXAMINED & person.sex.equals(sex),
            Text(f"期内受检的{zh}人数", f"{en} examined in the period"),
        )
        for name, zh, en, sex in (("men", "男性", "men", "1"), ("women", "女性", "women", "2"))
    ),
    Indicator(
        id="premarital.rate",
        version=1,
        title=Text("婚前医学检查率", "Premarital examination rate"),
        unit="%",
        numerator=EXAMINED,
        divided_by="premarital.people_registered",
        months=Months.CUMULATIVE,
        direction=Direction.UP,
        numerator_words=Text("期内婚检人数", "people examined in the period"),
        denominator_words=Text(
            "期内结婚登记人数（民政部门）", "people who registered a marriage in the period"
        ),
        aliases=("婚检率", "婚前医学检查率"),
        source=SOURCE,
    ),
    Indicator(
        id="premarital.free_amount",
        version=1,
        title=Text("免费婚检结算金额", "Free premarital examination: amount"),
        unit="元",
        numerator=IN_PERIOD,
        total=answer("amount"),
        counts=Counts.RECORDS,
        form=SETTLEMENT.id,
        months=Months.EACH,
        decimals=2,
        numerator_words=Text("期内免费服务结算金额合计", "the sum of what free service cost in the period"),
        source=SOURCE,
    ),
)
