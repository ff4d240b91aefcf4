"""Deaths under five: the card, its review, and the rates of newborns, infants and children under five on live
births (norms H1, H5)."""

from __future__ import annotations

from kangshu.catalogue import death_reviews
from kangshu.catalogue.asking import day, one_of, words, yes_no
from kangshu.declare import (
    Capability,
    Check,
    Counts,
    Direction,
    Field,
    FieldType,
    Form,
    Indicator,
    Interval,
    Months,
    Opening,
    Reason,
    Schedule,
    Section,
    State,
    States,
    StateTransition,
    Step,
    Text,
    Window,
    numbered,
)
from kangshu.declare.expression import all_of, answer, days_between, performed_on, person
from kangshu.declare.terms import IN_PERIOD

SOURCE = "全国妇幼卫生监测方案；norms H1, H5"
CARD_ID, REVIEW_ID = "children.death_card", "children.death_review"
#: The norm's own limits: 28 days, a year, five years after birth.
NEWBORN_DAYS, INFANT_DAYS, UNDER_FIVE_DAYS = 28, 364, 1825

CARD = Form(
    id=CARD_ID,
    version=1,
    title=Text("5岁以下儿童死亡报告卡", "Card of a death under five"),
    sections=(
        Section(
            "death",
            Text("死亡情况", "The death"),
            (
                day("died_on", "死亡日期", "Died on", required=True, carried=False),
                Field(
                    "age_days",
                    Text("死亡日龄", "Age in days"),
                    FieldType.COMPUTED,
                    unit="天",
                    expression=days_between(person.birth_date, answer("died_on")),
                ),
                one_of(
                    "place",
                    "死亡地点",
                    "Where",
                    numbered(
                        ("医院", "hospital"),
                        ("途中", "on the way"),
                        ("家中", "at home"),
                        ("其他", "elsewhere"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "treated",
                    "死前治疗",
                    "Treated before",
                    numbered(
                        ("住院", "in hospital"),
                        ("门诊", "as an outpatient"),
                        ("未治疗", "not at all"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "why_not",
                    "未就医原因",
                    "Why not",
                    numbered(
                        ("经济困难", "no money"),
                        ("交通不便", "no way to get there"),
                        ("来不及送医", "too late"),
                        ("家长认为病情不严重", "not thought to be serious"),
                        ("风俗习惯", "custom"),
                        ("其他", "other"),
                    ),
                    visible=answer("treated").equals("3"),
                    required=answer("treated").equals("3"),
                    carried=False,
                ),
            ),
        ),
        Section(
            "cause",
            Text("死因", "Cause"),
            (
                one_of(
                    "group",
                    "死因分类",
                    "Group",
                    numbered(
                        ("早产或低出生体重", "preterm or low birth weight"),
                        ("出生窒息", "birth asphyxia"),
                        ("先天异常", "congenital anomaly"),
                        ("肺炎", "pneumonia"),
                        ("腹泻", "diarrhoea"),
                        ("败血症等感染", "sepsis and other infections"),
                        ("意外伤害", "injury"),
                        ("肿瘤、血液病", "tumour or blood disease"),
                        ("其他", "other"),
                        ("不明", "not known"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("cause", "根本死因", "Underlying cause", length=100, required=True, carried=False),
                words("icd", "ICD-10编码", "ICD-10 code", length=10, carried=False),
                one_of(
                    "level",
                    "诊断级别",
                    "Diagnosed at",
                    numbered(
                        ("省、市级医院", "province or prefecture"),
                        ("县级医院", "county"),
                        ("乡镇卫生院", "township"),
                        ("村卫生室", "village"),
                        ("未就医", "nowhere"),
                    ),
                    carried=False,
                ),
                yes_no("registered_birth", "出生在本县登记", "The birth is registered here"),
                day("reported_on", "报告日期", "Reported on", required=True, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "of_age",
            days_between(person.birth_date, answer("died_on")).between(0, UNDER_FIVE_DAYS),
            Text("死亡时须未满5岁。", "The child was under five."),
            field="died_on",
        ),
        Check(
            "as_registered",
            days_between(answer("died_on"), person.death_on).equals(0),
            Text("与档案登记的死亡日期不一致，请核对。", "Not the day of death in the record: compare them."),
            field="died_on",
            hard=False,
        ),
        Check(
            "reported_after",
            answer("reported_on") >= answer("died_on"),
            Text("报告日期早于死亡日期。", "Reported before the death."),
            field="reported_on",
        ),
    ),
    source=SOURCE,
)
REVIEW = Form(
    id=REVIEW_ID,
    version=1,
    title=Text("5岁以下儿童死亡评审", "Review of a death under five"),
    sections=(
        Section(
            "review",
            Text("评审", "Review"),
            (
                death_reviews.met_on(),
                death_reviews.experts(),
                death_reviews.avoidable(),
                death_reviews.cause("评审确定的死因", "Cause as reviewed"),
                death_reviews.measures("改进措施", "What is to be changed"),
            ),
        ),
    ),
    source=SOURCE,
)
STATES = States(
    initial="to_report",
    states=(
        State("to_report", Text("待报死亡卡", "card owed")),
        State("reported", Text("已报卡", "card sent")),
        State("closed", Text("已办结", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition("to_report", "reported", f"record:{CARD_ID}", Text("死亡报告卡", "card")),
        StateTransition(
            "reported", "closed", f"record:{REVIEW_ID}", Text("评审", "review"), reason="reviewed"
        ),
        StateTransition(
            "reported",
            "closed",
            "action:close_unreviewed",
            Text("未抽中评审", "not sampled"),
            reason="unreviewed",
        ),
        StateTransition(
            "to_report",
            "closed",
            "action:close_other",
            Text("误登记", "registered by mistake"),
            reason="other",
        ),
    ),
    reasons=(
        Reason("reviewed", Text("已评审", "reviewed")),
        Reason("unreviewed", Text("已审核报卡，未抽中评审", "card checked, not drawn for review")),
        Reason("other", Text("死亡为误登记", "the death was registered by mistake")),
    ),
)
SCHEDULE = Schedule(
    (
        Step(
            "card",
            Text("5岁以下儿童死亡报告卡（当月）", "Card of a death under five (within the month)"),
            CARD_ID,
            first=Window(Interval(), Interval(days=7), Interval(months=1)),
            source="norms H1",
        ),
    )
)


def _deaths(name: str, zh: str, en: str, days: int, aliases: tuple[str, ...]) -> tuple[Indicator, Indicator]:
    """How many, and the rate on live births."""
    numerator = all_of(IN_PERIOD, days_between(person.birth_date, answer("died_on")) <= days)
    words_ = Text(f"期内报卡的{zh}", f"deaths of {en} on a card of the period")
    return (
        Indicator(
            id=f"children.deaths_{name}",
            version=1,
            title=Text(f"{zh}数", f"Deaths: {en}"),
            unit="人",
            numerator=numerator,
            counts=Counts.RECORDS,
            form=CARD_ID,
            decimals=0,
            direction=Direction.DOWN,
            months=Months.EACH,
            numerator_words=words_,
            aliases=(f"{zh}人数",),
            source="norms H1",
        ),
        Indicator(
            id=f"children.mortality_{name}",
            version=1,
            title=Text(f"{zh}率", f"Mortality: {en}"),
            unit="‰",
            scale=1_000,
            numerator=numerator,
            divided_by="maternal.live_births",
            counts=Counts.RECORDS,
            form=CARD_ID,
            direction=Direction.DOWN,
            numerator_words=words_,
            denominator_words=Text("同期活产数", "live births of the period"),
            aliases=aliases,
            source="norms H1",
        ),
    )


INDICATORS = (
    *_deaths("newborn", "新生儿死亡", "newborns (to 28 days)", NEWBORN_DAYS, ("新生儿死亡率",)),
    *_deaths("infant", "婴儿死亡", "infants (under one year)", INFANT_DAYS, ("婴儿死亡率",)),
    *_deaths(
        "under_5",
        "5岁以下儿童死亡",
        "children under five",
        UNDER_FIVE_DAYS,
        ("5岁以下儿童死亡率", "五岁以下儿童死亡率"),
    ),
)
capability = Capability(
    id="children.deaths",
    version=1,
    title=Text("5岁以下儿童死亡监测", "Surveillance of deaths under five"),
    purpose=Text(
        "5岁以下儿童死亡当月报卡，抽样评审，按活产数计算新生儿、婴儿和5岁以下儿童死亡率",
        "Every death under five on a card within the month, some reviewed; rates of newborns, infants and "
        "children under five on live births",
    ),
    subject=Text("未满5岁死亡的儿童", "children who died before five"),
    eligible=person.age_on(performed_on) < 5,
    opens_on=(
        Opening("person.died", Text("登记死亡时未满5岁", "registered as dead under five"), enrols=True),
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
