"""Forms of cataract: screening, operation, the check afterwards, the subsidy. Vision is entered in hundredths
(0.3 is 30), as a list of 350 is typed quickest."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Field, Form, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "白内障复明工程实施方案"
ID = "screening.cataract"

SCREENED = {
    "none": said("无白内障", "No cataract", "结束筛查。", "Nothing more to do."),
    "watch": said(
        "白内障，暂不手术",
        "Cataract, no operation yet",
        "半年后复查视力。",
        "Look at the vision in half a year.",
    ),
    "operate": said(
        "适宜手术：安排复明手术",
        "To be operated",
        "3个月内安排手术。",
        "Operation within three months.",
        refer=True,
    ),
}
OPERATED = {
    "operated": said("已手术", "Operated", "1个月内复查视力。", "Check the vision within a month."),
    "unfit": said("不宜手术", "Cannot be operated", "说明原因，结束管理。", "Say why."),
    "waiting": said("等待手术", "Waiting", "1个月内再次联系。", "Ask again within a month."),
}
SEEN = {
    "restored": said("脱残：视力0.3及以上", "Vision of 0.3 and more", "结束管理。", "Nothing more to do."),
    "better": said("脱盲：视力0.05～0.3", "Vision of 0.05 to 0.3", "定期复查。", "Check again."),
    "worse": said("视力低于0.05", "Vision below 0.05", "转专科处理。", "To a specialist.", refer=True),
}


def _vision(name: str, zh: str, en: str) -> Field:
    return number(name, zh, en, "×0.01", (0, 200), (0, 150), required=True)


SCREENING = sheet(
    f"{ID}.screening",
    Text("白内障筛查登记", "Cataract screening"),
    "screened",
    SCREENED,
    SOURCE,
    part(
        "eyes",
        "视力与晶体",
        "Eyes",
        _vision("right", "右眼矫正视力（0.3填30）", "Right eye, corrected (0.3 is 30)"),
        _vision("left", "左眼矫正视力（0.3填30）", "Left eye, corrected (0.3 is 30)"),
        one_of(
            "lens",
            "晶状体",
            "Lens",
            numbered(
                ("透明", "clear"),
                ("右眼混浊", "right clouded"),
                ("左眼混浊", "left clouded"),
                ("双眼混浊", "both clouded"),
            ),
            required=True,
            measured=True,
        ),
        one_of(
            "willing",
            "手术意愿",
            "Wants the operation",
            numbered(("愿意", "yes"), ("不愿意", "no")),
            visible=answer("lens").is_in("2", "3", "4"),
            required=answer("lens").is_in("2", "3", "4"),
            carried=False,
        ),
    ),
)
OPERATION = sheet(
    f"{ID}.operation",
    Text("白内障手术登记", "Cataract operation"),
    "operated",
    OPERATED,
    SOURCE,
    part(
        "operation",
        "手术",
        "Operation",
        one_of(
            "result",
            "结果",
            "Result",
            numbered(("已手术", "operated"), ("等待", "waiting"), ("不宜手术", "cannot be operated")),
            required=True,
            carried=False,
        ),
        day("operated_on", "手术日期", "Operated on", visible=answer("result").equals("1"), carried=False),
        one_of(
            "eye",
            "眼别",
            "Eye",
            numbered(("右眼", "right"), ("左眼", "left"), ("双眼", "both")),
            visible=answer("result").equals("1"),
            required=answer("result").equals("1"),
            measured=True,
        ),
        words("hospital", "手术医院", "Hospital", length=60),
    ),
)
OUTCOME = sheet(
    f"{ID}.outcome",
    Text("白内障术后复查", "Cataract: after the operation"),
    "seen",
    SEEN,
    SOURCE,
    part(
        "vision",
        "术后视力",
        "Vision",
        _vision("vision", "术眼矫正视力（0.3填30）", "Operated eye, corrected (0.3 is 30)"),
        one_of(
            "complication", "并发症", "Complication", numbered(("无", "none"), ("有", "some")), measured=True
        ),
    ),
)
SETTLEMENT = Form(
    id=f"{ID}.settlement",
    version=1,
    title=Text("白内障手术补助结算", "Cataract subsidy"),
    sections=(
        part(
            "settlement",
            "补助",
            "Subsidy",
            number(
                "amount",
                "补助金额",
                "Amount",
                "元",
                (0, 20000),
                (0, 3000),
                places=2,
                measured=False,
                carried=False,
                required=True,
            ),
        ),
    ),
    source=SOURCE,
)
