"""What the rules of cervical screening say."""

from __future__ import annotations

from kangshu.catalogue.judging import said

SCREENED = {
    "colposcopy": said(
        "初筛阳性：转阴道镜",
        "Positive: colposcopy",
        "3个月内做阴道镜检查。",
        "Colposcopy within 3 months.",
        refer=True,
    ),
    "triage": said(
        "需分流检测",
        "Needs the other test",
        "HPV其他高危型阳性做细胞学，ASC-US做HPV检测。",
        "Cytology after another high-risk HPV type, HPV after ASC-US.",
    ),
    "recheck": said("12个月后复查", "Again after 12 months", "12个月后复查。", "Test again after 12 months."),
    "repeat": said(
        "标本不满意：重新取样", "Specimen unfit: again", "通知重新取样。", "Take the specimen again."
    ),
    "negative": said("初筛阴性", "Negative", "按周期再次筛查。", "The next round comes by the interval."),
}
COLPOSCOPY = {
    "normal": said("阴道镜未见异常", "Colposcopy normal", "12个月后复查。", "Test again after 12 months."),
    "biopsy": said(
        "阴道镜异常：活检",
        "Abnormal: biopsy",
        "取活检，追踪病理。",
        "Biopsy; follow the pathology.",
        refer=True,
    ),
    "not_done": said("未做阴道镜", "Not done", "继续动员，约定日期。", "Go on asking, agree on a day."),
}
PATHOLOGY = {
    "benign": said("无癌前病变", "No precancerous lesion", "12个月后复查。", "Test again after 12 months."),
    "low_grade": said(
        "低级别病变（LSIL/CIN1）", "Low grade (LSIL, CIN1)", "6～12个月随访。", "Follow up in 6 to 12 months."
    ),
    "high_grade": said(
        "高级别病变（HSIL/CIN2、CIN3、AIS）",
        "High grade (HSIL, CIN2–3, AIS)",
        "转诊治疗并登记。",
        "Refer for treatment, register.",
        refer=True,
    ),
    "cancer": said(
        "宫颈癌",
        "Cervical cancer",
        "立即转诊治疗，报告肿瘤登记卡。",
        "Refer at once; report to the cancer register.",
        refer=True,
        urgent=True,
    ),
    "waiting": said("病理未出", "No result yet", "1个月内追踪结果。", "Ask again within a month."),
}
TRIAGED = {code: words for code, words in SCREENED.items() if code != "triage"}
