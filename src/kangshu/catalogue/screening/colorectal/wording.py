"""What the rules of colorectal screening say."""

from __future__ import annotations

from kangshu.catalogue.judging import said

SCREENED = {
    "positive": said(
        "初筛阳性：需做结肠镜",
        "Positive: colonoscopy",
        "预约结肠镜检查，期限内追踪结果。",
        "Book the colonoscopy and follow its result.",
        refer=True,
    ),
    "negative": said(
        "初筛阴性",
        "Negative",
        "告知结果，按筛查周期再次筛查。",
        "Tell the result; the next round comes by the interval.",
    ),
    "incomplete": said(
        "粪便检测未完成",
        "Stool test not complete",
        "督促完成粪便免疫化学检测，间隔1周以上采第二份。",
        "Have the stool tests done; the second a week or more after the first.",
    ),
}
COLONOSCOPY = {
    "normal": said(
        "未见异常",
        "Nothing found",
        "结束本轮，到期再筛。",
        "This round is over.",
    ),
    "other": said(
        "非腺瘤性病变",
        "Other lesion, no adenoma",
        "按专科意见处理，结束本轮。",
        "As the specialist says; this round is over.",
    ),
    "adenoma": said(
        "非进展期腺瘤",
        "Non-advanced adenoma",
        "内镜下切除后随访，按间隔复查肠镜。",
        "Removed, then another colonoscopy after the interval.",
        refer=True,
    ),
    "advanced": said(
        "进展期腺瘤（癌前病变）",
        "Advanced adenoma (precancerous)",
        "尽快切除治疗，按间隔复查肠镜。",
        "Have it removed soon, then another colonoscopy after the interval.",
        refer=True,
    ),
    "cancer": said(
        "结直肠癌",
        "Colorectal cancer",
        "立即转诊治疗，报告肿瘤登记卡。",
        "Refer for treatment at once; report to the cancer register.",
        refer=True,
        urgent=True,
    ),
    "not_done": said(
        "未做肠镜",
        "Not done",
        "继续动员，约定日期。",
        "Go on asking, and agree on a day.",
    ),
}
