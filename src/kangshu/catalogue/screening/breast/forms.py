"""Forms of breast screening: examination and ultrasound, mammography, pathology, treatment (norms K2)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, coded, one_of, words
from kangshu.catalogue.judging import part, sheet, treatment_sheet
from kangshu.catalogue.screening.breast import wording
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "乳腺癌筛查工作方案（国卫办妇幼函〔2021〕635号）；norms K2"
ID = "screening.breast"
BI_RADS = coded(*((str(n), f"{n}类", f"category {n}") for n in range(7)))
DONE = answer("done").equals("1")
UNSURE = answer("bi_rads").is_in("0", "3")

SCREENING = sheet(
    f"{ID}.screening",
    Text("乳腺癌初筛登记表", "Breast screening"),
    "screened",
    wording.SCREENED,
    SOURCE,
    part(
        "history",
        "基本情况",
        "History",
        one_of("family", "一级亲属乳腺癌史", "First-degree relative with breast cancer", NO_YES),
        one_of("menopause", "是否绝经", "Menopause", NO_YES),
    ),
    part(
        "examination",
        "乳腺检查",
        "Examination",
        one_of(
            "clinical",
            "临床检查（视触诊）",
            "Clinical examination",
            numbered(
                ("未见异常", "normal"),
                ("良性病变", "benign"),
                ("可疑肿块或溢液", "suspicious lump or discharge"),
            ),
            required=True,
            measured=True,
        ),
        one_of("bi_rads", "乳腺超声BI-RADS分类", "Ultrasound BI-RADS", BI_RADS, required=True, measured=True),
        words(
            "place",
            "病变部位",
            "Where",
            length=60,
            visible=answer("bi_rads").is_in("0", "3", "4", "5"),
            carried=False,
        ),
    ),
)
MAMMOGRAPHY = sheet(
    f"{ID}.mammography",
    Text("乳腺X线检查", "Mammography"),
    "mammography",
    wording.MAMMOGRAPHY,
    SOURCE,
    part(
        "mammography",
        "乳腺X线",
        "Mammography",
        one_of(
            "done",
            "是否完成",
            "Done",
            numbered(("已完成", "done"), ("未做", "not done"), ("拒绝", "refused")),
            required=True,
            carried=False,
        ),
        one_of("bi_rads", "BI-RADS分类", "BI-RADS", BI_RADS, visible=DONE, required=DONE, measured=True),
        one_of(
            "opinion",
            "副高以上医师综合评估",
            "Opinion of an associate chief physician or above",
            numbered(("活检", "biopsy"), ("6个月随访", "again after 6 months"), ("常规筛查", "next round")),
            visible=DONE & UNSURE,
            measured=True,
        ),
        words("hospital", "检查机构", "Hospital", length=60, visible=DONE),
    ),
)
PATHOLOGY = sheet(
    f"{ID}.pathology",
    Text("乳腺组织病理结果", "Breast pathology"),
    "pathology",
    wording.PATHOLOGY,
    SOURCE,
    part(
        "pathology",
        "组织病理",
        "Pathology",
        one_of(
            "result",
            "病理诊断",
            "Diagnosis",
            numbered(
                ("良性病变", "benign"),
                ("小叶原位癌或不典型增生", "LCIS or atypical hyperplasia"),
                ("导管原位癌", "DCIS"),
                ("浸润癌", "invasive"),
                ("结果未出", "no result yet"),
            ),
            required=True,
            measured=True,
        ),
        one_of(
            "stage",
            "TNM分期",
            "Stage",
            numbered(
                ("0期", "0"),
                ("Ⅰ期", "I"),
                ("ⅡA期", "IIA"),
                ("ⅡB期", "IIB"),
                ("Ⅲ期", "III"),
                ("Ⅳ期", "IV"),
                ("未分期", "not staged"),
            ),
            visible=answer("result").is_in("3", "4"),
            required=answer("result").is_in("3", "4"),
            measured=True,
        ),
        words("centre", "病理诊断机构", "Pathology centre", length=60),
    ),
)
TREATMENT = treatment_sheet(
    f"{ID}.treatment",
    Text("乳腺病变治疗随访", "Breast lesion: treatment"),
    SOURCE,
    ("保乳手术", "conserving surgery"),
    ("全切手术", "mastectomy"),
    ("放化疗", "radiotherapy or chemotherapy"),
    ("内分泌或靶向治疗", "hormones or targeted"),
    ("其他", "other"),
)
