"""Maternal deaths: the card at once, the county's review within a month, the ratio on live births (norms H1,
H5)."""

from __future__ import annotations

from kangshu.catalogue.maternal.deaths.forms import ACCIDENT, CARD, CARD_ID, REVIEW, REVIEW_ID, SOURCE
from kangshu.declare import (
    Capability,
    Counts,
    Direction,
    Indicator,
    Interval,
    Months,
    Opening,
    Reason,
    Schedule,
    State,
    States,
    StateTransition,
    Step,
    Text,
    Window,
)
from kangshu.declare.expression import (
    Expression,
    all_of,
    answer,
    any_of,
    days_between,
    performed_on,
    person,
    records,
)
from kangshu.declare.terms import IN_PERIOD

BOOKING, DELIVERY, ENDED = "maternal.booking", "maternal.delivery", "maternal.pregnancy_ended"


def _ended_within(first: int, last: int) -> Expression:
    """A pregnancy that ended so many days before the death, by its delivery or by its record."""
    return any_of(
        records(DELIVERY)
        .where(days_between(answer("delivered_on"), person.death_on).between(first, last))
        .exists(),
        records(ENDED).where(days_between(answer("ended_on"), person.death_on).between(first, last)).exists(),
    )


BOOKED = records(BOOKING).where(days_between(performed_on, person.death_on).between(0, 300)).exists()
MAYBE_MATERNAL = _ended_within(0, 42) | (BOOKED & ~_ended_within(43, 300))

STATES = States(
    initial="to_report",
    states=(
        State("to_report", Text("待报死亡卡", "card owed")),
        State("to_review", Text("待评审", "to be reviewed")),
        State("closed", Text("已办结", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition("to_report", "to_review", f"record:{CARD_ID}", Text("死亡报告卡", "card")),
        StateTransition(
            "to_review", "closed", f"record:{REVIEW_ID}", Text("评审", "reviewed"), reason="reviewed"
        ),
        *(
            StateTransition(
                state,
                "closed",
                "action:close_other",
                Text("不属孕产妇死亡", "no maternal death"),
                reason="other",
            )
            for state in ("to_report", "to_review")
        ),
    ),
    reasons=(
        Reason("reviewed", Text("已评审", "reviewed")),
        Reason("other", Text("核实后不属孕产妇死亡", "found to be no maternal death")),
    ),
)
CARDS = records(CARD_ID)
SCHEDULE = Schedule(
    (
        Step(
            "card",
            Text("孕产妇死亡报告卡（24小时内）", "Card of the maternal death (within 24 hours)"),
            CARD_ID,
            first=Window(Interval(), Interval(days=1)),
            source="norms H1",
        ),
        Step(
            "review",
            Text("孕产妇死亡评审（1个月内）", "Review of the maternal death (within a month)"),
            REVIEW_ID,
            origin=CARDS.last().performed_on,
            first=Window(Interval(), Interval(months=1)),
            source="norms H1",
        ),
    )
)
MATERNAL = ~answer("kind").equals(ACCIDENT)
INDICATORS = (
    Indicator(
        id="maternal.live_births",
        version=1,
        title=Text("活产数（分娩记录）", "Live births (delivery records)"),
        unit="人",
        numerator=IN_PERIOD,
        total=answer("live_births"),
        counts=Counts.RECORDS,
        form=DELIVERY,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内分娩记录的活产数之和", "live births of the delivery records of the period"),
        aliases=("活产数", "活产人数"),
        source="norms H1",
    ),
    Indicator(
        id="maternal.deaths",
        version=1,
        title=Text("孕产妇死亡数", "Maternal deaths"),
        unit="人",
        numerator=all_of(IN_PERIOD, MATERNAL),
        counts=Counts.RECORDS,
        form=CARD_ID,
        decimals=0,
        direction=Direction.DOWN,
        months=Months.EACH,
        numerator_words=Text(
            "期内报告的孕产妇死亡（意外除外）", "maternal deaths reported, without accidents"
        ),
        aliases=("孕产妇死亡人数",),
        source="norms H1",
    ),
    Indicator(
        id="maternal.mortality",
        version=1,
        title=Text("孕产妇死亡率", "Maternal mortality"),
        unit="/10万",
        scale=100_000,
        numerator=all_of(IN_PERIOD, MATERNAL),
        divided_by="maternal.live_births",
        counts=Counts.RECORDS,
        form=CARD_ID,
        direction=Direction.DOWN,
        numerator_words=Text("期内孕产妇死亡数（意外除外）", "maternal deaths without accidents"),
        denominator_words=Text("同期活产数", "live births of the period"),
        aliases=("孕产妇死亡率（/10万）", "孕产妇死亡率"),
        source="norms H1",
    ),
)
capability = Capability(
    id="maternal.deaths",
    version=1,
    title=Text("孕产妇死亡监测", "Maternal death surveillance"),
    purpose=Text(
        "孕产妇死亡24小时内报卡，1个月内县级评审，确定可避免程度和整改措施，按活产数计算死亡率",
        "Every maternal death on a card within 24 hours and reviewed within a month: could it have been "
        "avoided, what is to change; the ratio on live births",
    ),
    subject=Text(
        "孕期至妊娠结束后42天内死亡的妇女", "women who died in pregnancy or within 42 days after it"
    ),
    eligible=person.sex.equals("2"),
    opens_on=(
        Opening(
            "person.died",
            Text("登记死亡时在孕期或产后42天内", "registered as dead in pregnancy or within 42 days"),
            when=all_of(person.sex.equals("2"), MAYBE_MATERNAL),
            enrols=True,
        ),
    ),
    after_death=True,
    states=STATES,
    forms=(CARD, REVIEW),
    kept_from_resident=(CARD_ID, REVIEW_ID),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    rows=("D3-13",),
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/maternal/test_deaths.py", "tests/work/test_chains.py"),
    source=SOURCE,
)
