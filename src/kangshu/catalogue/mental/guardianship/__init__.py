"""The team of five that watches over a patient with a severe mental disorder, and its joint rounds."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.managed import CLOSES_ON, Figures, enrolled_managed_closed
from kangshu.catalogue.mental.guardianship.forms import ROUND, SOURCE, TEAM
from kangshu.catalogue.mental.guardianship.parameters import PARAMETERS
from kangshu.declare import (
    Branch,
    Capability,
    Decision,
    Interval,
    Opening,
    Schedule,
    Step,
    Text,
    Window,
)
from kangshu.declare.expression import all_of, answer, assessment, performed_on, period, records
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_ON_LAST_DAY

FOLLOW_UP = "mental.severe.follow_up"
HIGH_RISK = records(FOLLOW_UP).where(answer("risk").is_in("3", "4", "5")).last().performed_on
WEEK = Window(opens=Interval(), due=Interval(days=7))
MONTH = Window(opens=Interval(days=7), due=Interval(months=1))
QUARTER = Window(opens=Interval(months=2), due=Interval(months=3))

SCHEDULE = Schedule(
    (
        Step(
            id="team",
            title=Text("组建五人监护小组", "Name the team of five"),
            form=TEAM.id,
            first=Window(opens=Interval(), due=Interval(days=14)),
            branches=(
                Branch(
                    "incomplete",
                    Text("不齐：1个月内补齐", "not complete: within a month"),
                    assessment("outcome").equals("incomplete"),
                    MONTH,
                ),
            ),
            source="严重精神障碍管理治疗工作规范（2018年版）",
        ),
        Step(
            id="round",
            title=Text("五人小组联合走访", "Joint round of the five"),
            form=ROUND.id,
            first=Window(opens=Interval(), due=Interval(months=1)),
            repeat=QUARTER,
            branches=(
                Branch(
                    "soon",
                    Text("报警或未见到：1周内", "alarm or not met: within a week"),
                    assessment("outcome").is_in("alarm", "absent"),
                    WEEK,
                ),
                Branch(
                    "weak",
                    Text("监护不到位：1个月内", "weak: a month"),
                    assessment("outcome").equals("weak"),
                    MONTH,
                ),
            ),
            per_year=4,
            source="严重精神障碍管理治疗工作规范（2018年版）",
        ),
        # A follow-up that grades 3 and more calls the five together at once, whenever the next round is.
        Step(
            id="alarm_round",
            title=Text("危险性3级及以上：五人小组联合走访", "Risk 3 and more: joint round"),
            form=ROUND.id,
            origin=HIGH_RISK,
            first=Window(opens=Interval(), due=Interval(days=3)),
            source="严重精神障碍管理治疗工作规范（2018年版）",
        ),
    )
)

FIGURES = Figures(
    prefix="guardianship",
    kind="mental.guardianship",
    form=ROUND,
    name=Text("五人监护", "Guardianship of five"),
    patients=Text("落实监护的患者", "patients watched over"),
    source=SOURCE,
)
LAST_TEAM = records(TEAM.id).where(performed_on <= period.last).last()
WATCHED = Text("期末在管的监护对象人数", "patients watched over on the last day")
INDICATORS = (
    FIGURES.managed_people(("落实五人监护人数", "五人监护小组数", "监护小组覆盖患者")),
    FIGURES.rate(
        "complete_rate",
        Text("五人监护小组齐全率", "Teams of five that are complete"),
        LAST_TEAM.assessment("outcome").equals("complete"),
        Text("其中小组成员齐全并签订责任书的人数", "of these, complete and signed"),
        ("五人小组组建率", "监护小组建立率"),
        denominator=MANAGED_ON_LAST_DAY,
        denominator_words=WATCHED,
    ),
    FIGURES.rate(
        "visited_rate",
        Text("五人小组走访覆盖率", "Patients visited by their five"),
        records(ROUND.id).where(all_of(IN_YEAR, answer("met").equals(True))).exists(),
        Text("其中年内联合走访见到的人数", "of these, met at a joint round in the year"),
        ("联合走访率", "摸排走访率"),
        denominator=MANAGED_ON_LAST_DAY,
        denominator_words=WATCHED,
    ),
    FIGURES.visits(
        "rounds",
        Text("五人小组联合走访次数", "Joint rounds"),
        IN_PERIOD,
        Text("期内联合走访次数", "joint rounds in the period"),
        ("联合走访人次", "定期摸排次数"),
    ),
    FIGURES.visits(
        "alarms",
        Text("联合走访报警次数", "Joint rounds with an alarm"),
        IN_PERIOD & assessment("outcome").equals("alarm"),
        Text("期内危险性3级及以上的走访次数", "rounds that found a risk of 3 and more"),
    ),
)

_team = Cases(TEAM.id, SOURCE)
_round = Cases(ROUND.id, SOURCE)
_FIVE = tuple({"role": str(role), "name": f"成员{role}"} for role in range(1, 6))
_WELL = {
    "present": ("1", "2", "3"),
    "met": True,
    "risk": "0",
    "takes_drugs": True,
    "guardian_able": True,
}
EXAMPLES = (
    _team("five", "五人齐全并签字", "five, signed", "complete", members=_FIVE, signed=True),
    _team("unsigned", "五人齐全未签字", "five, not signed", "incomplete", members=_FIVE, signed=False),
    _team("four", "缺邻居", "no neighbour", "incomplete", members=_FIVE[:4], signed=True),
    _team("none", "未填成员", "nobody", "missing", signed=True),
    _round("well", "正常", "nothing amiss", "well", **_WELL),
    _round("risk_2", "危险性2级", "risk 2", "well", **{**_WELL, "risk": "2"}),
    _round("risk_3", "危险性3级：报警", "risk 3: alarm", "alarm", **{**_WELL, "risk": "3"}),
    _round("alone", "只来一人", "one alone", "weak", **{**_WELL, "present": ("3",)}),
    _round("unable", "监护人无力监护", "guardian unable", "weak", **{**_WELL, "guardian_able": False}),
    _round("no_drugs", "未服药", "drugs not taken", "weak", **{**_WELL, "takes_drugs": False}),
    _round("locked", "关锁", "locked up", "weak", **_WELL, locked_up=True),
    _round("absent", "未见到", "not met", "absent", **{**_WELL, "met": False, "risk": None}),
    _round("no_risk", "未评危险性", "risk not graded", "missing", **{**_WELL, "risk": None}),
)
DECISIONS = tuple(
    Decision(ROUND.id, Text(zh, en), Text(then_zh, then_en), SOURCE)
    for zh, en, then_zh, then_en in (
        ("未见到患者", "not met", "1周内再次走访", "again within a week"),
        ("危险性3级及以上", "risk 3 and more", "报警，立即处置，1周内再次走访", "alarm; again within a week"),
        (
            "监护人无力监护、未按医嘱服药、关锁或参加不足2人",
            "guardian unable, drugs not taken, locked up, or fewer than two took part",
            "1个月内再次走访",
            "again within a month",
        ),
        ("其他", "otherwise", "3个月内再次走访", "again within 3 months"),
    )
)

capability = Capability(
    id="mental.guardianship",
    version=1,
    title=Text("严重精神障碍患者五人监护小组", "Guardianship team of five"),
    purpose=Text(
        "为每位患者组建由村（居）干部、民警、村医、监护人和邻居（志愿者）组成的监护小组，每季度联合走访，"
        "逾期或危险性3级及以上时报警",
        "Cadre, police, doctor, guardian and neighbour watch over each patient and visit together every "
        "quarter; an alarm when overdue or when the risk is 3 and more",
    ),
    subject=Text("在册居家的严重精神障碍患者", "registered patients at home"),
    rows=("D6-02",),
    opens_on=(
        Opening(
            "record:mental.severe.supplement",
            Text("已建精神障碍档案而未落实五人监护", "registered, and nobody watches over them"),
        ),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(TEAM, Text("组建小组", "the team was named")),
    forms=(TEAM, ROUND),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    confidentiality="mental_health",
    kept_from_resident=(ROUND.id,),
    screens=("work:due_list", "work:register", "work:record", "indicators:indicator"),
    tests=("tests/catalogue/mental/test_guardianship.py",),
    source=SOURCE,
)
