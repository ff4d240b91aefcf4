"""Forms of colorectal screening: risk questionnaire with FIT, colonoscopy with pathology, treatment (norms
K3)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, day, number, one_of, several_of, words
from kangshu.catalogue.judging import outcomes, treatment_sheet
from kangshu.catalogue.screening.colorectal import wording
from kangshu.declare import Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "中国结直肠癌筛查与早诊早治指南；城市癌症早诊早治项目技术方案；norms K3"

# Codes 1 and 2 make a high risk alone, two of 3 to 8 together (norms K3).
RISKS = numbered(
    ("一级亲属患结直肠癌", "first-degree relative with colorectal cancer"),
    ("本人患过癌症或肠道腺瘤（息肉）", "own cancer or intestinal adenoma"),
    ("慢性腹泻（近2年累计超过3个月，每次1周以上）", "chronic diarrhoea (over 3 months in 2 years)"),
    ("慢性便秘（近2年每年超过2个月）", "chronic constipation (over 2 months a year in 2 years)"),
    ("黏液血便", "mucus or blood in the stool"),
    ("慢性阑尾炎或阑尾切除史", "appendicitis or appendectomy"),
    ("慢性胆囊疾病或胆囊切除史", "gallbladder disease or cholecystectomy"),
    ("近20年内不良生活事件并有精神创伤", "adverse life event in 20 years with mental harm"),
    ("以上均无", "none of these"),
)
DONE = answer("done").equals("1")
LESION = DONE & answer("finding").is_in("3", "4")
TESTED = numbered(("阴性", "negative"), ("阳性", "positive"), ("未做或无效", "not done, or void"))

SCREENING = Form(
    id="screening.colorectal.screening",
    version=1,
    title=Text("结直肠癌初筛（危险度问卷与粪便检测）", "Colorectal screening: questionnaire and stool test"),
    sections=(
        Section(
            "questionnaire",
            Text("危险度问卷", "Risk questionnaire"),
            (
                several_of(
                    "risks", "危险因素", "Risk factors", RISKS, alone="9", required=True, carried=False
                ),
                one_of("smoking", "吸烟（现在或曾经）", "Smokes or smoked", NO_YES, carried=False),
            ),
        ),
        Section(
            "stool",
            Text("粪便免疫化学检测（FIT）", "Stool test (FIT)"),
            (
                one_of("fit_1", "第一份", "First sample", TESTED, measured=True),
                one_of(
                    "fit_2",
                    "第二份（间隔1周以上）",
                    "Second sample (a week or more later)",
                    TESTED,
                    measured=True,
                ),
                words("barcode", "样本编号", "Sample number", length=30, carried=False),
            ),
        ),
    ),
    rule="screened",
    outcomes=outcomes(wording.SCREENED),
    source=SOURCE,
)

COLONOSCOPY = Form(
    id="screening.colorectal.colonoscopy",
    version=1,
    title=Text("结肠镜检查及病理结果", "Colonoscopy and pathology"),
    sections=(
        Section(
            "colonoscopy",
            Text("结肠镜", "Colonoscopy"),
            (
                one_of(
                    "done",
                    "是否完成",
                    "Done",
                    numbered(
                        ("已完成", "done"),
                        ("已预约未做", "booked, not yet"),
                        ("拒绝", "refused"),
                        ("有禁忌证", "contraindicated"),
                    ),
                    required=True,
                    carried=False,
                ),
                day("booked_on", "预约日期", "Booked for", visible=answer("done").equals("2"), carried=False),
                words("hospital", "检查医院", "Hospital", length=60, visible=DONE),
                one_of(
                    "caecum",
                    "到达回盲部",
                    "Reached the caecum",
                    NO_YES,
                    visible=DONE,
                    measured=True,
                ),
                one_of(
                    "finding",
                    "检查所见",
                    "Finding",
                    numbered(
                        ("未见异常", "nothing"),
                        ("炎症、增生性息肉等非腺瘤病变", "inflammation, hyperplastic polyp, other"),
                        ("腺瘤", "adenoma"),
                        ("癌", "cancer"),
                    ),
                    visible=DONE,
                    required=DONE,
                    measured=True,
                ),
            ),
        ),
        Section(
            "pathology",
            Text("病变与病理", "Lesion and pathology"),
            (
                number(
                    "largest",
                    "最大病变直径",
                    "Largest lesion",
                    "mm",
                    (1, 300),
                    (1, 100),
                    required=answer("finding").equals("3"),
                ),
                several_of(
                    "features",
                    "病理特征",
                    "Pathology",
                    numbered(
                        ("绒毛成分", "villous part"),
                        ("高级别上皮内瘤变", "high-grade neoplasia"),
                        ("均无", "neither"),
                    ),
                    alone="3",
                    visible=answer("finding").equals("3"),
                    required=answer("finding").equals("3"),
                    carried=False,
                ),
                one_of(
                    "stage",
                    "癌症分期",
                    "Stage",
                    numbered(
                        ("0期", "0"),
                        ("Ⅰ期", "I"),
                        ("Ⅱ期", "II"),
                        ("Ⅲ期", "III"),
                        ("Ⅳ期", "IV"),
                        ("未分期", "not staged"),
                    ),
                    visible=answer("finding").equals("4"),
                    required=answer("finding").equals("4"),
                    measured=True,
                ),
                words("pathology_number", "病理号", "Pathology number", length=30, carried=False),
            ),
            visible=LESION,
        ),
    ),
    rule="colonoscopy",
    outcomes=outcomes(wording.COLONOSCOPY),
    source=SOURCE,
)

TREATMENT = treatment_sheet(
    "screening.colorectal.treatment",
    Text("结直肠病变治疗随访", "Colorectal lesion: treatment"),
    SOURCE,
    ("内镜下切除", "removed by endoscope"),
    ("手术", "surgery"),
    ("放化疗", "radiotherapy or chemotherapy"),
    ("其他", "other"),
    extra=(one_of("registered", "已报肿瘤登记卡", "Reported to the cancer register", NO_YES, carried=False),),
)
