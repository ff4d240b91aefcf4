"""Units as Chinese reports write them: what they count, how large they are, which of them are alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Dimension(Enum):
    """What a unit measures. Figures of one dimension can be added or compared, others cannot."""

    COUNT = "count"
    MONEY = "money"
    MONEY_PER = "money_per"
    RATIO = "ratio"
    POINTS = "points"
    TIMES = "times"
    MEASURE = "measure"
    AGE = "age"
    RANK = "rank"
    DURATION = "duration"
    NONE = "none"


@dataclass(frozen=True)
class Unit:
    """`name` as printed, `factor` to the base of its dimension (‰ is 1/1000), `group` of alike counters."""

    name: str
    dimension: Dimension
    factor: Fraction = Fraction(1)
    group: str = ""


# Counters that a report uses for one another: 人, 名, 例 count people; 户, 家, 个 count places.
GROUPS = {
    "people": "人 名 例 位 患者 户人 万人",
    "visits": "人次 人份 例次 人次数 次",
    "places": "户 家 所 个 处 间 座 单位 村 乡 镇 县 个村 中心 站 点 户数 机构 街道 社区 院 门店 店",
    "place visits": "户次 家次 个次 间次 单位次",
    "cases": "件 起 宗 桩 案",
    "doses": "剂次 针次 剂 针 支次 支",
    "papers": "份 张 本 册 篇 幅 条 期 封 面 页 枚 块",
    "samples": "批 批次 份次 件次 份样品 样 项次",
    "things": (
        "管 颗 枚 幢 栋 羽 株 盘 台 辆 套 部 架 艘 台套 台件 瓶 盒 片 粒 袋 箱 包 床 张床 "
        "只 头 匹 棵 口 眼 台次"
    ),
    "items": "项 种 类 场 场次 期次 堂 课 节 科 届 门 批量 轮 组 支队 支 队 对 层 级 环节 方面 重点 条次",
    "bed days": "床日 人日 人天",
}
COUNTERS = {name: group for group, names in GROUPS.items() for name in names.split()}
NOT_COUNTERS = {
    "患者",
    "户人",
    "万人",
    "单位",
    "中心",
    "站",
    "点",
    "机构",
    "院",
    "门店",
    "店",
    "案",
    "样",
    "级",
}
for _name in NOT_COUNTERS:
    COUNTERS.pop(_name, None)

PERCENT, PER_MILLE = Fraction(1, 100), Fraction(1, 1000)
PER_10K, PER_100K = Fraction(1, 10_000), Fraction(1, 100_000)

UNITS: dict[str, Unit] = {name: Unit(name, Dimension.COUNT, group=group) for name, group in COUNTERS.items()}
UNITS |= {
    "%": Unit("%", Dimension.RATIO, PERCENT),
    "‰": Unit("‰", Dimension.RATIO, PER_MILLE),
    "/10万": Unit("/10万", Dimension.RATIO, PER_100K),
    "/万": Unit("/万", Dimension.RATIO, PER_10K),
    "个百分点": Unit("个百分点", Dimension.POINTS, PERCENT),
    "个千分点": Unit("个千分点", Dimension.POINTS, PER_MILLE),
    "元": Unit("元", Dimension.MONEY),
    "元/": Unit("元/", Dimension.MONEY_PER),
    "倍": Unit("倍", Dimension.TIMES),
    "成": Unit("成", Dimension.TIMES, Fraction(1, 10)),
    "岁": Unit("岁", Dimension.AGE),
    "周岁": Unit("岁", Dimension.AGE),
    "月龄": Unit("月龄", Dimension.AGE),
    "名次": Unit("名次", Dimension.RANK),
    "人（次）": Unit("人次", Dimension.COUNT, group="visits"),
    "件（次）": Unit("件次", Dimension.COUNT, group="samples"),
    "户（次）": Unit("户次", Dimension.COUNT, group="place visits"),
}
MEASURES = {
    "平方米": 1, "㎡": 1, "m2": 1, "亩": 1, "平方公里": 1, "公里": 1, "千米": 1, "米": 1, "厘米": 1,
    "立方米": 1,
    "公斤": 1000, "千克": 1000, "kg": 1000, "吨": 1_000_000, "克": 1, "毫升": 1, "ml": 1, "mL": 1, "ML": 1,
    "升": 1000, "L": 1000, "分贝": 1, "℃": 1, "度": 1, "千瓦": 1, "兆": 1, "G": 1, "M": 1, "单位": 1, "U": 1,
    "分": 1,
}  # fmt: skip
WEIGHTS = {"公斤", "千克", "kg", "吨", "克"}
VOLUMES = {"毫升", "ml", "mL", "ML", "升", "L"}
for _name, _factor in MEASURES.items():
    _group = "weight" if _name in WEIGHTS else "volume" if _name in VOLUMES else _name
    UNITS[_name] = Unit(_name, Dimension.MEASURE, Fraction(_factor), _group)
for _name in (
    "年",
    "个月",
    "天",
    "日",
    "周",
    "小时",
    "分钟",
    "秒",
    "学时",
    "课时",
    "月",
    "季度",
    "年度",
    "余年",
):
    UNITS[_name] = Unit(_name, Dimension.DURATION, group=_name)

SCALES = {
    "万": 10_000,
    "亿": 100_000_000,
    "千": 1000,
    "百": 100,
    "十": 10,
    "千万": 10_000_000,
    "百万": 1_000_000,
}


def is_times(first: Unit, second: Unit) -> bool:
    """Whether one of the two counts times of what the other counts: 件次 and 件, 户次 and 户."""
    return first.name == second.name + "次" or second.name == first.name + "次"


def alike(first: Unit, second: Unit) -> bool:
    """Whether figures of the two units could count the same kind of thing."""
    if first.dimension is not second.dimension:
        return False
    if first.dimension is Dimension.COUNT:
        return first.name == second.name or first.group == second.group
    if first.dimension is Dimension.MEASURE:
        return first.group == second.group
    return True
