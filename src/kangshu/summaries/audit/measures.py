"""What a county's health report may say: for known measures the unit they are given in and the values seen.

The ranges are wide on purpose: outside of them lies what no county reports, not what is unusual. Units and
definitions follow the national statistical reporting system for maternal and child health, for infectious
diseases and for health resources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kangshu.summaries.audit.units import PER_10K, PER_100K, PER_MILLE, PERCENT


@dataclass(frozen=True)
class Measure:
    """`names` recognises it in a subject; `unit` is the customary one; `low` and `high` are in that unit."""

    names: re.Pattern[str]
    unit: str
    low: Fraction
    high: Fraction
    title: str
    english: str

    @property
    def factor(self) -> Fraction:
        return {"%": PERCENT, "‰": PER_MILLE, "/10万": PER_100K, "/万": PER_10K}.get(self.unit, Fraction(1))


def _measure(names: str, unit: str, low: str, high: str, title: str, english: str) -> Measure:
    return Measure(re.compile(names), unit, Fraction(low), Fraction(high), title, english)


# The first that matches counts, so the narrower stand first.
MEASURES: tuple[Measure, ...] = (
    _measure("孕产?妇死亡率|孕产妇死亡比", "/10万", "0.5", "400", "孕产妇死亡率", "maternal mortality"),
    _measure("早期新生儿死亡率|新生儿死亡率", "‰", "0.1", "45", "新生儿死亡率", "neonatal mortality"),
    _measure("婴儿死亡率|婴幼儿死亡率", "‰", "0.2", "70", "婴儿死亡率", "infant mortality"),
    _measure(
        "[5五]岁以下儿童死亡率|[5五]岁以下死亡率",
        "‰",
        "0.2",
        "90",
        "5岁以下儿童死亡率",
        "under-five mortality",
    ),
    _measure("围产[儿期]死亡率|围生[儿期]死亡率", "‰", "0.2", "60", "围产儿死亡率", "perinatal mortality"),
    _measure("出生缺陷(?:发生|检出)?率", "‰", "0", "60", "出生缺陷发生率", "birth-defect prevalence"),
    _measure(
        "低(?:出生)?体重儿?(?:发生|出生|比)?率?$|低体重儿发生率",
        "%",
        "0",
        "20",
        "低体重儿发生率",
        "low birth weight",
    ),
    _measure("新生儿破伤风发[病生]率", "‰", "0", "5", "新生儿破伤风发病率", "neonatal tetanus"),
    _measure("(?:人口)?自然?增长?率$|自增率", "‰", "-15", "25", "自然增长率", "natural growth"),
    _measure("(?:人口)?出生率$", "‰", "1", "40", "出生率", "birth rate"),
    _measure("(?:人口|居民|粗|总)死亡率$", "‰", "1", "20", "死亡率", "death rate"),
    _measure(
        "肺结核.{0,8}(?:发病|登记|患病)率|结核病.{0,8}(?:发病|登记|患病)率",
        "/10万",
        "0",
        "1000",
        "结核病登记率",
        "tuberculosis rate",
    ),
    _measure(
        "(?:甲|乙|丙|传染病|手足口|麻疹|腮腺炎|流感|梅毒|淋病|肝炎|艾滋|疟疾|乙脑|伤寒|痢疾|霍乱).{0,12}发病率",
        "/10万",
        "0",
        "6000",
        "传染病发病率",
        "incidence of notifiable disease",
    ),
    _measure(
        "(?:传染病|恶性肿瘤|癌症?|肿瘤|伤害|心脑血管.{0,3}|脑卒中|自杀|中毒).{0,10}死亡率",
        "/10万",
        "0",
        "1200",
        "死亡率",
        "mortality of a cause",
    ),
    _measure(
        "(?:恶性肿瘤|癌症?|肿瘤|脑卒中|心梗|心脑血管.{0,3}).{0,10}发病率",
        "/10万",
        "0",
        "3000",
        "发病率",
        "incidence of a chronic disease",
    ),
    _measure("出生人口性别比|出生性别比", "", "90", "122", "出生人口性别比", "sex ratio at birth"),
    _measure("(?:平均|人均)?期?望?寿命$", "岁", "60", "86", "期望寿命", "life expectancy"),
    _measure(
        "(?:每)?千(?:常住)?人口?(?:拥有)?(?:医疗机构|实有)?(?:床位|病床)",
        "",
        "0.5",
        "25",
        "千人口床位数",
        "beds per thousand",
    ),
    _measure(
        "(?:每)?千(?:名)?(?:常住|户籍)?(?:人口|人|居民)?(?:拥有)?(?:卫生技术人员|卫技人员)",
        "",
        "1",
        "25",
        "千人口卫生技术人员数",
        "health workers per thousand",
    ),
    _measure(
        "(?:每)?千(?:名)?(?:常住|户籍)?(?:人口|人|居民)?(?:拥有)?(?:执业|注册|医师|医生|护士|全科)",
        "",
        "0.2",
        "12",
        "千人口人员数",
        "staff per thousand",
    ),
    _measure(
        "(?:精神|康复|护理|养老)[^，。；]{0,20}(?:平均住院(?:天数|日)|住院天数)",
        "天",
        "2",
        "400",
        "平均住院日",
        "mean length of stay",
    ),
    _measure("平均住院(?:天数|日)|住院天数", "天", "2", "40", "平均住院日", "mean length of stay"),
    _measure("健康素养水平$|居民健康素养$", "%", "1", "70", "健康素养水平", "health literacy"),
    _measure(
        "重性精神.{0,10}检出率|精神障碍.{0,8}检出率|患者检出率",
        "‰",
        "0.3",
        "12",
        "精神障碍患者检出率",
        "mental disorder detection",
    ),
    _measure(
        "每万(?:名)?(?:常住|户籍)?(?:人口|人|居民)?(?:拥有)?全科",
        "",
        "0.1",
        "12",
        "每万人口全科医生",
        "general practitioners per 10,000",
    ),
    _measure("(?:病床|床位)使用率$", "%", "10", "130", "病床使用率", "bed occupancy"),
    _measure("资产负债率$", "%", "0", "300", "资产负债率", "debts to assets"),
    _measure(
        "每千名?(?:60岁以上|65岁以上)?老年人[^，。；]{0,8}床位(?:数)?$",
        "",
        "1",
        "120",
        "每千名老年人养老床位数",
        "care beds per thousand elderly",
    ),
    _measure("抗菌药物使用强度", "", "1", "200", "抗菌药物使用强度", "antimicrobial use density"),
)

# Money by what it is for: most that one county gives or takes in a year, in yuan.
MONEY_CEILINGS: tuple[tuple[re.Pattern[str], int, str, str], ...] = (
    (re.compile("捐款|募捐|善款|募集|捐赠"), 50_000_000, "捐款", "donations"),
    (re.compile("慰问金|慰问品|慰问款"), 5_000_000, "慰问金", "consolation payments"),
    (re.compile("罚款|罚没|罚金|没收(?:非法|违法)所得"), 100_000_000, "罚没款", "fines"),
    (re.compile("救助金|救助资金|救助款|救助金额"), 300_000_000, "救助资金", "aid"),
    (re.compile("红包|回扣"), 10_000_000, "红包", "bribes handed in"),
    (re.compile("奖励资金|奖金|奖励金"), 100_000_000, "奖励资金", "awards"),
    (re.compile("收入|支出"), 30_000_000_000, "卫生收支", "income or spending on health"),
    (re.compile("工作经费|培训经费|办公经费"), 100_000_000, "工作经费", "working funds"),
)
# Money for one person: (words, least, most) in yuan.
PER_PERSON: tuple[tuple[re.Pattern[str], Fraction, Fraction], ...] = (
    (re.compile("慰问"), Fraction(5), Fraction(50_000)),
    (re.compile("救助|补助|补偿|报销|资助|扶助|奖扶|特扶|住院分娩"), Fraction(1), Fraction(300_000)),
    (re.compile("基本公共卫生.{0,10}(?:经费|标准|补助)"), Fraction(10), Fraction(300)),
    (
        re.compile("住院.{0,6}(?:次均|均次|人均|例均).{0,4}费用|(?:次均|人均|例均|均次)住院.{0,4}费用"),
        Fraction(200),
        Fraction(100_000),
    ),
    (re.compile("(?:次均|均次|每?门诊次?均?|平均每张).{0,6}费用"), Fraction(5), Fraction(5000)),
    (re.compile("筹资标准|缴费标准|参合费|个人缴费"), Fraction(5), Fraction(2000)),
)


def measure_of(name: str) -> Measure | None:
    """The known measure of a subject; None when there is none."""
    return next((measure for measure in MEASURES if measure.names.search(name)), None)
