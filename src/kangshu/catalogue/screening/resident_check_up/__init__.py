"""The check-up of insured residents: appointment, check, abnormal results, settlement (row D2-04)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.cascade import (
    CLEAR,
    TREATED,
    Cascade,
    CascadeStep,
    Move,
    Rounds,
    cascade,
    months_parameter,
    outcome,
)
from kangshu.catalogue.cascade_figures import count, figures, share
from kangshu.catalogue.records.health_check.forms import HEALTH_CHECK
from kangshu.catalogue.screening.resident_check_up.examples import EXAMPLES
from kangshu.catalogue.screening.resident_check_up.forms import BOOKING, FOLLOWED, ID, SETTLEMENT, SOURCE
from kangshu.declare import Direction, Indicator, Interval, Months, Text
from kangshu.declare.expression import answer, records
from kangshu.declare.fund import Fund
from kangshu.declare.posting import FundPosting
from kangshu.declare.terms import IN_PERIOD

FUND = "resident_check_up"
funds = (
    Fund(
        FUND,
        Text("参保居民健康体检经费", "Check-up of insured residents"),
        Text("按实际体检结算给体检机构", "Paid for those examined"),
    ),
)
INTERVAL = months_parameter(
    "resident_check_up.interval",
    Text("居民健康体检间隔", "Interval of the resident check-up"),
    24,
    date(2009, 1, 1),
    SOURCE,
)
ABNORMAL = outcome("abnormal", "urgent")

SHAPE = Cascade(
    id=ID,
    prefix="resident_check_up",
    title=Text("参保居民健康体检", "Check-up of insured residents"),
    source=SOURCE,
    rounds=Rounds(INTERVAL),
    steps=(
        CascadeStep(
            "booking",
            Text("居民健康体检预约", "Check-up: appointment"),
            BOOKING,
            (
                Move(outcome("booked"), "check", Text("已预约", "booked")),
                Move(outcome("declined"), CLEAR, Text("不参加", "declined")),
            ),
        ),
        CascadeStep(
            "check",
            Text("健康体检", "Health check"),
            HEALTH_CHECK,
            (
                Move(outcome("normal"), CLEAR, Text("无异常", "nothing abnormal")),
                Move(ABNORMAL, "follow_up", Text("有异常", "abnormal")),
            ),
            within=Interval(days=30),
            shared=True,
        ),
        CascadeStep(
            "follow_up",
            Text("体检异常追踪", "Abnormal result"),
            FOLLOWED,
            (Move(outcome("treated"), TREATED, Text("已追踪", "followed")),),
            within=Interval(days=30),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    beside=(SETTLEMENT,),
)
BOOKED = records(BOOKING.id).where(outcome("booked"))
CHECKED = records(HEALTH_CHECK.id).where(IN_PERIOD)
EXAMINED = BOOKED.exists() & CHECKED.exists()

INDICATORS = (
    *figures(SHAPE, aliases=("体检预约人数",), step_aliases={"follow_up": ("体检异常追踪率",)}),
    count(
        SHAPE,
        "examined",
        Text("参保居民健康体检人数", "Insured residents examined"),
        EXAMINED,
        Text("期内预约并完成健康体检的人数", "people booked and examined in the period"),
        ("参保城乡居民健康体检人数", "居民体检人数", "体检人数"),
    ),
    Indicator(
        id="resident_check_up.rate",
        version=1,
        title=Text("参保居民体检率", "Check-up rate of insured residents"),
        unit="%",
        numerator=EXAMINED,
        divided_by="resident_check_up.insured",
        months=Months.CUMULATIVE,
        direction=Direction.UP,
        numerator_words=Text("期内完成健康体检的参保居民数", "insured residents examined in the period"),
        denominator_words=Text(
            "参保居民数（医保经办机构）", "insured residents, as the insurance office says"
        ),
        aliases=("体检率", "参保居民体检率"),
        source=SOURCE,
    ),
    share(
        SHAPE,
        "abnormal_rate",
        Text("居民体检异常检出率", "Abnormal results"),
        CHECKED.where(ABNORMAL).exists(),
        Text("其中有异常的人数", "of these, abnormal"),
        EXAMINED,
        Text("期内完成健康体检的人数", "people examined in the period"),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "按人群套餐预约参保居民定期体检，异常结果列清单追踪，按人结算",
        "Insured residents are booked by package, abnormal results are followed, each check is settled",
    ),
    subject=Text("参加城乡居民医保的常住居民", "insured residents"),
    rows=("D2-04",),
    indicators=INDICATORS,
    examples=EXAMPLES,
    posts=(FundPosting(SETTLEMENT.id, fund=FUND, amount=answer("amount")),),
)
