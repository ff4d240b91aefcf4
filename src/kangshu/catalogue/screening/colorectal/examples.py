"""Every branch and edge (norms K3)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.colorectal.forms import COLONOSCOPY, SCREENING, TREATMENT

screened = Cases(SCREENING.id, "norms K3")
seen = Cases(COLONOSCOPY.id, "norms K3")
MAN_70 = {"sex": "1", "birth_date": "1956-05-12"}
WOMAN_49 = {"sex": "2", "birth_date": "1976-05-13"}
NO_RISK, NEGATIVE = ("9",), {"fit_1": "1", "fit_2": "1"}

EXAMPLES = (
    screened("family", "一级亲属史：阳性", "family history alone", "positive", risks=("1",), **NEGATIVE),
    screened("own", "本人腺瘤史：阳性", "own adenoma alone", "positive", risks=("2",), **NEGATIVE),
    screened("one_of_six", "六项中一项：不算高危", "one of the six", "negative", risks=("5",), **NEGATIVE),
    screened(
        "two_of_six",
        "六项中两项：高危",
        "two of the six",
        "positive",
        values={"high_risk": True, "fit_positive": False},
        risks=("3", "5"),
        **NEGATIVE,
    ),
    screened(
        "fit_first",
        "仅第一份阳性",
        "the first sample alone",
        "positive",
        values={"high_risk": False, "fit_positive": True},
        risks=NO_RISK,
        fit_1="2",
    ),
    screened(
        "fit_second",
        "仅第二份阳性",
        "the second sample alone",
        "positive",
        risks=NO_RISK,
        fit_1="1",
        fit_2="2",
    ),
    screened("negative", "问卷与两份均阴性", "all negative", "negative", risks=NO_RISK, **NEGATIVE),
    screened(
        "one_sample", "仅一份阴性：未完成", "one negative sample only", "incomplete", risks=NO_RISK, fit_1="1"
    ),
    screened("void", "样本无效：未完成", "a void sample", "incomplete", risks=NO_RISK, fit_1="3", fit_2="1"),
    screened(
        "apcs_most",
        "评分：70岁男性、家族史、吸烟",
        "APCS: man of 70, family, smokes",
        "positive",
        person=MAN_70,
        values={"apcs": 7},
        risks=("1",),
        smoking="2",
    ),
    screened(
        "apcs_least",
        "评分：49岁女性、不吸烟",
        "APCS: woman of 49, no smoking",
        "negative",
        person=WOMAN_49,
        values={"apcs": 0},
        risks=NO_RISK,
        smoking="1",
        **NEGATIVE,
    ),
    screened("unanswered", "未填问卷", "no questionnaire", "missing", **NEGATIVE),
    seen("normal", "未见异常", "nothing", "normal", done="1", finding="1"),
    seen("other", "增生性息肉", "hyperplastic polyp", "other", done="1", finding="2"),
    seen(
        "small",
        "腺瘤9 mm，无绒毛：非进展期",
        "adenoma of 9 mm",
        "adenoma",
        done="1",
        finding="3",
        largest=9,
        features=("3",),
    ),
    seen(
        "large",
        "腺瘤10 mm：进展期",
        "adenoma of 10 mm",
        "advanced",
        done="1",
        finding="3",
        largest=10,
        features=("3",),
    ),
    seen(
        "villous",
        "绒毛成分：进展期",
        "villous",
        "advanced",
        done="1",
        finding="3",
        largest=4,
        features=("1",),
    ),
    seen(
        "high_grade",
        "高级别瘤变：进展期",
        "high-grade",
        "advanced",
        done="1",
        finding="3",
        largest=4,
        features=("2",),
    ),
    seen(
        "early_cancer",
        "Ⅰ期癌",
        "cancer, stage I",
        "cancer",
        values={"early": True},
        done="1",
        finding="4",
        stage="2",
    ),
    seen(
        "late_cancer",
        "Ⅱ期癌",
        "cancer, stage II",
        "cancer",
        values={"early": False},
        done="1",
        finding="4",
        stage="3",
    ),
    seen("booked", "已预约未做", "booked", "not_done", done="2"),
    seen("refused", "拒绝肠镜", "refused", "not_done", done="3"),
    seen("unread", "已做未填所见", "done without a finding", "missing", done="1"),
    seen("unmeasured", "腺瘤未填大小", "adenoma without a size", "missing", done="1", finding="3"),
    *treatment_examples(TREATMENT.id, "norms K3"),
)
