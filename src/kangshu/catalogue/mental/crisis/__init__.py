"""Psychological crisis of somebody known: risk, intervention, referral, closure."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.managed import CLOSES_ON, ENDINGS, REASONS, Figures
from kangshu.catalogue.mental.crisis.forms import CLOSING, INTAKE, INTERVENTION, SOURCE
from kangshu.declare import (
    Branch,
    Capability,
    Decision,
    Interval,
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
from kangshu.declare.expression import answer, assessment, records
from kangshu.declare.terms import IN_PERIOD

TODAY = Window(opens=Interval(), due=Interval())
DAY = Window(opens=Interval(), due=Interval(days=1))
WEEK = Window(opens=Interval(days=1), due=Interval(days=7))
MONTH = Window(opens=Interval(days=7), due=Interval(months=1))
LAST_INTAKE = records(INTAKE.id).last()
GRAVE = LAST_INTAKE.assessment("outcome").is_in("high", "imminent")


def _intervention(id: str, title: Text, first: Window, when: object) -> Step:
    return Step(
        id=id,
        title=title,
        form=INTERVENTION.id,
        origin=LAST_INTAKE.performed_on,
        first=first,
        repeat=MONTH,
        branches=(
            Branch(
                "grave",
                Text("仍为高风险：次日", "still high: the next day"),
                assessment("outcome").is_in("high", "imminent"),
                DAY,
            ),
            Branch(
                "medium",
                Text("中风险：1周内", "medium: a week"),
                assessment("outcome").equals("medium"),
                WEEK,
            ),
        ),
        when=when,  # type: ignore[arg-type]
        source=SOURCE,
    )


SCHEDULE = Schedule(
    (
        _intervention(
            "intervene_today", Text("心理危机干预（高风险：当日）", "Crisis: intervene today"), TODAY, GRAVE
        ),
        _intervention("intervene", Text("心理危机干预", "Crisis: intervene"), WEEK, ~GRAVE),
    )
)
STATES = States(
    initial="called",
    states=(
        State("called", Text("已受理", "taken in")),
        State("helped", Text("干预中", "being helped")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition("called", "helped", f"record:{INTERVENTION.id}", Text("干预", "intervention")),
        *(
            StateTransition(state, "closed", f"record:{CLOSING.id}", Text("结案", "closed"), reason="ended")
            for state in ("called", "helped")
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in ("called", "helped")
            for on, title, reason in ENDINGS
        ),
    ),
    reasons=(*REASONS, Reason("ended", Text("危机解除或已移交", "resolved or handed over"))),
)
FIGURES = Figures(
    prefix="crisis",
    kind="mental.crisis",
    form=INTERVENTION,
    name=Text("心理危机干预", "Psychological crisis"),
    patients=Text("心理危机干预对象", "people in crisis"),
    source=SOURCE,
)
INDICATORS = (
    FIGURES.visits(
        "cases",
        Text("心理危机受理例次（实名）", "Crises taken in (known people)"),
        IN_PERIOD,
        Text("期内受理例次", "taken in within the period"),
        ("心理危机个案数",),
        form=INTAKE,
    ),
    FIGURES.visits(
        "grave_cases",
        Text("高风险心理危机例次", "Crises of high risk"),
        IN_PERIOD & assessment("outcome").is_in("high", "imminent"),
        Text("其中高风险及紧急例次", "of these, high or imminent"),
        form=INTAKE,
    ),
    FIGURES.visits(
        "interventions",
        Text("心理危机干预人次", "Crisis interventions"),
        IN_PERIOD,
        Text("期内干预人次", "interventions in the period"),
        ("心理危机干预次数", "开展心理危机干预"),
    ),
    FIGURES.visits(
        "referred_share",
        Text("心理危机转介率", "Interventions with a referral"),
        answer("referral").differs_from("1"),
        Text("其中转介的人次", "of these, referred"),
        denominator=IN_PERIOD,
        denominator_words=Text("期内干预人次", "interventions in the period"),
    ),
    FIGURES.visits(
        "closed_cases",
        Text("心理危机结案例次", "Crises closed"),
        IN_PERIOD,
        Text("期内结案例次", "closed in the period"),
        form=CLOSING,
    ),
)

_intake = Cases(INTAKE.id, SOURCE)
_help = Cases(INTERVENTION.id, SOURCE)
_CALM = {"acting": False, "plan": False, "means": False, "ideation": False, "attempted": False}
EXAMPLES = (
    _intake("calm", "无自杀意念", "no ideation", "low", **_CALM),
    _intake("ideation", "有意念", "ideation", "medium", **{**_CALM, "ideation": True}),
    _intake("attempted", "既往自杀未遂", "attempted before", "medium", **{**_CALM, "attempted": True}),
    _intake("plan", "有计划", "a plan", "high", **{**_CALM, "ideation": True, "plan": True}),
    _intake(
        "both",
        "有意念且既往未遂",
        "ideation, attempted before",
        "high",
        **{**_CALM, "ideation": True, "attempted": True},
    ),
    _intake("means", "有计划有手段", "plan and means", "imminent", **{**_CALM, "plan": True, "means": True}),
    _intake("acting", "正在实施", "is doing it", "imminent", **{**_CALM, "acting": True}),
    _intake("unasked", "未询问", "not asked", "missing"),
    _help("low", "干预后低风险", "low afterwards", "low", risk="1"),
    _help("medium", "干预后中风险", "medium afterwards", "medium", risk="2"),
    _help("high", "干预后高风险", "high afterwards", "high", risk="3"),
    _help("imminent", "干预后紧急", "imminent afterwards", "imminent", risk="4"),
    _help("unasked", "未评风险", "not graded", "missing"),
)
DECISIONS = tuple(
    Decision(INTAKE.id, Text(zh, en), Text(then_zh, then_en), SOURCE)
    for zh, en, then_zh, then_en in (
        (
            "正在实施，或有计划并有手段",
            "is doing it, or plan and means",
            "紧急：当日，报警或120",
            "imminent: today, police or 120",
        ),
        (
            "有计划，或有意念且既往未遂",
            "a plan, or ideation and an attempt before",
            "高风险：当日干预",
            "high: today",
        ),
        (
            "有意念，或既往未遂",
            "ideation, or an attempt before",
            "中风险：1周内干预",
            "medium: within a week",
        ),
        ("以上均无", "none of these", "低风险：1周内干预", "low: within a week"),
    )
)
capability = Capability(
    id="mental.crisis",
    version=1,
    title=Text("心理危机干预", "Psychological crisis"),
    purpose=Text(
        "受理热线、门诊和部门转来的心理危机个案，评估风险，干预、转介、随访直至结案",
        "Crises from the hotline, clinics and offices: risk, intervention, referral, follow-up, closure",
    ),
    subject=Text("发生心理危机、身份已知的居民", "residents in a crisis who are known by name"),
    rows=("D6-04",),
    opens_on=(Opening(f"record:{INTAKE.id}", Text("受理心理危机", "a crisis was taken in"), enrols=True),),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(INTAKE, INTERVENTION, CLOSING),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    confidentiality="mental_health",
    screens=("work:due_list", "work:register", "work:record", "indicators:indicator", "fieldwork:logbook"),
    tests=("tests/catalogue/mental/test_crisis.py",),
    source=SOURCE,
)
