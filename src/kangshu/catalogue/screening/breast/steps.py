"""The cascade: examination with ultrasound, mammography, pathology, treatment (norms K2)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, Rounds, outcome
from kangshu.catalogue.screening.breast.forms import ID, MAMMOGRAPHY, PATHOLOGY, SCREENING, SOURCE, TREATMENT
from kangshu.catalogue.screening.breast.parameters import INTERVAL
from kangshu.declare import Interval, Step, Text, Window
from kangshu.declare.expression import add_years, person, records

BIOPSY = Move(outcome("biopsy"), "pathology", Text("需活检", "needs biopsy"))

SHAPE = Cascade(
    id=ID,
    prefix="breast",
    title=Text("乳腺癌筛查", "Breast cancer screening"),
    source=SOURCE,
    rounds=Rounds(
        INTERVAL,
        asked=~records(PATHOLOGY.id).where(outcome("cancer")).exists(),
        until=add_years(person.birth_date, 65),
    ),
    steps=(
        CascadeStep(
            "screening",
            Text("乳腺癌初筛", "Breast screening"),
            SCREENING,
            (
                BIOPSY,
                Move(outcome("mammography"), "mammography", Text("需X线", "needs mammography")),
                Move(outcome("negative"), CLEAR, Text("阴性", "negative")),
            ),
        ),
        CascadeStep(
            "mammography",
            Text("乳腺X线检查", "Mammography"),
            MAMMOGRAPHY,
            (
                BIOPSY,
                Move(
                    outcome("negative", "follow"),
                    CLEAR,
                    Text("阴性或6个月随访", "negative, or again in 6 months"),
                ),
            ),
            within=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("not_done", "opinion"),
        ),
        CascadeStep(
            "pathology",
            Text("乳腺活检病理", "Biopsy and pathology"),
            PATHOLOGY,
            (
                Move(outcome("benign"), CLEAR, Text("良性", "benign")),
                Move(
                    outcome("precancer", "cancer"),
                    "treatment",
                    Text("癌前病变或癌", "precancerous or cancer"),
                ),
            ),
            within=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
        CascadeStep(
            "treatment",
            Text("治疗追踪", "Treatment"),
            TREATMENT,
            (Move(outcome("treated"), TREATED, Text("已治疗", "treated")),),
            within=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    further=(
        Step(
            id="half_year",
            title=Text("乳腺6个月复查", "Breast: again after 6 months"),
            form=MAMMOGRAPHY.id,
            origin=records(MAMMOGRAPHY.id).where(outcome("follow")).last().performed_on,
            counts=~outcome("follow"),
            first=Window(Interval(months=5), Interval(months=6)),
            source=SOURCE,
        ),
    ),
    findings=(
        Finding(
            "cancer",
            Text("乳腺癌", "breast cancer"),
            "pathology",
            outcome("cancer"),
            ("乳腺癌检出人数",),
            ("乳腺癌检出率",),
        ),
        Finding("precancer", Text("乳腺癌前病变", "precancerous lesion"), "pathology", outcome("precancer")),
    ),
)
