"""Forms of cervical screening: first test, triage, colposcopy, pathology, treatment (norms K1)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, coded, number, one_of, several_of, words
from kangshu.catalogue.judging import part, sheet, treatment_sheet
from kangshu.catalogue.screening.cervical import wording
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "宫颈癌筛查工作方案（国卫办妇幼函〔2021〕635号）；norms K1"
ID = "screening.cervical"

HIGH_RISK = ("16", "18", "31", "33", "35", "39", "45", "51", "52", "56", "58", "59", "66", "68")
HPV = coded(
    ("0", "阴性", "negative"),
    *((kind, f"{kind}型", f"type {kind}") for kind in HIGH_RISK),
    ("98", "其他高危型（未分型）", "other high-risk, not typed"),
    ("99", "标本无效", "void"),
)
TBS = numbered(
    ("NILM 未见上皮内病变", "NILM"),
    ("ASC-US", "ASC-US"),
    ("ASC-H", "ASC-H"),
    ("LSIL", "LSIL"),
    ("HSIL", "HSIL"),
    ("AGC", "AGC"),
    ("癌", "carcinoma"),
    ("标本不满意", "unsatisfactory"),
)


HPV_FIELD = several_of("hpv", "HPV检测结果", "HPV", HPV, carried=False)
TBS_FIELD = one_of("tbs", "宫颈细胞学（TBS）", "Cytology (TBS)", TBS, measured=True)

SCREENING = sheet(
    f"{ID}.screening",
    Text("宫颈癌初筛登记表", "Cervical screening"),
    "screened",
    wording.SCREENED,
    SOURCE,
    part(
        "history",
        "基本情况",
        "History",
        number("pregnancies", "孕次", "Pregnancies", "次", (0, 20), measured=False),
        number("births", "产次", "Births", "次", (0, 15), measured=False),
        one_of("menopause", "是否绝经", "Menopause", NO_YES),
        one_of(
            "contraception",
            "避孕方式",
            "Contraception",
            numbered(
                ("未避孕", "none"),
                ("避孕套", "condom"),
                ("避孕药", "pill"),
                ("宫内节育器", "IUD"),
                ("其他", "other"),
            ),
        ),
    ),
    part(
        "tests",
        "检查结果",
        "Tests",
        one_of(
            "eye",
            "妇科检查：宫颈",
            "Gynaecological examination: cervix",
            numbered(
                ("未见异常", "normal"),
                ("炎症等良性病变", "benign"),
                ("肉眼可疑癌", "suspected cancer"),
                ("未查", "not examined"),
            ),
            measured=True,
        ),
        HPV_FIELD,
        TBS_FIELD,
        words("barcode", "标本条码", "Specimen", length=30, carried=False),
    ),
)
TRIAGE = sheet(
    f"{ID}.triage",
    Text("宫颈癌分流检测", "Cervical screening: triage"),
    "triaged",
    wording.TRIAGED,
    SOURCE,
    part("tests", "分流检测结果", "Result", HPV_FIELD, TBS_FIELD),
)
COLPOSCOPY = sheet(
    f"{ID}.colposcopy",
    Text("阴道镜检查", "Colposcopy"),
    "colposcopy",
    wording.COLPOSCOPY,
    SOURCE,
    part(
        "colposcopy",
        "阴道镜",
        "Colposcopy",
        one_of(
            "done",
            "是否完成",
            "Done",
            numbered(("已完成", "done"), ("未做", "not done"), ("拒绝", "refused")),
            required=True,
            carried=False,
        ),
        one_of(
            "satisfactory",
            "检查充分",
            "Satisfactory",
            NO_YES,
            visible=answer("done").equals("1"),
            measured=True,
        ),
        one_of(
            "impression",
            "阴道镜拟诊",
            "Impression",
            numbered(
                ("正常或炎症", "normal or inflammation"),
                ("低级别病变", "low grade"),
                ("高级别病变", "high grade"),
                ("可疑浸润癌", "suspected cancer"),
            ),
            visible=answer("done").equals("1"),
            required=answer("done").equals("1"),
            measured=True,
        ),
        words("hospital", "检查机构", "Hospital", length=60),
    ),
)
PATHOLOGY = sheet(
    f"{ID}.pathology",
    Text("宫颈组织病理结果", "Cervical pathology"),
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
                ("未见异常或炎症", "normal or inflammation"),
                ("CIN1（LSIL）", "CIN1 (LSIL)"),
                ("CIN2", "CIN2"),
                ("CIN3", "CIN3"),
                ("原位腺癌（AIS）", "AIS"),
                ("微小浸润癌（ⅠA期）", "micro-invasive (IA)"),
                ("浸润癌", "invasive"),
                ("结果未出", "no result yet"),
            ),
            required=True,
            measured=True,
        ),
        words("pathology_number", "病理号", "Number", length=30, carried=False),
        words("centre", "病理诊断机构", "Pathology centre", length=60),
        one_of("agreed", "质控复核是否一致", "Second reading agrees", NO_YES, measured=True),
    ),
)
TREATMENT = treatment_sheet(
    f"{ID}.treatment",
    Text("宫颈病变治疗随访", "Cervical lesion: treatment"),
    SOURCE,
    ("LEEP或冷刀锥切", "LEEP or conisation"),
    ("手术", "surgery"),
    ("放化疗", "radiotherapy or chemotherapy"),
    ("消融等其他", "ablation or other"),
)
