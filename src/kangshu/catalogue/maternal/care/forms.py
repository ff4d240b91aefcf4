"""The records of a pregnancy after the booking: further antenatal checks, delivery, the visit after
discharge, the check after 42 days, the follow-up of a referral, and a pregnancy that ended early (norms
A5.2)."""

from __future__ import annotations

from kangshu.catalogue.asking import (
    NO_YES,
    day,
    number,
    one_of,
    several_of,
    words,
)
from kangshu.catalogue.chronic.questions import PRESSURE
from kangshu.catalogue.maternal.care import wording
from kangshu.catalogue.maternal.care.booking import BOOKING, URINE
from kangshu.catalogue.maternal.care.questions import (
    DANGERS_AFTER,
    GUIDANCE,
    GUIDANCE_AFTER,
    RISK_SOURCE,
    RISKS,
    SOURCE,
    class_section,
    finding,
    next_visit_check,
    pressure_check,
    risk_section,
)
from kangshu.declare import Check, Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on

OUTCOMES = tuple(Choice(code, title) for code, title in wording.OUTCOMES.items())
CAESAREAN, IN_HOSPITAL = "3", ("1", "2", "3")

ANTENATAL = Form(
    id="maternal.antenatal",
    version=1,
    title=Text("第2～5次产前随访服务记录表", "Antenatal check (second to fifth)"),
    sections=(
        Section(
            "check",
            Text("产前检查", "Antenatal check"),
            (
                number(
                    "weeks",
                    "孕周（整周）",
                    "Weeks of pregnancy",
                    "孕周",
                    (0, 43),
                    carried=False,
                    required=True,
                ),
                number("days", "孕周（余天）", "and days", "天", (0, 6), carried=False, required=True),
                words("complaint", "主诉", "Complaint", length=200, carried=False),
                number("weight", "体重", "Weight", "kg", (20, 300), places=1, required=True),
                number("fundal_height", "宫底高度", "Fundal height", "cm", (5, 50), (10, 45), places=1),
                number("abdomen", "腹围", "Girth of the abdomen", "cm", (40, 160), (60, 140), places=1),
                one_of(
                    "position",
                    "胎位",
                    "Fetal position",
                    numbered(
                        ("头位", "cephalic"),
                        ("臀位", "breech"),
                        ("横位", "transverse"),
                        ("不详", "not known"),
                    ),
                    measured=True,
                ),
                number("fetal_heart", "胎心率", "Fetal heart", "次/分", (60, 240), (110, 160)),
                *PRESSURE,
                number("hb", "血红蛋白", "Haemoglobin", "g/L", (20, 260), (110, 175)),
                one_of("urine_protein", "尿蛋白", "Urine protein", URINE, measured=True),
                one_of(
                    "prenatal_screening",
                    "产前筛查",
                    "Prenatal screening",
                    numbered(
                        ("低风险", "low risk"),
                        ("高风险，已转诊断", "high risk, sent to be diagnosed"),
                        ("未做", "not done"),
                        ("结果未回", "no result yet"),
                    ),
                    carried=False,
                ),
                words("tests_other", "其他辅助检查", "Other tests", length=200, carried=False),
            ),
        ),
        risk_section(),
        class_section(GUIDANCE),
    ),
    checks=(pressure_check(), next_visit_check()),
    rule="antenatal",
    outcomes=OUTCOMES,
    source=SOURCE,
)

DELIVERY = Form(
    id="maternal.delivery",
    version=1,
    title=Text("分娩记录", "Delivery"),
    sections=(
        Section(
            "delivery",
            Text("分娩情况", "The delivery"),
            (
                day("delivered_on", "分娩日期", "Delivered on", required=True, carried=False),
                number("weeks", "分娩孕周", "Weeks of pregnancy", "孕周", (20, 44), (28, 42), carried=False),
                one_of(
                    "place",
                    "分娩地点",
                    "Where",
                    numbered(
                        ("县级及以上医院、妇幼保健机构", "hospital of the county or above"),
                        ("乡镇卫生院", "township health centre"),
                        ("其他有助产资质的机构", "another institution licensed for midwifery"),
                        ("家中", "at home"),
                        ("途中或其他", "on the way, or elsewhere"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("institution", "分娩机构名称", "Name of the institution", carried=False),
                one_of(
                    "mode",
                    "分娩方式",
                    "Mode",
                    numbered(
                        ("阴道自然分娩", "spontaneous vaginal"),
                        ("阴道助产", "assisted vaginal"),
                        ("剖宫产", "caesarean section"),
                    ),
                    required=True,
                    carried=False,
                ),
                number(
                    "live_births", "活产数", "Live births", "个", (0, 6), (0, 2), carried=False, required=True
                ),
                number(
                    "fetal_deaths",
                    "死胎死产数",
                    "Fetal deaths and stillbirths",
                    "个",
                    (0, 6),
                    (0, 1),
                    carried=False,
                    required=True,
                ),
                number("blood_loss", "产后出血量", "Blood lost", "mL", (0, 10000), (0, 500)),
                words("complications", "分娩并发症", "Complications", length=200, carried=False),
                day(
                    "discharged_on",
                    "出院日期",
                    "Discharged on",
                    carried=False,
                    hint=Text("尚未出院可空着，出院后补上", "leave it empty until she is discharged"),
                ),
                Field(
                    "newborns",
                    Text("新生儿", "Newborns"),
                    FieldType.ROWS,
                    fields=(
                        one_of(
                            "sex",
                            "性别",
                            "Sex",
                            numbered(("男", "male"), ("女", "female"), ("不详", "not clear")),
                            carried=False,
                        ),
                        Field(
                            "weight",
                            Text("出生体重", "Birth weight"),
                            FieldType.INTEGER,
                            unit="g",
                        ),
                        one_of(
                            "alive",
                            "结局",
                            "Outcome",
                            numbered(("活产", "live birth"), ("死胎死产", "fetal death or stillbirth")),
                            carried=False,
                        ),
                    ),
                    most=6,
                ),
                words("doctor", "记录人", "Recorded by", length=40, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "delivered_before",
            answer("delivered_on") <= performed_on,
            Text("分娩日期不能晚于记录日期。", "The delivery is not after the day of the record."),
            field="delivered_on",
        ),
        Check(
            "discharged_after",
            answer("discharged_on") >= answer("delivered_on"),
            Text("出院日期不能早于分娩日期。", "The discharge is not before the delivery."),
            field="discharged_on",
        ),
        Check(
            "somebody_born",
            answer("live_births") + answer("fetal_deaths") >= 1,
            Text("活产数与死胎死产数之和至少为1。", "Live births and fetal deaths are at least one."),
            field="live_births",
        ),
    ),
    source=SOURCE,
)


def _after_delivery() -> Section:
    return Section(
        "mother",
        Text("产妇情况", "The mother"),
        (
            day("delivered_on", "分娩日期", "Delivered on", required=True),
            day("discharged_on", "出院日期", "Discharged on"),
            number("temperature", "体温", "Temperature", "℃", (30, 45), ("35.5", "38.0"), places=1),
            words("health", "一般健康情况", "General health", length=200, carried=False),
            *finding("psychology", "一般心理状况", "State of mind"),
            *PRESSURE,
            *finding("breasts", "乳房", "Breasts"),
            *finding("lochia", "恶露", "Lochia"),
            *finding("uterus", "子宫", "Uterus"),
            *finding("wound", "伤口", "Wound"),
            words("other", "其他", "Other", length=200, carried=False),
            several_of(
                "danger",
                "危急征象",
                "Signs of danger",
                DANGERS_AFTER,
                alone="0",
                required=True,
                carried=False,
            ),
        ),
    )


def _days_in_order() -> tuple[Check, ...]:
    return (
        Check(
            "delivered_before",
            answer("delivered_on") <= performed_on,
            Text("分娩日期不能晚于随访日期。", "The delivery is not after the visit."),
            field="delivered_on",
        ),
        Check(
            "discharged_between",
            answer("discharged_on").between(answer("delivered_on"), performed_on),
            Text("出院日期应在分娩与随访之间。", "The discharge is between the delivery and the visit."),
            field="discharged_on",
        ),
        pressure_check(),
    )


POSTPARTUM = Form(
    id="maternal.postpartum",
    version=1,
    title=Text("产后访视记录表", "Postpartum visit"),
    sections=(_after_delivery(), class_section(GUIDANCE_AFTER)),
    checks=(*_days_in_order(), next_visit_check()),
    rule="postpartum",
    outcomes=OUTCOMES,
    source=SOURCE,
)

CHECK_42 = Form(
    id="maternal.check_42",
    version=1,
    title=Text("产后42天健康检查记录表", "Check 42 days after delivery"),
    sections=(
        _after_delivery(),
        Section(
            "result",
            Text("分类与处理", "Result"),
            (
                one_of(
                    "class",
                    "分类",
                    "Class",
                    numbered(("已恢复", "recovered"), ("未恢复", "not recovered")),
                    required=True,
                    carried=False,
                ),
                words(
                    "class_text",
                    "未恢复情况",
                    "What has not recovered",
                    length=200,
                    visible=answer("class").equals("2"),
                    required=answer("class").equals("2"),
                    carried=False,
                ),
                several_of("guidance", "保健指导", "Guidance", GUIDANCE_AFTER, carried=False),
                one_of(
                    "feeding",
                    "喂养方式",
                    "Feeding",
                    numbered(("纯母乳", "breast milk only"), ("混合", "mixed"), ("人工", "formula")),
                    carried=False,
                ),
                words("contraception", "避孕方式", "Contraception", carried=False),
                one_of(
                    "disposal",
                    "处理",
                    "What is done",
                    numbered(("结案", "closed"), ("转诊", "referred")),
                    required=True,
                    carried=False,
                ),
                words(
                    "referral_reason",
                    "转诊原因",
                    "Why",
                    visible=answer("disposal").equals("2"),
                    required=answer("disposal").equals("2"),
                    carried=False,
                ),
                words(
                    "referral_to",
                    "转入机构及科室",
                    "Where to",
                    visible=answer("disposal").equals("2"),
                    required=answer("disposal").equals("2"),
                    carried=False,
                ),
                words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    checks=_days_in_order(),
    rule="check_42",
    outcomes=OUTCOMES,
    source=SOURCE,
)

ARRIVED = answer("arrived").equals("1")
REFERRAL = Form(
    id="maternal.referral_follow_up",
    version=1,
    title=Text("孕产妇转诊随访记录", "Follow-up of a referral"),
    sections=(
        Section(
            "referral",
            Text("转诊结果", "What came of the referral"),
            (
                one_of(
                    "arrived",
                    "是否就诊",
                    "Did she go",
                    numbered(("已就诊", "yes"), ("未就诊", "no")),
                    required=True,
                    carried=False,
                ),
                words("institution", "就诊机构", "Where", visible=ARRIVED, required=ARRIVED, carried=False),
                words("found", "诊断与处理", "Found and done", length=300, visible=ARRIVED, carried=False),
                words(
                    "why_not",
                    "未就诊原因及督促情况",
                    "Why not, and how she was urged",
                    length=200,
                    visible=answer("arrived").equals("2"),
                    carried=False,
                ),
                one_of("risk", "目前风险分级（颜色）", "Colour of the risk now", RISKS, carried=False),
                one_of(
                    "purple", "紫色（合并传染病）", "Purple (an infectious disease)", NO_YES, carried=False
                ),
                words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    source=RISK_SOURCE,
)

ENDED = Form(
    id="maternal.pregnancy_ended",
    version=1,
    title=Text("妊娠提前终止登记", "Pregnancy that ended early"),
    sections=(
        Section(
            "ended",
            Text("终止情况", "How it ended"),
            (
                day("ended_on", "终止日期", "Ended on", required=True, carried=False),
                number(
                    "weeks", "终止孕周", "Weeks of pregnancy", "孕周", (0, 43), carried=False, required=True
                ),
                one_of(
                    "kind",
                    "终止方式",
                    "How",
                    numbered(
                        ("自然流产", "miscarriage"),
                        ("人工流产", "induced abortion"),
                        ("医学需要的引产", "induction for a medical reason"),
                        ("异位妊娠", "ectopic pregnancy"),
                        ("葡萄胎", "hydatidiform mole"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("institution", "终止机构", "Where", carried=False),
                words("notes", "说明", "Notes", length=200, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "ended_before",
            answer("ended_on") <= performed_on,
            Text("终止日期不能晚于登记日期。", "It did not end after the day of the record."),
            field="ended_on",
        ),
        Check(
            "ended_early",
            answer("weeks") < 28,
            Text("满28周的应填分娩记录，请核对。", "From 28 weeks on it is a delivery: please look again."),
            hard=False,
            field="weeks",
        ),
    ),
    source=SOURCE,
)

FORMS = (BOOKING, ANTENATAL, REFERRAL, DELIVERY, POSTPARTUM, CHECK_42, ENDED)
