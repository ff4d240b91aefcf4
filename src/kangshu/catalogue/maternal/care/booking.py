"""The first antenatal check, at which the pregnancy is booked (norms A5.2)."""

from __future__ import annotations

from kangshu.catalogue.asking import NEGATIVE_POSITIVE, coded, day, number, one_of, several_of, words
from kangshu.catalogue.chronic.questions import PRESSURE
from kangshu.catalogue.maternal.care import wording
from kangshu.catalogue.maternal.care.questions import (
    GUIDANCE,
    SOURCE,
    class_section,
    finding,
    next_visit_check,
    pressure_check,
    risk_section,
)
from kangshu.declare import Check, Choice, Field, FieldType, Form, Range, Section, Text, numbered
from kangshu.declare.expression import add_days, answer, performed_on, weeks_between, when

PREGNANCY_DAYS = 280
URINE = numbered(("-", "-"), ("±", "±"), ("+", "+"), ("++", "++"), ("+++", "+++"), ("++++", "++++"))
LMP_KNOWN = answer("lmp_known").equals("1")
# Where the last menstruation is not known, the day is reckoned back from the day of confinement.
LMP = when(answer("lmp_on").is_known()).then(answer("lmp_on")).otherwise(
    add_days(answer("edc_on"), -PREGNANCY_DAYS)
)  # fmt: skip

PREGNANCY = Section(
    "pregnancy",
    Text("本次妊娠", "This pregnancy"),
    (
        one_of(
            "lmp_known",
            "末次月经",
            "Last menstrual period",
            numbered(("已知", "known"), ("不详", "not known")),
            required=True,
            carried=False,
        ),
        day(
            "lmp_on", "末次月经日期", "LMP", visible=LMP_KNOWN, required=LMP_KNOWN, carried=False
        ),
        day(
            "edc_on",
            "预产期",
            "EDC",
            assessed="edc_on",
            hint=Text(
                "末次月经不详时按超声填写；否则空着由系统推算",
                "by ultrasound when the LMP is not known; else leave it empty, it is reckoned",
            ),
        ),
        Field(
            "weeks",
            Text("填表孕周", "Weeks of pregnancy"),
            FieldType.COMPUTED,
            unit="孕周",
            expression=weeks_between(LMP, performed_on),
        ),
        number("gravida", "孕次", "Gravida", "次", (1, 20), measured=False, carried=False, required=True),
        number("para_vaginal", "产次：阴道分娩", "Para: vaginal", "次", (0, 20), measured=False,
               carried=False, required=True),
        number("para_caesarean", "产次：剖宫产", "Para: caesarean", "次", (0, 10), measured=False,
               carried=False, required=True),
        words("husband_name", "丈夫姓名", "Husband", length=40),
        number("husband_age", "丈夫年龄", "Husband's age", "岁", (12, 100), measured=False),
        words("husband_phone", "丈夫电话", "Husband's phone", length=20),
        words("delivery_plan", "拟分娩机构", "Where she plans to deliver"),
    ),
)  # fmt: skip

HISTORY = Section(
    "history",
    Text("病史", "History"),
    (
        several_of(
            "past_history",
            "既往史",
            "Past history",
            numbered(
                ("无", "none"),
                ("心脏病", "heart disease"),
                ("肾脏疾病", "kidney disease"),
                ("肝脏疾病", "liver disease"),
                ("高血压", "hypertension"),
                ("贫血", "anaemia"),
                ("糖尿病", "diabetes"),
                ("其他", "other"),
            ),
            alone="1",
            required=True,
        ),
        words(
            "past_history_text", "其他既往史", "Other history", visible=answer("past_history").includes("8")
        ),
        several_of(
            "family_history",
            "家族史",
            "Family history",
            numbered(
                ("无", "none"),
                ("遗传性疾病史", "hereditary disease"),
                ("精神疾病史", "mental disorder"),
                ("其他", "other"),
            ),
            alone="1",
        ),
        several_of(
            "personal_history",
            "个人史",
            "Personal history",
            numbered(
                ("无特殊", "nothing special"),
                ("吸烟", "smoking"),
                ("饮酒", "drinking"),
                ("服用药物", "drugs"),
                ("接触有毒有害物质", "toxic contact"),
                ("接触放射线", "radiation"),
                ("其他", "other"),
            ),
            alone="1",
        ),
        one_of(
            "gynaecological_surgery",
            "妇科手术史",
            "Gynaecological surgery",
            numbered(("无", "none"), ("有", "yes")),
        ),
        words(
            "gynaecological_surgery_text",
            "手术名称",
            "Which surgery",
            visible=answer("gynaecological_surgery").equals("2"),
        ),
        *(
            number(name, f"孕产史：{zh}", f"Before: {en}", "次", (0, 20), measured=False, carried=False)
            for name, zh, en in (
                ("miscarriages", "自然流产", "miscarriages"),
                ("induced_abortions", "人工流产", "induced abortions"),
                ("fetal_deaths", "死胎", "fetal deaths"),
                ("stillbirths", "死产", "stillbirths"),
                ("neonatal_deaths", "新生儿死亡", "neonatal deaths"),
                ("birth_defects", "出生缺陷儿", "children with a birth defect"),
            )
        ),
    ),
)

EXAMINATION = Section(
    "examination",
    Text("体格检查", "Examination"),
    (
        number("height", "身高", "Height", "cm", (80, 230), places=1, required=True),
        number("weight", "体重", "Weight", "kg", (20, 300), places=1, required=True),
        Field(
            "bmi",
            Text("体质指数", "BMI"),
            FieldType.COMPUTED,
            unit="kg/m²",
            places=1,
            expression=(answer("weight") / ((answer("height") / 100) * (answer("height") / 100))).rounded(1),
            hard=Range.of(8, 70),
            soft=Range.of("18.5", 28),
        ),
        *PRESSURE,
        *finding("heart", "心脏", "Heart"),
        *finding("lungs", "肺部", "Lungs"),
        *finding("vulva", "外阴", "Vulva"),
        *finding("vagina", "阴道", "Vagina"),
        *finding("cervix", "宫颈", "Cervix"),
        *finding("uterus", "子宫", "Uterus"),
        *finding("adnexa", "附件", "Adnexa"),
    ),
)

TESTS = Section(
    "tests",
    Text("辅助检查", "Tests"),
    (
        number("hb", "血红蛋白", "Haemoglobin", "g/L", (20, 260), (110, 175)),
        number("wbc", "白细胞", "White cells", "10⁹/L", ("0.1", 200), ("3.5", "9.5"), places=2),
        number("plt", "血小板", "Platelets", "10⁹/L", (1, 2000), (125, 350)),
        *(
            one_of(f"urine_{name}", f"尿{zh}", f"Urine {en}", URINE, measured=True)
            for name, zh, en in (
                ("protein", "蛋白", "protein"),
                ("sugar", "糖", "sugar"),
                ("ketone", "酮体", "ketone"),
                ("blood", "潜血", "blood"),
            )
        ),
        one_of(
            "abo",
            "血型（ABO）",
            "Blood group",
            coded(
                ("1", "A型", "A"), ("2", "B型", "B"), ("3", "O型", "O"), ("4", "AB型", "AB"),
                ("5", "不详", "not known"),
            ),
        ),
        one_of(
            "rh",
            "血型（Rh）*",
            "Rh*",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("不详", "not known")),
        ),
        number("glucose", "血糖*", "Glucose*", "mmol/L", ("0.5", 50), ("3.9", "7.0"), places=1),
        number("alt", "血清谷丙转氨酶", "ALT", "U/L", (0, 5000), (0, 50)),
        number("ast", "血清谷草转氨酶", "AST", "U/L", (0, 5000), (0, 50)),
        number("alb", "白蛋白", "Albumin", "g/L", (5, 80), (40, 55), places=1),
        number("tbil", "总胆红素", "Total bilirubin", "µmol/L", (0, 800), (0, 23), places=1),
        number("dbil", "结合胆红素", "Direct bilirubin", "µmol/L", (0, 500), (0, 8), places=1),
        number("creatinine", "血清肌酐", "Creatinine", "µmol/L", (5, 3000), (41, 111), places=1),
        number("urea", "血尿素", "Urea", "mmol/L", ("0.1", 100), ("1.7", "8.3"), places=1),
        several_of(
            "discharge",
            "阴道分泌物*",
            "Vaginal discharge*",
            numbered(
                ("未见异常", "nothing abnormal"),
                ("滴虫", "trichomonas"),
                ("假丝酵母菌", "candida"),
                ("其他", "other"),
            ),
            alone="1",
            carried=False,
        ),
        one_of(
            "cleanliness",
            "阴道清洁度*",
            "Cleanliness*",
            numbered(("Ⅰ度", "I"), ("Ⅱ度", "II"), ("Ⅲ度", "III"), ("Ⅳ度", "IV")),
            measured=True,
        ),
        *(
            one_of(name, zh, en, NEGATIVE_POSITIVE, measured=True)
            for name, zh, en in (
                ("hbsag", "乙型肝炎表面抗原", "HBsAg"),
                ("hbsab", "乙型肝炎表面抗体*", "HBsAb*"),
                ("hbeag", "乙型肝炎e抗原*", "HBeAg*"),
                ("hbeab", "乙型肝炎e抗体*", "HBeAb*"),
                ("hbcab", "乙型肝炎核心抗体*", "HBcAb*"),
                ("syphilis", "梅毒血清学试验*", "Syphilis*"),
                ("hiv", "HIV抗体检测*", "HIV antibody*"),
            )
        ),
        words("ultrasound", "B超*", "Ultrasound*", length=200, carried=False),
        words("tests_other", "其他检查*", "Other tests*", length=200, carried=False),
    ),
)  # fmt: skip

INFECTED = answer("hbsag").equals("2") | answer("syphilis").equals("2") | answer("hiv").equals("2")

BOOKING = Form(
    id="maternal.booking",
    version=1,
    title=Text("第1次产前检查服务记录表", "First antenatal check (booking)"),
    sections=(PREGNANCY, HISTORY, EXAMINATION, TESTS, risk_section(INFECTED), class_section(GUIDANCE)),
    checks=(
        Check(
            "lmp_not_later",
            answer("lmp_on") <= performed_on,
            Text("末次月经日期不能晚于检查日期。", "The LMP is not after the day of the check."),
            field="lmp_on",
        ),
        Check(
            "para_within_gravida",
            answer("para_vaginal") + answer("para_caesarean") <= answer("gravida"),
            Text("产次之和多于孕次，请核对。", "More births than pregnancies: please look again."),
            hard=False,
            field="gravida",
        ),
        pressure_check(),
        next_visit_check(),
    ),
    rule="booking",
    outcomes=tuple(Choice(code, title) for code, title in wording.OUTCOMES.items()),
    source=SOURCE,
)
