"""Every branch and edge (norms K1)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.cervical.forms import COLPOSCOPY, PATHOLOGY, SCREENING, TREATMENT, TRIAGE

NORM = "norms K1"
screened, triaged = Cases(SCREENING.id, NORM), Cases(TRIAGE.id, NORM)
looked, read = Cases(COLPOSCOPY.id, NORM), Cases(PATHOLOGY.id, NORM)

EXAMPLES = (
    screened("hpv_16", "HPV16阳性：直接阴道镜", "HPV 16: colposcopy", "colposcopy", hpv=("16",)),
    screened(
        "hpv_18_nilm",
        "HPV18阳性、细胞学正常：仍转阴道镜",
        "HPV 18, cytology normal",
        "colposcopy",
        hpv=("18",),
        tbs="1",
    ),
    screened(
        "hpv_other",
        "其他高危型：细胞学分流",
        "another type: cytology",
        "triage",
        values={"method": "hpv"},
        hpv=("52",),
    ),
    screened(
        "hpv_other_nilm",
        "其他高危型、细胞学正常：12个月复查",
        "another type, NILM",
        "recheck",
        hpv=("52", "58"),
        tbs="1",
    ),
    screened(
        "hpv_other_ascus",
        "其他高危型、ASC-US：阴道镜",
        "another type, ASC-US",
        "colposcopy",
        hpv=("31",),
        tbs="2",
    ),
    screened(
        "ascus_alone", "ASC-US：HPV分流", "ASC-US: HPV", "triage", values={"method": "cytology"}, tbs="2"
    ),
    screened("ascus_negative", "ASC-US、HPV阴性", "ASC-US, HPV negative", "negative", tbs="2", hpv=("0",)),
    *(
        screened(f"tbs_{code}", f"{name}：阴道镜", f"{name}: colposcopy", "colposcopy", tbs=code)
        for code, name in (("3", "ASC-H"), ("4", "LSIL"), ("5", "HSIL"), ("6", "AGC"), ("7", "SCC"))
    ),
    screened("eye", "肉眼可疑癌", "cancer suspected by eye", "colposcopy", eye="3"),
    screened("nilm", "细胞学正常", "cytology normal", "negative", tbs="1"),
    screened("hpv_negative", "HPV阴性", "HPV negative", "negative", hpv=("0",)),
    screened("unfit", "细胞学标本不满意", "unfit specimen", "repeat", tbs="8"),
    screened("void", "HPV标本无效", "void HPV", "repeat", hpv=("99",)),
    screened("no_test", "没有检测结果", "no test", "missing", eye="1"),
    triaged("ascus", "分流细胞学ASC-US：阴道镜", "cytology ASC-US", "colposcopy", tbs="2"),
    triaged("nilm", "分流细胞学正常：12个月复查", "cytology normal", "recheck", tbs="1"),
    triaged("hpv_positive", "分流HPV高危阳性：阴道镜", "HPV positive", "colposcopy", hpv=("52",)),
    triaged("hpv_negative", "分流HPV阴性", "HPV negative", "negative", hpv=("0",)),
    triaged("unfit", "分流标本不满意", "unfit", "repeat", tbs="8"),
    triaged("nothing", "没有分流结果", "no result", "missing"),
    looked("normal", "阴道镜正常", "normal", "normal", done="1", impression="1"),
    looked("low", "拟诊低级别：活检", "low grade: biopsy", "biopsy", done="1", impression="2"),
    looked("refused", "拒绝阴道镜", "refused", "not_done", done="3"),
    looked("unsaid", "未填拟诊", "no impression", "missing", done="1"),
    read("benign", "炎症", "inflammation", "benign", result="1"),
    read("cin1", "CIN1", "CIN1", "low_grade", values={"early": False}, result="2"),
    read("cin2", "CIN2", "CIN2", "high_grade", values={"early": True}, result="3"),
    read("ais", "原位腺癌", "AIS", "high_grade", result="5"),
    read("stage_1a", "ⅠA期", "stage IA", "cancer", values={"early": True}, result="6"),
    read("invasive", "浸润癌", "invasive", "cancer", values={"early": False}, result="7"),
    read("waiting", "结果未出", "no result yet", "waiting", result="8"),
    read("unsaid", "未填病理", "no answer", "missing"),
    *treatment_examples(TREATMENT.id, NORM),
)
