"""Worked follow-up visits: one for every branch of the decision table (norms A8; the first six are L2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare import Example, Text

FORM = "chronic.diabetes.follow_up"
DAY = date(2026, 5, 12)
IN_TWO_WEEKS = "2026-05-26"
IN_THREE_MONTHS = "2026-08-12"

SATISFIED = {"class": "1", "action": "routine"}
FIRST = {"class": "2", "action": "adjust"}
SECOND = {"class": "2", "action": "refer"}
EMERGENCY = {"action": "emergency", "next_visit_on": IN_TWO_WEEKS}


def before(on: str, fbg: str | None = None, **answers: Any) -> dict[str, Any]:
    """An earlier visit."""
    glucose = {} if fbg is None else {"fbg": fbg}
    return {"performed_on": on, "answers": {"mode": "1", **glucose, **answers}}


def _visit(
    name: str,
    zh: str,
    en: str,
    fbg: str,
    expected: dict[str, Any],
    *,
    pressure: tuple[int, int] = (130, 80),
    earlier: tuple[dict[str, Any], ...] = (),
    sex: str = "1",
    born: date = date(1966, 3, 1),
    confirmed: str | None = None,
    clause: str = "norms A8",
    **answers: Any,
) -> Example:
    if confirmed is not None:
        answers["class"] = confirmed
    usual = {"mode": "1", "sbp": pressure[0], "dbp": pressure[1], "fbg": Decimal(fbg)}
    return Example(
        name=name,
        title=Text(zh, en),
        form=FORM,
        performed_on=DAY,
        answers={**usual, **answers},
        expected=expected,
        person={"sex": sex, "birth_date": born.isoformat()},
        earlier=earlier,
        clause=clause,
    )


CONTROLLED = before("2026-02-12", "6.2", **{"class": "1"})
UNCONTROLLED = before("2026-04-28", "8.4", **{"class": "2"})
REACTION = before("2026-04-28", "6.4", adverse_reaction="2", **{"class": "3"})
REACTION_AND_HIGH = before("2026-04-28", "9.1", adverse_reaction="2", **{"class": "3"})
WORSE = before("2026-04-28", "6.4", complication="2", **{"class": "4"})

FROM_THE_NORM = (
    _visit(
        "satisfied",
        "空腹血糖6.9：控制满意",
        "glucose 6.9: controlled",
        "6.9",
        {**SATISFIED, "next_visit_on": IN_THREE_MONTHS},
        clause="L2 row 1",
    ),
    _visit(
        "first_unsatisfied",
        "上次满意，7.0：第一次控制不满意",
        "7.0 after a controlled visit: not controlled for the first time",
        "7.0",
        {**FIRST, "next_visit_on": IN_TWO_WEEKS},
        earlier=(CONTROLLED,),
        clause="L2 row 2",
    ),
    _visit(
        "second_unsatisfied",
        "上次不满意，7.4：连续两次，转诊",
        "7.4 after an uncontrolled visit: the second in a row, refer",
        "7.4",
        {**SECOND, "next_visit_on": IN_TWO_WEEKS},
        earlier=(UNCONTROLLED,),
        clause="L2 row 3",
    ),
    _visit("glucose_high", "16.7：紧急转诊", "16.7: urgent referral", "16.7", EMERGENCY, clause="L2 row 4"),
    _visit("glucose_low", "3.9：紧急转诊", "3.9: urgent referral", "3.9", EMERGENCY, clause="L2 row 5"),
    _visit(
        "pressure",
        "收缩压180：紧急转诊",
        "systolic 180: urgent referral",
        "8.0",
        EMERGENCY,
        pressure=(180, 90),
        clause="L2 row 6",
    ),
)

EDGES = (
    _visit(
        "below_16_7",
        "16.6：不满意，非紧急",
        "16.6: not controlled, no emergency",
        "16.6",
        FIRST,
    ),
    _visit("above_3_9", "4.0：满意", "4.0: controlled", "4.0", SATISFIED),
    _visit(
        "low_is_not_controlled",
        "3.5：低于目标，但属紧急，分类2",
        "3.5: below the target, yet an emergency, class 2",
        "3.5",
        {**EMERGENCY, "class": "2", "at_target": True},
    ),
    _visit("diastolic", "舒张压110：紧急转诊", "diastolic 110", "6.5", EMERGENCY, pressure=(150, 110)),
    _visit(
        "pressure_below", "179/109：非紧急", "179/109: no emergency", "6.5", SATISFIED, pressure=(179, 109)
    ),
    _visit("tachycardia", "心率101：紧急转诊", "heart rate 101: urgent", "6.5", EMERGENCY, heart_rate=101),
    _visit(
        "heart_rate_100", "心率100：非紧急", "heart rate 100: no emergency", "6.5", SATISFIED, heart_rate=100
    ),
    _visit(
        "fever",
        "体温39.1：紧急转诊",
        "temperature 39.1: urgent",
        "6.5",
        EMERGENCY,
        temperature=Decimal("39.1"),
    ),
    _visit(
        "temperature_39",
        "体温39.0：非紧急",
        "temperature 39.0: no emergency",
        "6.5",
        SATISFIED,
        temperature=Decimal("39.0"),
    ),
    _visit(
        "acetone",
        "血糖达标但呼气有丙酮味：紧急转诊，分类2",
        "at target, but the breath smells of acetone: urgent, class 2",
        "6.5",
        {**EMERGENCY, "class": "2"},
        emergency_signs=("3",),
    ),
    _visit("no_sign", "危急情况：无", "no sign of an emergency", "6.5", SATISFIED, emergency_signs=("1",)),
    _visit(
        "pregnant",
        "妊娠期7.0：紧急转诊",
        "pregnant with 7.0: urgent referral",
        "7.0",
        EMERGENCY,
        sex="2",
        born=date(1988, 3, 1),
        pregnant_or_lactating=True,
    ),
    _visit(
        "pregnant_normal",
        "妊娠期5.0：满意",
        "pregnant with 5.0: controlled",
        "5.0",
        SATISFIED,
        sex="2",
        born=date(1988, 3, 1),
        pregnant_or_lactating=True,
    ),
    _visit(
        "first_reaction",
        "血糖达标，第一次不良反应：调整用药",
        "at target, a reaction for the first time: change the drug",
        "6.5",
        {"class": "3", "action": "adjust", "next_visit_on": IN_TWO_WEEKS},
        earlier=(CONTROLLED,),
        adverse_reaction="2",
    ),
    _visit(
        "reaction_again",
        "不良反应难以控制：转诊",
        "a reaction that is hard to control: refer",
        "6.5",
        {"class": "3", "action": "refer"},
        earlier=(REACTION,),
        adverse_reaction="2",
    ),
    _visit(
        "reaction_and_twice_high",
        "第一次不良反应，但连续两次血糖未达标：转诊",
        "a first reaction, but above target twice in a row: refer",
        "8.0",
        {"class": "3", "action": "refer"},
        earlier=(UNCONTROLLED,),
        adverse_reaction="2",
    ),
    _visit(
        "complication",
        "新发并发症：转诊",
        "a new complication: refer",
        "6.5",
        {"class": "4", "action": "refer", "next_visit_on": IN_TWO_WEEKS},
        complication="2",
    ),
    _visit(
        "complication_beats_reaction",
        "并发症与不良反应并存：归为并发症",
        "a complication and a reaction: class 4",
        "9.0",
        {"class": "4", "action": "refer"},
        adverse_reaction="2",
        complication="2",
    ),
    _visit(
        "emergency_beats_complication",
        "并发症且血糖危急：紧急转诊",
        "a complication with a dangerous glucose: urgent",
        "17.0",
        {"class": "4", "action": "emergency"},
        complication="2",
    ),
    _visit(
        "controlled_between",
        "两次不满意之间有一次满意：重新计数",
        "a controlled visit in between: counted anew",
        "8.0",
        FIRST,
        earlier=(before("2026-01-05", "9.0", **{"class": "2"}), CONTROLLED),
    ),
    _visit(
        "back_to_controlled",
        "不满意后恢复满意：按期随访",
        "controlled again after an uncontrolled visit: routine",
        "6.1",
        SATISFIED,
        earlier=(UNCONTROLLED,),
    ),
    _visit(
        "unsatisfied_after_reaction",
        "上次为不良反应（血糖达标），本次不满意：第一次",
        "after a reaction with glucose at target: not controlled for the first time",
        "8.0",
        FIRST,
        earlier=(REACTION,),
    ),
    _visit(
        "unsatisfied_after_reaction_and_high",
        "上次不良反应且血糖未达标，本次不满意：连续两次",
        "after a reaction with glucose above target: the second in a row",
        "8.0",
        SECOND,
        earlier=(REACTION_AND_HIGH,),
    ),
    _visit(
        "unsatisfied_after_complication",
        "上次为并发症（血糖达标），本次不满意：第一次",
        "after a complication with glucose at target: first",
        "8.0",
        FIRST,
        earlier=(WORSE,),
    ),
    _visit(
        "silent_call_between",
        "中间一次电话未测血糖：不打断连续计数",
        "a call without a glucose in between does not break the row",
        "8.0",
        SECOND,
        earlier=(UNCONTROLLED, before("2026-05-05")),
    ),
    _visit(
        "later_visits_do_not_count",
        "补录：只看此前的随访",
        "entered late: only visits before it count",
        "8.0",
        FIRST,
        earlier=(CONTROLLED, before("2026-05-20", "9.0", **{"class": "2"})),
    ),
    _visit(
        "doctor_confirms_other",
        "医生改判为不满意：调整",
        "the doctor confirms class 2 although at target: adjust",
        "6.8",
        FIRST,
        confirmed="2",
    ),
    _visit(
        "doctor_said_controlled_before",
        "上次医生判为满意，本次不满意：第一次",
        "the doctor had confirmed class 1 before: first",
        "8.0",
        FIRST,
        earlier=(before("2026-04-28", "7.1", **{"class": "1"}),),
    ),
    _visit(
        "weak_foot_pulse",
        "足背动脉搏动减弱而血糖达标：满意，并提示检查双足",
        "weak foot pulse, at target: controlled, with a word about the feet",
        "6.5",
        SATISFIED,
        dorsalis_pedis="2",
        dorsalis_pedis_side="2",
    ),
    Example(
        name="no_glucose",
        title=Text("没有空腹血糖：不能分类", "no fasting glucose"),
        form=FORM,
        performed_on=DAY,
        answers={"mode": "1", "sbp": 130, "dbp": 80},
        expected={},
        person={"sex": "1", "birth_date": "1966-03-01"},
        refused="diabetes.glucose_missing",
        clause="norms A8",
    ),
)

EXAMPLES = (*FROM_THE_NORM, *EDGES)
