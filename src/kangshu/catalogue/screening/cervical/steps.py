"""The cascade: test, triage, colposcopy, biopsy, treatment, and the check after a year (norms K1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, Rounds, outcome
from kangshu.catalogue.screening.cervical.forms import (
    COLPOSCOPY,
    ID,
    PATHOLOGY,
    SCREENING,
    SOURCE,
    TREATMENT,
    TRIAGE,
)
from kangshu.catalogue.screening.cervical.parameters import HPV_INTERVAL
from kangshu.declare import Interval, Step, Text, Window
from kangshu.declare.expression import add_years, greatest, parameter, person, records, when

POSITIVE = Move(outcome("colposcopy"), "colposcopy", Text("阳性", "positive"))
CLEARED = Move(outcome("negative", "recheck"), CLEAR, Text("阴性或定期复查", "negative, or again in a year"))
LAST = records(SCREENING.id).last()
RECHECK = tuple(
    records(form).where(found).last().performed_on
    for form, found in (
        (SCREENING.id, outcome("recheck")),
        (TRIAGE.id, outcome("recheck")),
        (COLPOSCOPY.id, outcome("normal")),
        (PATHOLOGY.id, outcome("benign", "low_grade")),
    )
)

SHAPE = Cascade(
    id=ID,
    prefix="cervical",
    title=Text("宫颈癌筛查", "Cervical cancer screening"),
    source=SOURCE,
    rounds=Rounds(
        HPV_INTERVAL,
        months=when(LAST.assessment("method").equals("cytology"))
        .then(parameter("cervical.cytology_interval", on=LAST.performed_on))
        .otherwise(parameter("cervical.hpv_interval", on=LAST.performed_on)),
        asked=~records(PATHOLOGY.id).where(outcome("cancer")).exists(),
        until=add_years(person.birth_date, 65),
    ),
    steps=(
        CascadeStep(
            "screening",
            Text("宫颈癌初筛", "Cervical screening"),
            SCREENING,
            (POSITIVE, Move(outcome("triage"), "triage", Text("需分流", "needs triage")), CLEARED),
        ),
        CascadeStep(
            "triage",
            Text("分流检测", "Triage test"),
            TRIAGE,
            (POSITIVE, CLEARED),
            within=Interval(months=1),
            again=Interval(days=30),
            again_when=outcome("repeat"),
        ),
        CascadeStep(
            "colposcopy",
            Text("阴道镜检查", "Colposcopy"),
            COLPOSCOPY,
            (
                Move(outcome("normal"), CLEAR, Text("未见异常", "normal")),
                Move(outcome("biopsy"), "pathology", Text("异常，取活检", "abnormal: biopsy")),
            ),
            within=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("not_done"),
        ),
        CascadeStep(
            "pathology",
            Text("组织病理", "Pathology"),
            PATHOLOGY,
            (
                Move(outcome("benign", "low_grade"), CLEAR, Text("低级别及以下", "low grade at most")),
                Move(
                    outcome("high_grade", "cancer"), "treatment", Text("高级别及以上", "high grade or more")
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
            id="recheck",
            title=Text("宫颈12个月复查", "Cervical test after a year"),
            form=SCREENING.id,
            origin=greatest(*RECHECK),
            # The test that asked for it is of the same form and day: it is not the answer.
            counts=~outcome("recheck"),
            first=Window(Interval(months=11), Interval(months=12)),
            source=SOURCE,
        ),
    ),
    findings=(
        Finding(
            "cancer",
            Text("宫颈癌", "cervical cancer"),
            "pathology",
            outcome("cancer"),
            ("宫颈癌检出人数",),
            ("宫颈癌检出率",),
        ),
        Finding(
            "high_grade",
            Text("宫颈高级别病变", "high-grade lesion"),
            "pathology",
            outcome("high_grade"),
            ("宫颈癌前病变检出人数", "高级别病变人数"),
            ("宫颈癌前病变检出率",),
        ),
        Finding(
            "low_grade",
            Text("宫颈低级别病变", "low-grade lesion"),
            "pathology",
            outcome("low_grade"),
            ("低级别病变人数",),
        ),
    ),
)
