"""The appointment with its package, what was done about an abnormal result, the settlement."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, words
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Form, Text, numbered

SOURCE = "参保城乡居民健康体检工作方案（县级）；row D2-04"
ID = "screening.resident_check_up"

BOOKED = {
    "booked": said("已预约", "Booked", "按预约日期到体检中心。", "Come to the check-up centre on the day."),
    "declined": said("不参加", "Declined", "说明原因，下一年度再邀请。", "Say why; invited again next year."),
}
BOOKING = sheet(
    f"{ID}.booking",
    Text("居民健康体检预约", "Resident check-up: appointment"),
    "booked",
    BOOKED,
    SOURCE,
    part(
        "booking",
        "预约",
        "Appointment",
        one_of(
            "answer",
            "是否参加",
            "Comes",
            numbered(("参加", "yes"), ("不参加", "no")),
            required=True,
            carried=False,
        ),
        one_of(
            "package",
            "体检套餐",
            "Package",
            numbered(
                ("0～6岁", "0 to 6"),
                ("7～17岁", "7 to 17"),
                ("18～64岁男性", "men of 18 to 64"),
                ("18～64岁女性", "women of 18 to 64"),
                ("65岁及以上", "65 and more"),
            ),
            carried=False,
        ),
        day("appointed_on", "预约日期", "Appointed day", carried=False),
        words("centre", "体检中心", "Check-up centre", length=60),
    ),
)
FOLLOWED = treatment_sheet(
    f"{ID}.follow_up",
    Text("体检异常结果追踪", "Abnormal result: what was done"),
    SOURCE,
    ("已告知并指导", "told and advised"),
    ("已转诊", "referred"),
    ("已纳入慢病管理", "enrolled in chronic care"),
)
SETTLEMENT = Form(
    id=f"{ID}.settlement",
    version=1,
    title=Text("居民健康体检结算", "Resident check-up: settlement"),
    sections=(
        part(
            "settlement",
            "结算",
            "Settlement",
            number(
                "amount",
                "结算金额",
                "Amount",
                "元",
                (0, 2000),
                (0, 500),
                places=2,
                measured=False,
                carried=False,
                required=True,
            ),
        ),
    ),
    source=SOURCE,
)
