"""What the rules of breast screening say."""

from __future__ import annotations

from kangshu.catalogue.judging import said

SCREENED = {
    "biopsy": said(
        "超声BI-RADS 4/5类：直接活检",
        "Ultrasound BI-RADS 4 or 5: biopsy",
        "转诊活检，3个月内追踪病理。",
        "Biopsy; pathology within 3 months.",
        refer=True,
    ),
    "mammography": said(
        "需乳腺X线检查", "Mammography", "3个月内做乳腺X线检查。", "Mammography within 3 months.", refer=True
    ),
    "negative": said("初筛阴性", "Negative", "按周期再次筛查。", "The next round comes by the interval."),
}
MAMMOGRAPHY = {
    "biopsy": said(
        "需活检", "Biopsy", "转诊活检，3个月内追踪病理。", "Biopsy; pathology within 3 months.", refer=True
    ),
    "follow": said("6个月随访", "Again after 6 months", "6个月后复查。", "Look again after 6 months."),
    "negative": said(
        "未见恶性征象", "No sign of cancer", "按周期再次筛查。", "The next round comes by the interval."
    ),
    "opinion": said(
        "0/3类：待副高以上医师评估",
        "BI-RADS 0 or 3: senior opinion",
        "由副主任医师以上评估。",
        "An associate chief physician or above decides.",
    ),
    "not_done": said("未做X线", "Not done", "继续动员，约定日期。", "Go on asking, agree on a day."),
}
PATHOLOGY = {
    "benign": said("良性", "Benign", "按周期再次筛查。", "The next round comes by the interval."),
    "precancer": said(
        "癌前病变", "Precancerous", "转诊治疗并登记。", "Refer for treatment, register.", refer=True
    ),
    "cancer": said(
        "乳腺癌",
        "Breast cancer",
        "立即转诊治疗，报告肿瘤登记卡。",
        "Refer at once; report to the cancer register.",
        refer=True,
        urgent=True,
    ),
    "waiting": said("病理未出", "No result yet", "1个月内追踪结果。", "Ask again within a month."),
}
