"""Every branch and edge."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.prenatal.forms import DIAGNOSIS, ORDER

screened, told = Cases(ORDER.id, "WS 322"), Cases(DIAGNOSIS.id, "WS 322")
SECOND = {"consent": "2", "test": "2", "weeks": 16}

EXAMPLES = (
    screened("low", "1/1001：低风险", "1 in 1001", "low", risk_21=1001, **SECOND),
    screened("critical", "1/1000：临界", "1 in 1000", "critical", risk_21=1000, **SECOND),
    screened("critical_271", "1/271：临界", "1 in 271", "critical", risk_21=271, **SECOND),
    screened("high", "1/270：高风险", "1 in 270", "high", risk_21=270, **SECOND),
    screened(
        "high_18", "18三体1/350：高风险", "trisomy 18, 1 in 350", "high", risk_21=5000, risk_18=350, **SECOND
    ),
    screened("low_18", "18三体1/351", "trisomy 18, 1 in 351", "low", risk_21=5000, risk_18=351, **SECOND),
    screened(
        "neural_tube",
        "神经管缺陷高风险",
        "neural tube defect",
        "high",
        risk_21=5000,
        neural_tube="2",
        **SECOND,
    ),
    screened("nt", "NT 3.0 mm：高风险", "NT of 3.0 mm", "high", consent="2", test="3", weeks=12, nt="3.0"),
    screened("nt_thin", "NT 2.9 mm", "NT of 2.9 mm", "low", consent="2", test="3", weeks=12, nt="2.9"),
    screened("nipt", "NIPT高风险", "NIPT high", "high", consent="2", test="4", weeks=12, nipt="2"),
    screened(
        "week_14", "14周做中期：孕周不适宜", "week 14", "unfit", consent="2", test="2", weeks=14, risk_21=5000
    ),
    screened(
        "week_21", "21周做中期：孕周不适宜", "week 21", "unfit", consent="2", test="2", weeks=21, risk_21=5000
    ),
    screened("refused", "不同意", "declined", "refused", consent="1"),
    screened("unread", "缺风险值", "no risk", "missing", **SECOND),
    told("normal", "未见异常", "nothing found", "normal", done="1", result="1"),
    told("abnormal", "21三体", "trisomy 21", "abnormal", done="1", result="2"),
    told("waiting", "未做", "not done", "waiting", done="2"),
    told("refused", "拒绝", "declined", "refused", done="3"),
)
