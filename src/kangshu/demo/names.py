"""Names of people who do not exist: frequent surnames, and given names in the fashion of a birth year.

Characters and weights follow the general shape of what is common in China; no list of real people was used.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random

_SURNAMES = (
    "王71 李70 张67 刘54 陈45 杨31 黄22 赵21 周21 吴20 徐35 孙22 胡20 朱17 高13 林9 何10 郭11 马11 罗7 "
    "仲18 葛12 司9 汤8 耿9 章8 孟8 程8 卢7 沈7 姜8 范7 方6 石6 姚6 谭4 廖3 邹5 熊3 金6 陆6 郝4 孔4 白4 崔5 "
    "康3 毛4 邱4 秦5 江5 史4 顾6 侯5 邵5 龙2 万4 段3 钱4 汪4 尹4 黎2 易2 常3 武3 乔3 贺3 赖1 龚3 文2 庞3 "
    "樊2 殷4 施4 洪3 翟3 安2 倪4 严4 牛2 温2 鲁3 俞2 韦2 尤3 毕2 单3 季4 薛4 宋9 唐6 许12 邓4 冯5 "
    "韩9 曹8 彭4 曾2 肖4 田6 董7 袁7 潘6 于7 蒋7 蔡6 余4 杜7 叶5 魏7 苏5 吕8 丁7 任4 夏5 欧阳1"
)
_MALE = {
    1900: "国德文玉明学成春福宝金长永兴发荣海江山林树华生才贵富有广清志云龙根祥庆",
    1950: "建国军明华志强文平伟民成林海波勇生新春红卫东永刚学兵荣祥光忠义峰跃进",
    1970: "伟强军勇刚杰涛明超斌华鹏辉磊峰波建飞东亮永海洋平林新兵健凯",
    1985: "伟磊鹏杰超浩涛俊凯明宇鑫飞龙帅博斌阳洋晨强翔旭亮志家豪",
    2000: "浩宇轩子博文俊杰昊天泽睿梓晨泽瑞嘉鑫铭恒皓辰奕航",
    2012: "沐宸浩宇轩梓睿辰奕泽铭嘉佑霖逸骁煜恒屹知行景瑜",
}
_FEMALE = {
    1900: "秀英兰芳桂凤珍玉梅莲香云素琴翠霞华淑贞巧花金美娥月",
    1950: "秀英芳兰珍玲梅红霞丽华萍燕琴平荣云凤香莉娟敏爱",
    1970: "丽艳敏静娟燕霞玲芳红梅萍莉琳英华晓云娜君慧春秋",
    1985: "婷丽静娜雪娟敏莉燕倩媛颖晓佳蕾琳慧丹玲莹欣雨",
    2000: "欣怡梓涵雨婷佳琪思诗雅悦可心语彤萱钰涵馨妍",
    2012: "梓涵诗沐瑶若汐依诺语桐一诺可馨芷晴书瑶苒念安",
}
_ERAS = tuple(sorted(_MALE))
# Characters that sound or look alike: how a second clerk writes a name that was told at a counter.
HOMOPHONES = {
    "伟": "玮", "丽": "莉", "红": "虹", "华": "花", "军": "君", "明": "鸣", "英": "瑛", "芳": "方",
    "静": "婧", "娟": "涓", "燕": "艳", "杰": "洁", "波": "博", "勇": "永", "文": "雯", "兰": "蓝",
    "梅": "玫", "霞": "侠", "玲": "铃", "云": "芸", "志": "智", "建": "健", "秀": "绣", "珍": "真",
    "成": "诚", "平": "萍", "敏": "闽", "琴": "芹", "春": "椿", "峰": "锋", "辉": "晖", "涛": "滔",
    "磊": "雷", "鹏": "朋", "浩": "皓", "宇": "雨", "欣": "心", "怡": "仪", "涵": "晗", "佳": "嘉",
}  # fmt: skip
_FOREIGN_GIVEN = {
    "1": ("DAVID", "IVAN", "AHMED", "MINH", "JOHN"),
    "2": ("ANNA", "MARIA", "LINH", "SOFIA", "HOA"),
}
_FOREIGN_FAMILY = ("NGUYEN", "TRAN", "IVANOVA", "KHAN", "SMITH", "MULLER", "SOE")


def _weighted() -> tuple[tuple[str, ...], tuple[int, ...]]:
    names, weights = [], []
    for entry in _SURNAMES.split():
        name = entry.rstrip("0123456789")
        names.append(name)
        weights.append(int(entry[len(name) :]))
    return tuple(names), tuple(accumulate(weights))


_NAMES, _CUMULATED = _weighted()


def surname(random: Random) -> str:
    """A surname by frequency."""
    return _NAMES[bisect_right(_CUMULATED, random.random() * _CUMULATED[-1])]


def given_name(random: Random, sex: str, birth_year: int) -> str:
    """One or two characters in the fashion of the birth year; sex "1" or "2"."""
    era = _ERAS[bisect_right(_ERAS, birth_year) - 1]
    letters = (_MALE if sex == "1" else _FEMALE)[era]
    first = letters[int(random.random() * len(letters))]
    if random.random() < (0.22 if 1965 <= birth_year < 1998 else 0.08):
        return first
    return first + letters[int(random.random() * len(letters))]


def foreign_name(random: Random, sex: str) -> str:
    """A name in Latin capitals, as a passport has it."""
    return f"{random.choice(_FOREIGN_FAMILY)} {random.choice(_FOREIGN_GIVEN[sex])}"


def misheard(random: Random, name: str) -> str | None:
    """The name with one character written as another that sounds alike; None when no character has one."""
    places = [index for index, letter in enumerate(name) if index and letter in HOMOPHONES]
    if not places:
        return None
    index = random.choice(places)
    return name[:index] + HOMOPHONES[name[index]] + name[index + 1 :]
