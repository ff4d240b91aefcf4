"""Every pregnancy is tested for HIV, syphilis and hepatitis B (norms H1). Positive HIV and syphilis cases lie
in a compartment of their own (`screening.mother_to_child_cases`)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import figures, share
from kangshu.catalogue.screening.mother_to_child.examples import EXAMPLES
from kangshu.catalogue.screening.mother_to_child.forms import ID, PLAN, SOURCE, TESTS
from kangshu.declare import Interval, Opening, Text, Window
from kangshu.declare.expression import answer, assessment, performed_on, period, person, records
from kangshu.declare.terms import IN_PERIOD

SHAPE = Cascade(
    id=ID,
    prefix="mother_to_child",
    title=Text("孕产妇艾滋病、梅毒和乙肝检测", "HIV, syphilis and hepatitis B tests of pregnancy"),
    source=SOURCE,
    invited=Window(Interval(), Interval(days=14)),
    steps=(
        CascadeStep(
            "tests",
            Text("艾滋病、梅毒、乙肝检测", "HIV, syphilis, hepatitis B tests"),
            TESTS,
            (
                Move(outcome("tested"), CLEAR, Text("已检测", "tested")),
                Move(outcome("hbv"), "plan", Text("HBsAg阳性", "HBsAg positive")),
            ),
            again=Interval(days=14),
            again_when=outcome("partial"),
        ),
        CascadeStep(
            "plan",
            Text("HBsAg阳性孕妇处置", "HBsAg-positive pregnancy: plan"),
            PLAN,
            (Move(outcome("treated"), TREATED, Text("已处置", "planned")),),
            within=Interval(days=30),
            again=Interval(days=14),
            again_when=outcome("waiting"),
        ),
    ),
    findings=(
        Finding(
            "hbsag", Text("HBsAg阳性", "HBsAg"), "tests", answer("hbsag").equals("2"), scale=100, unit="%"
        ),
    ),
)

BOOKED = (
    records("maternal.booking").where(IN_PERIOD).exists()
    | records("maternal.delivery").where(IN_PERIOD).exists()
)
ALL = records(TESTS.id).where((performed_on <= period.last) & assessment("all_tested").equals(True))

INDICATORS = (
    *figures(SHAPE, aliases=("艾滋病、梅毒和乙肝检测人数", "孕产妇艾滋病检测人数")),
    share(
        SHAPE,
        "test_rate",
        Text("孕产妇艾滋病、梅毒和乙肝检测率", "Pregnancies with all three tests"),
        ALL.exists(),
        Text("其中三项均已检测的人数", "of these, with all three tests"),
        BOOKED,
        Text("期内建册或分娩的孕产妇数", "women booked or delivered in the period"),
        ("三病检测率", "孕产妇艾滋病检测率", "孕产妇梅毒检测率", "孕产妇乙肝检测率"),
    ),
    share(
        SHAPE,
        "early_rate",
        Text("孕早期三项检测率", "All three tests before 13 weeks"),
        ALL.where(assessment("early").equals(True)).exists(),
        Text("其中孕早期检测的人数", "of these, before 13 weeks"),
        ALL.where(IN_PERIOD).exists(),
        Text("期内三项均已检测的人数", "women with all three tests in the period"),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "每次妊娠检测艾滋病、梅毒和乙肝，漏检者补检，HBsAg阳性者评估并通知接产机构",
        "Every pregnancy has three tests; whoever is HBsAg positive has a plan, and the hospital knows",
    ),
    subject=Text("孕产妇", "pregnant and delivered women"),
    rows=("D3-09",),
    row_note=Text("孕产妇检测", "the tests of pregnancies"),
    eligible=person.sex.equals("2"),
    opens_on=(Opening("record:maternal.booking", Text("孕期建册", "booked"), enrols=True),),
    indicators=INDICATORS,
    examples=EXAMPLES,
)
