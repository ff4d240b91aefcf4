"""The cascade: questionnaire and FIT, colonoscopy, treatment, colonoscopy again years later (norms K3)."""

from __future__ import annotations

from kangshu.catalogue.cascade import (
    CLEAR,
    TREATED,
    Cascade,
    CascadeStep,
    Finding,
    Move,
    Rounds,
    outcome,
)
from kangshu.catalogue.screening.colorectal.forms import COLONOSCOPY, SCREENING, SOURCE, TREATMENT
from kangshu.catalogue.screening.colorectal.parameters import INTERVAL
from kangshu.declare import Interval, Step, Text, Window
from kangshu.declare.expression import add_months, add_years, parameter, person, records, when

COLONOSCOPIES = records(COLONOSCOPY.id)
LAST = COLONOSCOPIES.where(outcome("normal", "other", "adenoma", "advanced", "cancer")).last()
CLEARED = COLONOSCOPIES.where(outcome("normal")).last().performed_on
CANCER = COLONOSCOPIES.where(outcome("cancer")).exists()

AGAIN = (
    when(LAST.assessment("outcome").equals("adenoma"))
    .then(add_months(LAST.performed_on, parameter("colorectal.after_adenoma", on=LAST.performed_on)))
    .when(LAST.assessment("outcome").equals("advanced"))
    .then(add_months(LAST.performed_on, parameter("colorectal.after_advanced", on=LAST.performed_on)))
)

SHAPE = Cascade(
    id="screening.colorectal",
    prefix="colorectal",
    title=Text("结直肠癌筛查", "Colorectal cancer screening"),
    source=SOURCE,
    rounds=Rounds(
        INTERVAL,
        asked=~CANCER,
        until=add_years(person.birth_date, 75),
        not_before=add_months(CLEARED, parameter("colorectal.clear_months", on=CLEARED)),
    ),
    steps=(
        CascadeStep(
            "screening",
            Text("结直肠癌初筛", "Colorectal screening"),
            SCREENING,
            (
                Move(outcome("positive"), "colonoscopy", Text("初筛阳性", "positive")),
                Move(outcome("negative"), CLEAR, Text("初筛阴性", "negative")),
            ),
        ),
        CascadeStep(
            "colonoscopy",
            Text("结肠镜检查", "Colonoscopy"),
            COLONOSCOPY,
            (
                Move(outcome("normal", "other"), CLEAR, Text("未见腺瘤或癌", "no adenoma, no cancer")),
                Move(
                    outcome("adenoma", "advanced", "cancer"),
                    "treatment",
                    Text("检出腺瘤或癌", "adenoma or cancer"),
                ),
            ),
            within=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("not_done"),
        ),
        CascadeStep(
            "treatment",
            Text("治疗追踪", "Treatment"),
            TREATMENT,
            (Move(outcome("treated"), TREATED, Text("已治疗", "treated")),),
            within=Interval(days=30),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    further=(
        Step(
            id="surveillance",
            title=Text("腺瘤术后复查肠镜", "Colonoscopy again after an adenoma"),
            form=COLONOSCOPY.id,
            origin=AGAIN,
            first=Window(Interval(), Interval(months=2)),
            source=SOURCE,
        ),
    ),
    findings=(
        Finding(
            "cancer",
            Text("结直肠癌", "colorectal cancer"),
            "colonoscopy",
            outcome("cancer"),
            ("结直肠癌检出人数", "发现结直肠癌"),
            ("结直肠癌检出率",),
        ),
        Finding(
            "advanced",
            Text("进展期腺瘤", "advanced adenoma"),
            "colonoscopy",
            outcome("advanced"),
            ("癌前病变人数", "发现癌前病变"),
            ("癌前病变检出率",),
        ),
        Finding("adenoma", Text("腺瘤", "adenoma"), "colonoscopy", outcome("adenoma", "advanced")),
    ),
)
