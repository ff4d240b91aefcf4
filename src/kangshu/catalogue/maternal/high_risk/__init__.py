"""High-risk pregnancy and obstetric emergency: orange, red and purple followed one by one, transferred with a
receipt, the emergency group's call-outs, near misses reviewed (norms A5.3)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON, ENDINGS, REASONS
from kangshu.catalogue.maternal.high_risk.forms import (
    CALL_OUT_ID,
    FOLLOW_ID,
    FORMS,
    NEAR_MISS_ID,
    NO_LONGER,
    RECEIPT,
    RECEIPT_ID,
    SOURCE,
    TRANSFER_ID,
)
from kangshu.declare import (
    Branch,
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
from kangshu.declare.expression import all_of, answer, case, performed_on, person, records
from kangshu.declare.terms import IN_PERIOD

HIGH = answer("risk").is_in("3", "4") | answer("purple").equals("2")
CHECKS = ("maternal.booking", "maternal.antenatal")
DELIVERY, CHECK_42 = "maternal.delivery", "maternal.check_42"
OPEN = ("found", "managed", "transferred")
SOON, WEEKLY = Window(Interval(), Interval(days=3)), Window(Interval(days=5), Interval(days=7))
FORTNIGHTLY = Window(Interval(days=10), Interval(days=14))

STATES = States(
    initial="found",
    states=(
        State("found", Text("筛出高危，待专案", "found, not yet under special management")),
        State("managed", Text("专案管理中", "under special management")),
        State("transferred", Text("已转出，待回执", "transferred, receipt owed")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition("found", "managed", f"record:{FOLLOW_ID}", Text("专案随访", "special management")),
        *(
            StateTransition(state, "transferred", f"record:{TRANSFER_ID}", Text("转诊", "transfer"))
            for state in ("found", "managed")
        ),
        StateTransition("transferred", "managed", f"record:{RECEIPT_ID}", Text("收到回执", "receipt")),
        *(
            StateTransition(
                state,
                "closed",
                f"record:{FOLLOW_ID}",
                Text("风险解除", "the risk is over"),
                when=answer("goes_on").equals(NO_LONGER),
                reason="over",
            )
            for state in ("found", "managed")
        ),
        *(
            StateTransition(state, "closed", f"record:{CHECK_42}", Text("产后42天", "42 days"), reason="done")
            for state in OPEN
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in OPEN
            for on, title, reason in ENDINGS
        ),
    ),
    reasons=(
        Reason("over", Text("风险解除，转常规管理", "the risk is over")),
        Reason("done", Text("产后42天检查完成", "42-day check done")),
        *REASONS,
    ),
)
SCHEDULE = Schedule(
    (
        Step(
            "follow",
            Text("高危专案随访", "Special management"),
            FOLLOW_ID,
            first=SOON,
            repeat=FORTNIGHTLY,
            branches=(
                Branch("red", Text("红色：每周", "red: every week"), answer("risk").equals("4"), WEEKLY),
            ),
            source="norms A5.3",
        ),
        Step(
            "receipt",
            Text("转诊回执（24小时内）", "Receipt of the transfer (within 24 hours)"),
            RECEIPT_ID,
            origin=records(TRANSFER_ID).where(performed_on >= case.opened_on).last().performed_on,
            first=Window(Interval(), Interval(days=1)),
            branches=(
                Branch(
                    "not_arrived",
                    Text("未到达：次日再追踪", "did not arrive: again the next day"),
                    ~answer("arrived"),
                    Window(Interval(), Interval(days=1)),
                ),
            ),
            source="norms A5.3",
        ),
        Step(
            "near_miss",
            Text("危重孕产妇评审（1个月内）", "Review of the near miss (within a month)"),
            NEAR_MISS_ID,
            origin=records(CALL_OUT_ID)
            .where(all_of(performed_on >= case.opened_on, answer("near_miss")))
            .last()
            .performed_on,
            first=Window(Interval(), Interval(months=1)),
            source="norms A5.3",
        ),
    )
)


def _counted(
    id: str, form: str, title: Text, unit: str, words: Text, aliases: tuple[str, ...] = ()
) -> Indicator:
    return Indicator(
        id=f"high_risk.{id}",
        version=1,
        title=title,
        unit=unit,
        numerator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=form,
        decimals=0,
        months=Months.EACH,
        numerator_words=words,
        aliases=aliases,
        source=SOURCE,
    )


INDICATORS = (
    _counted(
        "transfers",
        TRANSFER_ID,
        Text("高危孕产妇转诊人次", "Transfers of high-risk women"),
        "人次",
        Text("期内转诊单", "transfers of the period"),
        ("高危孕产妇转诊例数",),
    ),
    _counted(
        "call_outs",
        CALL_OUT_ID,
        Text("产科急救小组出诊次数", "Call-outs of the obstetric emergency group"),
        "次",
        Text("期内出诊记录", "call-outs of the period"),
        ("产科急救小组出诊（会诊）次数",),
    ),
    _counted(
        "near_miss_reviews",
        NEAR_MISS_ID,
        Text("危重孕产妇评审例数", "Near misses reviewed"),
        "例",
        Text("期内评审记录", "reviews of the period"),
        ("危重孕产妇评审数",),
    ),
    Indicator(
        id="high_risk.received_rate",
        version=1,
        title=Text("高危孕产妇转诊到达率", "Transferred women who arrived"),
        unit="%",
        numerator=answer("arrived"),
        denominator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=RECEIPT.id,
        direction=Direction.UP,
        months=Months.EACH,
        numerator_words=Text("其中已到达的", "of these, arrived"),
        denominator_words=Text("期内转诊回执", "receipts of the period"),
        source=SOURCE,
    ),
    Indicator(
        id="high_risk.near_misses_saved_rate",
        version=1,
        title=Text("危急孕产妇抢救成功率", "Emergencies that were saved"),
        unit="%",
        numerator=~answer("outcome").equals("3"),
        denominator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=CALL_OUT_ID,
        direction=Direction.UP,
        months=Months.EACH,
        numerator_words=Text("其中抢救成功的", "of these, saved"),
        denominator_words=Text("期内急救小组出诊", "call-outs of the period"),
        aliases=("孕产妇抢救成功率",),
        source=SOURCE,
    ),
)
capability = Capability(
    id="maternal.high_risk",
    version=1,
    title=Text("高危孕产妇管理与产科急救", "High-risk pregnancy and obstetric emergency"),
    purpose=Text(
        "橙色、红色、紫色风险孕产妇逐一专案管理，上级转诊有回执，急救小组出诊有记录，危重孕产妇组织评审",
        "Orange, red and purple followed one by one; transfers to a higher level answered by a receipt; the "
        "emergency group's call-outs on record; near misses reviewed",
    ),
    subject=Text("橙色、红色、紫色风险的孕产妇", "women at orange, red or purple risk"),
    eligible=person.sex.equals("2"),
    opens_on=tuple(
        Opening(
            f"record:{form}",
            Text("风险评估为橙色、红色或紫色", "judged orange, red or purple"),
            when=HIGH,
            enrols=True,
        )
        for form in CHECKS
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=FORMS,
    shares=(CHECK_42, DELIVERY, *CHECKS),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    rows=("D3-03",),
    row_note=Text(
        "上级医院凭诊疗授权填写回执；未与其院内系统直接对接",
        "the higher hospital fills the receipt under a treatment grant; its own system is not connected",
    ),
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/work/test_chains.py", "tests/catalogue/maternal/test_deaths.py"),
    source=SOURCE,
)
