"""The women's disease survey: one examination with a flag for each disease (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, NORMAL_ABNORMAL, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Text, numbered

SOURCE = "妇女常见病筛查技术指南；norms H1"
ID = "screening.women_disease"

DISEASES = numbered(
    ("滴虫性阴道炎", "trichomonal vaginitis"),
    ("外阴阴道假丝酵母菌病", "candidiasis"),
    ("细菌性阴道病", "bacterial vaginosis"),
    ("宫颈炎症或糜烂", "inflammation of the cervix"),
    ("盆腔炎", "pelvic inflammation"),
    ("子宫肌瘤", "myoma"),
    ("卵巢肿物", "ovarian tumour"),
    ("子宫脱垂", "prolapse"),
    ("宫颈可疑癌", "suspected cervical cancer"),
    ("乳腺良性疾病", "benign breast disease"),
    ("乳腺可疑癌", "suspected breast cancer"),
    ("性传播疾病", "sexually transmitted disease"),
    ("其他妇科疾病", "other"),
    ("未检出", "none"),
)
EXAMINED = {
    "none": said("未检出妇科疾病", "Nothing found", "3年内再次筛查。", "Again within three years."),
    "treat": said(
        "检出妇科疾病：治疗",
        "Disease found: treat",
        "就地治疗或转诊，1个月内追踪。",
        "Treat or refer; ask within a month.",
    ),
    "suspected": said(
        "可疑癌：立即转诊",
        "Cancer suspected: refer",
        "转诊确诊，1个月内追踪。",
        "Refer; ask within a month.",
        refer=True,
        urgent=True,
    ),
}

EXAMINATION = sheet(
    f"{ID}.examination",
    Text("妇女常见病普查表", "Women's disease survey"),
    "examined",
    EXAMINED,
    SOURCE,
    part(
        "examination",
        "检查",
        "Examination",
        words("session", "普查点（下乡场次）", "Session", length=60),
        one_of("symptoms", "自觉症状", "Symptoms", NO_YES, carried=False),
        one_of(
            "gynaecological",
            "妇科检查",
            "Gynaecological examination",
            NORMAL_ABNORMAL,
            required=True,
            measured=True,
        ),
        one_of("discharge", "白带常规", "Discharge", NORMAL_ABNORMAL, measured=True),
        one_of("ultrasound", "妇科超声", "Ultrasound", NORMAL_ABNORMAL, measured=True),
        one_of("breast", "乳腺检查", "Breast", NORMAL_ABNORMAL, measured=True),
        several_of("diseases", "检出疾病", "Found", DISEASES, alone="14", required=True, carried=False),
    ),
)
TREATMENT = treatment_sheet(
    f"{ID}.treatment",
    Text("妇科疾病治疗追踪", "Women's disease: treatment"),
    SOURCE,
    ("就地治疗", "treated there"),
    ("转诊治疗", "treated after referral"),
    ("定期复查", "watched"),
)
