"""Long prescriptions for stable chronic patients: reviewed, delivered, and refilled before they run out."""

from __future__ import annotations

from kangshu.catalogue.chronic.long_prescription.forms import DELIVERY, PRESCRIPTION, REVIEW, SOURCE
from kangshu.catalogue.chronic.long_prescription.parameters import PARAMETERS
from kangshu.catalogue.judging import Cases
from kangshu.catalogue.managed import CLOSES_ON, Figures, enrolled_managed_closed
from kangshu.declare import Branch, Capability, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import all_of, answer, assessment, records
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_IN_YEAR

STANDS = assessment("outcome").is_in("ordinary", "over_month")
STANDING = records(PRESCRIPTION.id).where(STANDS).last()
PASSED = records(REVIEW.id).where(assessment("outcome").equals("passed")).last()
DELIVERED = STANDING.answer("supply").equals("2")
NEXT_DAY = Window(opens=Interval(), due=Interval(days=1))
THREE_DAYS = Window(opens=Interval(), due=Interval(days=3))

SCHEDULE = Schedule(
    (
        # The drugs of twelve weeks run out after twelve; sooner when fewer were prescribed.
        Step(
            id="refill",
            title=Text("长期处方续方提醒", "Long prescription: refill"),
            form=PRESCRIPTION.id,
            first=Window(opens=Interval(), due=Interval(days=14)),
            repeat=Window(opens=Interval(weeks=11), due=Interval(weeks=12)),
            counts=STANDS,
            appointment="refill_on",
            source=SOURCE,
        ),
        Step(
            id="review",
            title=Text("长期处方药师审核", "Long prescription: pharmacist's review"),
            form=REVIEW.id,
            origin=STANDING.performed_on,
            first=NEXT_DAY,
            source=SOURCE,
        ),
        Step(
            id="delivery",
            title=Text("长期处方药品配送", "Long prescription: delivery"),
            form=DELIVERY.id,
            origin=PASSED.performed_on,
            first=NEXT_DAY,
            branches=(
                Branch(
                    "picked",
                    Text("已拣货：1日内发出", "picked: ship"),
                    answer("step").equals("picked"),
                    NEXT_DAY,
                ),
                Branch(
                    "shipped",
                    Text("已发出：3日内签收", "shipped: deliver"),
                    answer("step").equals("shipped"),
                    THREE_DAYS,
                ),
                Branch(
                    "failed",
                    Text("未送达：次日再送", "failed: again"),
                    answer("step").equals("failed"),
                    NEXT_DAY,
                ),
            ),
            when=DELIVERED,
            source=SOURCE,
        ),
    )
)
FIGURES = Figures(
    prefix="long_prescription",
    kind="chronic.long_prescription",
    form=PRESCRIPTION,
    name=Text("长期处方", "Long prescription"),
    patients=Text("长期处方患者", "patients with a long prescription"),
    source=SOURCE,
)
INDICATORS = (
    FIGURES.managed_people(("长处方在管人数", "享受长处方服务人数")),
    FIGURES.visits(
        "prescriptions",
        Text("长期处方张数", "Long prescriptions"),
        IN_PERIOD & STANDS,
        Text("期内开具的合规长期处方数", "long prescriptions within the rules"),
        ("开具长处方数", "慢病长处方张数"),
        unit="张",
    ),
    FIGURES.visits(
        "review_pass_rate",
        Text("长期处方审核通过率", "Long prescriptions that passed"),
        assessment("outcome").equals("passed"),
        Text("其中审核通过的次数", "of these, passed"),
        form=REVIEW,
        denominator=IN_PERIOD,
        denominator_words=Text("期内药师审核次数", "reviews in the period"),
    ),
    FIGURES.visits(
        "delivered",
        Text("药品配送签收单数", "Deliveries received"),
        IN_PERIOD & answer("step").equals("received"),
        Text("期内签收的配送单数", "deliveries signed for in the period"),
        ("第三方配送单数",),
        unit="单",
        form=DELIVERY,
    ),
    FIGURES.rate(
        "delivered_people_share",
        Text("长期处方患者配送到家比例", "Patients whose drugs are delivered"),
        records(DELIVERY.id).where(all_of(IN_YEAR, answer("step").equals("received"))).exists(),
        Text("其中年内配送签收过的人数", "of these, received a delivery in the year"),
        denominator=MANAGED_IN_YEAR,
        denominator_words=Text("年内长期处方患者数", "patients with a long prescription in the year"),
    ),
)
_write = Cases(PRESCRIPTION.id, SOURCE)
_review = Cases(REVIEW.id, SOURCE)
_deliver = Cases(DELIVERY.id, SOURCE)
_PRESSURE = {"stable": True, "classes": ("blood_pressure",)}
EXAMPLES = (
    _write(
        "four",
        "降压药4周",
        "pressure, 4 weeks",
        "ordinary",
        weeks=4,
        values={"refill_on": "2026-06-09"},
        **_PRESSURE,
    ),
    _write("five", "降压药5周", "pressure, 5 weeks", "over_month", weeks=5, **_PRESSURE),
    _write(
        "twelve",
        "降压药12周",
        "pressure, 12 weeks",
        "over_month",
        weeks=12,
        values={"refill_on": "2026-08-04"},
        **_PRESSURE,
    ),
    _write(
        "insulin_4", "胰岛素4周", "insulin, 4 weeks", "ordinary", weeks=4, stable=True, classes=("insulin",)
    ),
    _write(
        "insulin_5", "胰岛素5周", "insulin, 5 weeks", "refused", weeks=5, stable=True, classes=("insulin",)
    ),
    _write(
        "both",
        "降压药加胰岛素12周",
        "pressure and insulin, 12",
        "refused",
        weeks=12,
        stable=True,
        classes=("blood_pressure", "insulin"),
    ),
    _write("lung", "吸入剂8周", "inhaler, 8 weeks", "over_month", weeks=8, stable=True, classes=("lung",)),
    _write(
        "psychotropic", "精神药品", "psychotropic", "refused", weeks=4, stable=True, classes=("controlled",)
    ),
    _write(
        "antibiotic", "抗菌药", "antimicrobial", "refused", weeks=4, stable=True, classes=("antimicrobial",)
    ),
    _write("unstable", "病情不稳", "not stable", "unstable", weeks=4, stable=False, classes=("glucose",)),
    _write("no_weeks", "未填周数", "no weeks", "missing", **_PRESSURE),
    _review("passed", "通过", "passed", "passed", decision="1"),
    _review("returned", "退回", "returned", "returned", decision="2"),
    _review("unsaid", "未填", "no decision", "missing"),
    *(_deliver(step, step, step, step, step=step) for step in ("picked", "shipped", "received", "failed")),
)

capability = Capability(
    id="chronic.long_prescription",
    version=1,
    title=Text("慢性病长期处方与配送", "Long prescriptions and delivery"),
    purpose=Text(
        "为病情稳定的慢性病患者开具4～12周长期处方，药师审核，院内取药或第三方配送，到期提醒续方",
        "Four to twelve weeks of drugs for stable patients: reviewed, delivered, refilled when they run out",
    ),
    subject=Text("诊断明确、用药稳定、病情控制平稳的慢性病患者", "stable patients with a chronic disease"),
    rows=("D5-03",),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(PRESCRIPTION, Text("开具长期处方", "a long prescription was written")),
    forms=(PRESCRIPTION, REVIEW, DELIVERY),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "fieldwork:logbook", "indicators:indicator"),
    tests=("tests/catalogue/chronic/test_long_prescription.py",),
    source=SOURCE,
)
