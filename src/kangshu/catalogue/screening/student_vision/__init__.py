"""Student vision: twice a school year by class, referral, what the eye clinic told (norms K6)."""

from __future__ import annotations

from kangshu.catalogue.cascade import (
    CLEAR,
    TREATED,
    Cascade,
    CascadeStep,
    Finding,
    Move,
    Rounds,
    cascade,
    outcome,
)
from kangshu.catalogue.cascade_figures import figures, share
from kangshu.catalogue.screening.student_vision.examples import EXAMPLES
from kangshu.catalogue.screening.student_vision.forms import FEEDBACK, GRADES, ID, SCREENING, SOURCE
from kangshu.catalogue.screening.student_vision.parameters import INTERVAL, PARAMETERS
from kangshu.declare import Indicator, Interval, Text
from kangshu.declare.expression import add_years, answer, performed_on, person, records
from kangshu.declare.terms import IN_PERIOD

SHAPE = Cascade(
    id=ID,
    prefix="student_vision",
    title=Text("学生视力筛查", "Student vision screening"),
    source=SOURCE,
    rounds=Rounds(INTERVAL, until=add_years(person.birth_date, 19), grace=Interval(months=2)),
    steps=(
        CascadeStep(
            "screening",
            Text("学生视力筛查", "Vision screening"),
            SCREENING,
            (
                Move(outcome("normal"), CLEAR, Text("正常", "normal")),
                Move(outcome("poor", "myopia"), "feedback", Text("异常，转诊", "referred")),
            ),
        ),
        CascadeStep(
            "feedback",
            Text("视力转诊反馈", "Vision: feedback"),
            FEEDBACK,
            (Move(outcome("confirmed", "excluded"), TREATED, Text("已就诊", "went")),),
            within=Interval(days=30),
            again=Interval(days=30),
            again_when=outcome("not_gone"),
        ),
    ),
    findings=(
        Finding(
            "myopia",
            Text("筛查性近视", "screening myopia"),
            "screening",
            outcome("myopia"),
            rate_aliases=("近视率", "筛查性近视率", "学生近视率"),
            scale=100,
            unit="%",
        ),
        Finding(
            "poor",
            Text("视力不良", "poor vision"),
            "screening",
            outcome("poor", "myopia"),
            rate_aliases=("视力不良率", "视力不良检出率"),
            scale=100,
            unit="%",
        ),
    ),
)
SEEN = records(SCREENING.id).where(IN_PERIOD)


def _by_grade() -> tuple[Indicator, ...]:
    return tuple(
        share(
            SHAPE,
            f"myopia_grade_{grade.code}",
            Text(f"{grade.title.zh}筛查性近视率", f"Screening myopia, {grade.title.en}"),
            SEEN.where(answer("grade").equals(grade.code) & outcome("myopia")).exists(),
            Text("其中筛查性近视人数", "of these, myopic"),
            SEEN.where(answer("grade").equals(grade.code)).exists(),
            Text(f"期内{grade.title.zh}筛查人数", f"{grade.title.en}: screened in the period"),
        )
        for grade in GRADES
    )


INDICATORS = (
    *figures(
        SHAPE,
        aliases=("学生视力筛查人数", "儿童青少年视力筛查人数"),
        step_aliases={"feedback": ("视力异常反馈率",)},
    ),
    *_by_grade(),
    share(
        SHAPE,
        "spectacles_rate",
        Text("视力异常矫正率", "Corrected after referral"),
        records(FEEDBACK.id).where(IN_PERIOD & answer("correction").is_in("1", "2")).exists(),
        Text("其中已配镜的人数", "of these, with glasses"),
        records(FEEDBACK.id).where(IN_PERIOD & outcome("confirmed")).exists(),
        Text("期内确诊近视的人数", "people with confirmed myopia in the period"),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "中小学生和幼儿每学期一次视力与屈光筛查，异常者转诊，结果和配镜反馈学校",
        "Vision and refraction once a term; whoever is not normal is referred, and the school is told",
    ),
    subject=Text("在园幼儿和中小学生", "children of kindergartens and schools"),
    rows=("D9-04",),
    eligible=person.age_on(performed_on).between(3, 18),
    indicators=INDICATORS,
    parameters=PARAMETERS[1:],
    examples=EXAMPLES,
)
