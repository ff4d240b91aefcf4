"""What the rule of children's TCM says."""

from __future__ import annotations

from kangshu.declare import Text

NO_BIRTH = Text("没有出生日期，无法判断月龄。", "Without a birth date the age in months is unknown.")
TOO_YOUNG = Text("不满6个月，尚未到第一次服务的月龄。", "Under 6 months: the first service is at 6.")
TOO_OLD = Text(
    "已超过服务月龄（36个月，至满42个月止）。", "Over the age of the service (36 months, until 42)."
)

OUTCOMES = {
    "complete": Text("已按月龄完成指导", "Served as its age asks"),
    "incomplete": Text("未传授该月龄的方法", "The technique of this age was not taught"),
}

TECHNIQUES = {
    "1": Text("6、12月龄应传授摩腹、捏脊。", "At 6 and 12 months teach abdomen rubbing and spine pinching."),
    "2": Text(
        "18、24月龄应传授按揉迎香、足三里。", "At 18 and 24 months teach Yingxiang and Zusanli massage."
    ),
    "3": Text("30、36月龄应传授按揉四神聪。", "At 30 and 36 months teach Sishencong massage."),
}
