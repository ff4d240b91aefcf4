"""Worked follow-up visits: one for every branch of the decision table (norms A7.2; the first eleven are
L1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kangshu.declare import Example, Text

FORM = "chronic.hypertension.follow_up"
DAY = date(2026, 5, 12)
IN_TWO_WEEKS = date(2026, 5, 26)
IN_THREE_MONTHS = date(2026, 8, 12)

SATISFIED = {"class": "1", "action": "routine"}
FIRST = {"class": "2", "action": "adjust"}
SECOND = {"class": "2", "action": "refer"}


def born_for_age(years: int) -> date:
    """A birth date that makes somebody `years` old on the day of the examples."""
    return date(DAY.year - years, 3, 1)


def before(on: str, **answers: Any) -> dict[str, Any]:
    """An earlier visit."""
    return {"performed_on": on, "answers": answers}


def _visit(
    name: str,
    zh: str,
    en: str,
    pressure: tuple[int, int],
    expected: dict[str, Any],
    *,
    age: int = 60,
    born: date | None = None,
    sex: str = "1",
    earlier: tuple[dict[str, Any], ...] = (),
    clause: str = "norms A7.2",
    confirmed: str | None = None,
    **answers: Any,
) -> Example:
    if confirmed is not None:
        answers["class"] = confirmed
    return Example(
        name=name,
        title=Text(zh, en),
        form=FORM,
        performed_on=DAY,
        answers={"mode": "1", "sbp": pressure[0], "dbp": pressure[1], **answers},
        expected=expected,
        person={"sex": sex, "birth_date": (born or born_for_age(age)).isoformat()},
        earlier=earlier,
        clause=clause,
    )


def _refusal(name: str, zh: str, en: str, refused: str, **answers: Any) -> Example:
    return Example(
        name=name,
        title=Text(zh, en),
        form=FORM,
        performed_on=DAY,
        answers=answers,
        expected={},
        person={"sex": "1", "birth_date": born_for_age(60).isoformat()},
        refused=refused,
        clause="norms A7.2",
    )


CONTROLLED = before("2026-02-12", mode="1", sbp=130, dbp=80, **{"class": "1"})
UNCONTROLLED = before("2026-04-28", mode="1", sbp=152, dbp=94, **{"class": "2"})
REACTION = before("2026-04-28", mode="1", sbp=128, dbp=80, adverse_reaction="2", **{"class": "3"})
REACTION_AND_HIGH = before("2026-04-28", mode="1", sbp=156, dbp=92, adverse_reaction="2", **{"class": "3"})
WORSE = before("2026-04-28", mode="1", sbp=130, dbp=80, complication="2", **{"class": "4"})

FROM_THE_NORM = (
    _visit(
        "satisfied",
        "60岁，138/88：控制满意",
        "60 years, 138/88: controlled",
        (138, 88),
        {**SATISFIED, "next_visit_on": IN_THREE_MONTHS.isoformat()},
        clause="L1 row 1",
    ),
    _visit(
        "first_unsatisfied",
        "上次满意，140/88：第一次控制不满意",
        "140/88 after a controlled visit: not controlled for the first time",
        (140, 88),
        {**FIRST, "next_visit_on": IN_TWO_WEEKS.isoformat()},
        earlier=(CONTROLLED,),
        clause="L1 row 2",
    ),
    _visit(
        "elder_satisfied",
        "66岁，148/88：按150/90为满意",
        "66 years, 148/88: controlled, because 150/90 counts",
        (148, 88),
        SATISFIED,
        age=66,
        clause="L1 row 3",
    ),
    _visit(
        "elder_second_unsatisfied",
        "66岁，150/80，上次不满意：连续两次，转诊",
        "66 years, 150/80 after an uncontrolled visit: the second in a row, refer",
        (150, 80),
        {**SECOND, "next_visit_on": IN_TWO_WEEKS.isoformat()},
        age=66,
        earlier=(UNCONTROLLED,),
        clause="L1 row 4",
    ),
    _visit(
        "emergency_systolic",
        "收缩压182：紧急转诊",
        "systolic 182: urgent referral",
        (182, 100),
        {"action": "emergency", "next_visit_on": IN_TWO_WEEKS.isoformat()},
        age=50,
        clause="L1 row 5",
    ),
    _visit(
        "emergency_diastolic",
        "舒张压110：紧急转诊",
        "diastolic 110: urgent referral",
        (130, 110),
        {"action": "emergency"},
        age=50,
        clause="L1 row 6",
    ),
    _visit(
        "first_reaction",
        "血压达标，第一次不良反应：调整用药",
        "at target, a reaction for the first time: change the drug",
        (128, 80),
        {"class": "3", "action": "adjust", "next_visit_on": IN_TWO_WEEKS.isoformat()},
        age=55,
        earlier=(CONTROLLED,),
        adverse_reaction="2",
        clause="L1 row 7",
    ),
    _visit(
        "reaction_again",
        "不良反应难以控制：转诊",
        "a reaction that is hard to control: refer",
        (128, 80),
        {"class": "3", "action": "refer"},
        age=55,
        earlier=(REACTION,),
        adverse_reaction="2",
        clause="L1 row 8",
    ),
    _visit(
        "complication",
        "新发并发症：转诊",
        "a new complication: refer",
        (135, 85),
        {"class": "4", "action": "refer", "next_visit_on": IN_TWO_WEEKS.isoformat()},
        age=70,
        complication="2",
        clause="L1 row 9",
    ),
    _visit(
        "pregnant",
        "妊娠期142/92：紧急转诊",
        "pregnant with 142/92: urgent referral",
        (142, 92),
        {"action": "emergency"},
        age=30,
        sex="2",
        pregnant_or_lactating=True,
        clause="L1 row 10",
    ),
    _visit(
        "one_day_before_65",
        "差一天满65岁，145/85：不满意",
        "one day short of 65, 145/85: not controlled",
        (145, 85),
        FIRST,
        born=date(1961, 5, 13),
        clause="L1 row 11",
    ),
)

EDGES = (
    _visit(
        "exactly_65",
        "当日满65岁，145/85：满意",
        "65 on that very day, 145/85",
        (145, 85),
        SATISFIED,
        born=DAY.replace(year=1961),
    ),
    _visit("just_below", "139/89：满意", "139/89", (139, 89), SATISFIED),
    _visit("diastolic_alone", "仅舒张压90：不满意", "diastolic 90 alone", (120, 90), FIRST),
    _visit(
        "elder_diastolic",
        "70岁，130/90：不满意",
        "70 years, 130/90: diastolic counts at any age",
        (130, 90),
        FIRST,
        age=70,
    ),
    _visit("elder_149", "70岁，149/89：满意", "70 years, 149/89", (149, 89), SATISFIED, age=70),
    _visit(
        "below_180", "179/109：不满意，非紧急", "179/109: not controlled, no emergency", (179, 109), FIRST
    ),
    _visit("at_180", "180/90：紧急转诊", "180/90: urgent", (180, 90), {"action": "emergency"}),
    _visit(
        "second_unsatisfied",
        "连续两次不满意：转诊",
        "not controlled twice in a row: refer",
        (146, 92),
        SECOND,
        earlier=(CONTROLLED, UNCONTROLLED),
    ),
    _visit(
        "controlled_between",
        "两次不满意之间有一次满意：重新计数",
        "a controlled visit in between: counted anew",
        (146, 92),
        FIRST,
        earlier=(
            before("2026-01-05", mode="1", sbp=150, dbp=95, **{"class": "2"}),
            before("2026-02-12", mode="1", sbp=130, dbp=80, **{"class": "1"}),
        ),
    ),
    _visit(
        "back_to_controlled",
        "不满意后恢复满意：按期随访",
        "controlled again after an uncontrolled visit: routine",
        (132, 84),
        SATISFIED,
        earlier=(UNCONTROLLED,),
    ),
    _visit(
        "unsatisfied_after_reaction",
        "上次为不良反应（血压达标），本次不满意：第一次",
        "after a reaction with pressure at target: not controlled for the first time",
        (146, 92),
        FIRST,
        earlier=(REACTION,),
    ),
    _visit(
        "unsatisfied_after_reaction_and_high",
        "上次不良反应且血压未达标，本次不满意：连续两次",
        "after a reaction with pressure above target: the second in a row",
        (146, 92),
        SECOND,
        earlier=(REACTION_AND_HIGH,),
    ),
    _visit(
        "reaction_after_unsatisfied",
        "上次不满意，本次达标而有不良反应：第一次不良反应",
        "at target with a reaction, after an uncontrolled visit: first reaction",
        (128, 80),
        {"class": "3", "action": "adjust"},
        earlier=(UNCONTROLLED,),
        adverse_reaction="2",
    ),
    _visit(
        "reaction_and_twice_high",
        "不良反应，且连续两次血压未达标：转诊",
        "a first reaction, but above target twice in a row: refer",
        (150, 95),
        {"class": "3", "action": "refer"},
        earlier=(UNCONTROLLED,),
        adverse_reaction="2",
    ),
    _visit(
        "reaction_and_high_first",
        "第一次不良反应且血压未达标：调整",
        "first reaction and above target: adjust",
        (150, 95),
        {"class": "3", "action": "adjust"},
        adverse_reaction="2",
    ),
    _visit(
        "reaction_gone_then_back",
        "不良反应消失后再次出现：按第一次处理",
        "a reaction that had gone and comes back: first again",
        (128, 80),
        {"class": "3", "action": "adjust"},
        earlier=(
            before("2026-01-05", mode="1", sbp=128, dbp=80, adverse_reaction="2", **{"class": "3"}),
            CONTROLLED,
        ),
        adverse_reaction="2",
    ),
    _visit(
        "complication_beats_reaction",
        "并发症与不良反应并存：归为并发症",
        "a complication and a reaction: class 4",
        (150, 95),
        {"class": "4", "action": "refer"},
        adverse_reaction="2",
        complication="2",
    ),
    _visit(
        "unsatisfied_after_complication",
        "上次为并发症（血压达标），本次不满意：第一次",
        "after a complication with pressure at target: first",
        (146, 92),
        FIRST,
        earlier=(WORSE,),
    ),
    _visit(
        "emergency_beats_complication",
        "并发症且血压危急：紧急转诊",
        "a complication with a dangerous pressure: urgent",
        (190, 100),
        {"class": "4", "action": "emergency"},
        complication="2",
    ),
    _visit(
        "emergency_sign",
        "血压达标但有意识改变：紧急转诊",
        "at target, but consciousness has changed: urgent",
        (130, 80),
        {"class": "2", "action": "emergency"},
        emergency_signs=("2",),
    ),
    _visit(
        "no_sign", "危急情况：无", "no sign of an emergency", (130, 80), SATISFIED, emergency_signs=("1",)
    ),
    _visit(
        "beyond_institution",
        "存在不能处理的其他情况：紧急转诊",
        "another condition beyond the institution: urgent",
        (130, 80),
        {"action": "emergency"},
        emergency_signs=("8",),
    ),
    _visit(
        "lactating_normal",
        "哺乳期血压正常：满意",
        "lactating with a normal pressure",
        (126, 78),
        SATISFIED,
        age=31,
        sex="2",
        pregnant_or_lactating=True,
    ),
    _visit(
        "pregnant_diastolic",
        "妊娠期舒张压90：紧急转诊",
        "pregnant with diastolic 90: urgent",
        (128, 90),
        {"action": "emergency"},
        age=36,
        sex="2",
        pregnant_or_lactating=True,
    ),
    _visit(
        "after_emergency",
        "紧急转诊后仍不满意：连续两次",
        "still not controlled after an urgent referral: the second in a row",
        (150, 92),
        SECOND,
        earlier=(before("2026-04-28", mode="1", sbp=186, dbp=112, **{"class": "2"}),),
    ),
    _visit(
        "by_telephone",
        "电话随访同样分类",
        "a telephone visit is classified alike",
        (146, 92),
        SECOND,
        earlier=(UNCONTROLLED,),
        mode="3",
    ),
    _visit(
        "later_visits_do_not_count",
        "补录：只看此前的随访",
        "entered late: only visits before it count",
        (146, 92),
        FIRST,
        earlier=(CONTROLLED, before("2026-05-20", mode="1", sbp=150, dbp=95, **{"class": "2"})),
    ),
    _visit(
        "silent_call_between",
        "中间一次电话未测血压：不打断连续计数",
        "a call without a pressure in between does not break the row",
        (146, 92),
        SECOND,
        earlier=(UNCONTROLLED, before("2026-05-05", mode="3")),
    ),
    _visit(
        "doctor_confirms_other",
        "医生改判为不满意：调整",
        "the doctor confirms class 2 although at target: adjust",
        (136, 86),
        FIRST,
        confirmed="2",
    ),
    _visit(
        "doctor_said_controlled_before",
        "上次医生判为满意，本次不满意：第一次",
        "the doctor had confirmed class 1 before: first",
        (146, 92),
        FIRST,
        earlier=(before("2026-04-28", mode="1", sbp=142, dbp=88, **{"class": "1"}),),
    ),
    _visit(
        "earlier_without_class",
        "上次只有血压没有分类：按血压判断",
        "the earlier visit has a pressure but no class: judged by the pressure",
        (146, 92),
        SECOND,
        earlier=(before("2026-04-28", mode="1", sbp=150, dbp=92),),
    ),
    _visit(
        "turned_65_between",
        "上次64岁142/85不满意，本次满65岁145/85：满意",
        "not controlled at 64, and 65 now: the elders' target counts",
        (145, 85),
        SATISFIED,
        born=date(1961, 5, 1),
        earlier=(before("2026-04-28", mode="1", sbp=142, dbp=85, **{"class": "2"}),),
    ),
    _visit(
        "second_edition",
        "2016年的随访按第二版：66岁148/88不满意",
        "a visit of 2016 by the second edition: 148/88 at 66 is not controlled",
        (148, 88),
        FIRST,
        age=76,
        clause="norms A7.2, edition of the day of service",
    ),
    _refusal(
        "no_systolic",
        "没有收缩压：不能分类",
        "no systolic pressure",
        "hypertension.pressure_missing",
        mode="1",
        dbp=80,
    ),
    _refusal(
        "no_diastolic",
        "没有舒张压：不能分类",
        "no diastolic pressure",
        "hypertension.pressure_missing",
        mode="1",
        sbp=130,
    ),
    _refusal(
        "upside_down",
        "收缩压不高于舒张压：不能分类",
        "systolic not above diastolic",
        "hypertension.pressure_impossible",
        mode="1",
        sbp=80,
        dbp=120,
    ),
)

EXAMPLES = (
    *FROM_THE_NORM,
    *(
        replace(example, performed_on=date(2016, 5, 12)) if example.name == "second_edition" else example
        for example in EDGES
    ),
)
