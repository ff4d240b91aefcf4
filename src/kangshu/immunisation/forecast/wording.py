"""The sentences a forecast gives as its reasons, in both languages, and how ages and intervals are said."""

from __future__ import annotations

from functools import lru_cache

from kangshu.immunisation.forecast.schedule import Gap
from kangshu.immunisation.forecast.vaccines import product_named
from kangshu.kernel.text import Text

# --- what a recorded dose was found to be -------------------------------------------------------------------

COUNTED = Text("有效，计为{vaccine}第{number}剂", "Valid: counts as dose {number} of {vaccine}")
POLIO = Text("脊灰疫苗", "polio vaccine")
COUNTED_ALSO = Text("{one}；{other}", "{one}; {other}")
SURPLUS = Text(
    "{vaccine}的程序剂次已满，多出的一剂不影响程序", "{vaccine} is complete; the extra dose changes nothing"
)
OUTSIDE = Text("{vaccine}不是免疫规划疫苗，只作记录", "{vaccine} is outside the programme; kept on record")
BOY = Text(
    "{vaccine}的免疫规划对象为女孩，只作记录", "{vaccine} is in the programme for girls; kept on record"
)
NOT_IN_EDITION = Text("本版程序没有{vaccine}，只作记录", "{vaccine} is not in this edition; kept on record")
IS_IMMUNOGLOBULIN = Text(
    "免疫球蛋白，不是疫苗；其后3个月内不接种注射减毒活疫苗（卡介苗除外）",
    "An immunoglobulin, no vaccine: no injected live vaccine but BCG for three months after it",
)
UNKNOWN_VACCINE = Text("无效：不认识的疫苗“{written}”", "Invalid: unknown vaccine “{written}”")
BAD_DATE = Text("无效：接种日期“{written}”不是日期", "Invalid: “{written}” is no date")
BEFORE_BIRTH = Text("无效：接种日期早于出生日期（{birth}）", "Invalid: before the birth ({birth})")
AFTER_AS_OF = Text(
    "无效：接种日期晚于{as_of}，还没有发生", "Invalid: after {as_of}, so it has not happened yet"
)
DUPLICATE = Text("无效：与同日的{vaccine}重复", "Invalid: {vaccine} is recorded twice on this day")
OUT_OF_ORDER = Text(
    "无效：记为第{number}剂，日期却早于第{before}剂（{on}）",
    "Invalid: written as dose {number}, but earlier than dose {before} ({on})",
)
TOO_YOUNG = Text(
    "无效：{vaccine}第{number}剂最小月龄为{age}，应不早于{from_on}",
    "Invalid: dose {number} of {vaccine} from {age} of age at the earliest, {from_on}",
)
TOO_SOON = Text(
    "无效：{vaccine}第{number}剂与上一剂（{previous}）应间隔不少于{gap}，即不早于{from_on}",
    "Invalid: dose {number} of {vaccine} at least {gap} after the one before ({previous}), so from {from_on}",
)
TOO_SOON_AFTER_FIRST = Text(
    "无效：{vaccine}第{number}剂与第1剂（{previous}）应间隔不少于{gap}，即不早于{from_on}",
    "Invalid: dose {number} of {vaccine} at least {gap} after the first ({previous}), so from {from_on}",
)
LIVE_TOO_CLOSE = Text(
    "无效：与注射减毒活疫苗{other}（{previous}）未同日接种，应间隔不少于28天，即不早于{from_on}",
    "Invalid: two injected live vaccines on different days are at least 28 days apart; {other} was given on"
    " {previous}, so from {from_on}",
)
AFTER_IMMUNOGLOBULIN = Text(
    "无效：距免疫球蛋白（{previous}）不足3个月，应不早于{from_on}",
    "Invalid: less than three months after an immunoglobulin ({previous}), so from {from_on}",
)
MIXED_PRODUCTS = Text(
    "无效：已用{other}开始，减毒与灭活不得混用",
    "Invalid: the series was begun with {other}; live and inactivated do not mix",
)
WRONG_PRODUCT = Text(
    "无效：2019年10月1日及以后出生者应接种2剂麻腮风疫苗，{vaccine}不计",
    "Invalid: children born from 2019-10-01 need two doses of MMR; {vaccine} does not count",
)
GIVEN_OVER_AGE = Text("注意：接种时已超过该剂的补种年龄上限", "Note: given past the age limit of this dose")
GIVEN_THOUGH = Text(
    "注意：{state}者不应接种{vaccine}，请核实", "Note: {vaccine} is not for: {state}; please check"
)
BEFORE_IPV = Text(
    "注意：先于应有的灭活疫苗剂次接种", "Note: given before the inactivated doses that come first"
)
TOO_LATE_AFTER = Text("注意：与上一剂间隔超过10天", "Note: more than 10 days after the dose before")

# --- what is to be done about a dose ------------------------------------------------------------------------

DONE = Text("已于{given}接种", "Given on {given}")
BY_AGE = Text("满{age}（{on}）", "{age} of age on {on}")
FROM_BIRTH = Text("出生起（{on}）", "from birth on {on}")
AT_BIRTH = Text("出生后24小时内", "within 24 hours of birth")
AT_BIRTH_12 = Text(
    "出生后12小时内（母亲HBsAg阳性或不详）", "within 12 hours of birth (mother HBsAg positive or unknown)"
)
BY_GAP = Text(
    "与上一剂（{previous}）间隔不少于{gap}（{on}）", "at least {gap} after the dose before ({previous}): {on}"
)
BY_FIRST = Text(
    "与第1剂（{previous}）间隔不少于{gap}（{on}）", "at least {gap} after the first dose ({previous}): {on}"
)
BY_LIVE = Text(
    "与注射减毒活疫苗{other}（{previous}）间隔不少于28天（{on}）",
    "at least 28 days after the injected live vaccine {other} ({previous}): {on}",
)
BY_IMMUNOGLOBULIN = Text(
    "距免疫球蛋白（{previous}）满3个月（{on}）", "three months after an immunoglobulin ({previous}): {on}"
)
BY_PROJECTION = Text(
    "先补上一剂，最早{previous}；再间隔不少于{gap}（{on}）",
    "the dose before it comes first, {previous} at the earliest; then at least {gap}: {on}",
)
DUE = Text("{basis}，可以接种", "Due: {basis}")
OVERDUE = Text(
    "{basis}，应于{overdue}前完成，已逾期，尽快补种",
    "Overdue: {basis}, in time until {overdue}; give as soon as possible",
)
NOT_YET = Text("未到时间：{basis}", "Not yet: {basis}")
NOT_YET_LATE = Text(
    "{basis}；时限{overdue}已过，到期即补种", "Not yet: {basis}; the time limit {overdue} has passed"
)
PROHIBITED = Text("禁忌：{state}，不接种{vaccine}", "Contraindicated: {state}; no {vaccine}")
PROHIBITED_OTHER = Text(
    "禁忌：{state}，不接种{vaccine}；可改用{other}",
    "Contraindicated: {state}; no {vaccine}, {other} may be used instead",
)
DEFERRED = Text(
    "暂缓：{state}，确认未感染后可接种{vaccine}", "Deferred: {state}; {vaccine} once infection is excluded"
)
UNTIL_ASSESSED = Text(
    "暂不接种：{state}，减毒活疫苗须经医生评估后决定",
    "Not for now: {state}; live vaccines only after a doctor's assessment",
)
ASSESS = Text("{state}：须先评估免疫状况再接种", "{state}: assess before giving")
AGED_OUT = Text(
    "已满{age}（{on}），不再接种或补种{vaccine}", "{age} of age since {on}: {vaccine} is no longer given"
)
UNREACHABLE = Text(
    "最早要到{earliest}，届时已满{age}，不再接种{vaccine}",
    "{earliest} at the earliest, past {age} of age: {vaccine} is no longer given then",
)
AC_REPLACES = Text(
    "已满24月龄（{on}），不再补种A群，由A群C群流脑疫苗替代",
    "24 months of age since {on}: group A is replaced by group A and C",
)
AC_GIVEN = Text("已接种A群C群流脑疫苗，不再需要A群", "Group A and C has been given; group A is not needed")
ORAL_INSTEAD = Text(
    "{given}接种的口服脊灰疫苗已计为这一剂，不再补种灭活疫苗",
    "The oral polio vaccine given on {given} counts for this dose; no inactivated one is needed",
)
DT_GIVEN = Text(
    "满6岁后已接种白破疫苗，不需要百白破第5剂", "DT was given after the age of six; DTaP 5 is not needed"
)
GIRLS_ONLY = Text("免疫规划对象为女孩", "In the programme for girls only")
BORN_BEFORE_HPV = Text(
    "2011年11月10日前出生，不在免疫规划对象之内", "Born before 2011-11-10, so outside the programme"
)
TST_FIRST = Text(
    "满3月龄，结核菌素试验或EC试验阴性后方可接种",
    "Over 3 months: only after a negative tuberculin or EC test",
)
UNKNOWN_STATE = Text(
    "不认识的健康状态“{state}”，未予考虑，请核实", "Unknown state “{state}” was not considered; please check"
)
UNDATED_IMMUNOGLOBULIN = Text(
    "免疫球蛋白未写日期，按{as_of}使用计算", "The immunoglobulin has no date; reckoned as given on {as_of}"
)


@lru_cache(maxsize=512)
def age_words(months: int) -> Text:
    """An age in the words of the schedule."""
    if months == 0:
        return Text("出生", "birth")
    years, rest = divmod(months, 12)
    if months < 24 or (rest and years < 3):
        return Text(f"{months}月龄", f"{months} months")
    if rest:
        return Text(f"{years}岁{rest}个月", f"{years} years {rest} months")
    return Text(f"{years}周岁", f"{years} years")


@lru_cache(maxsize=64)
def gap_words(gap: Gap) -> Text:
    """An interval in words."""
    if gap.days:
        return Text(f"{gap.days}天", f"{gap.days} days")
    years, rest = divmod(gap.months, 12)
    if years > 1 and not rest:
        return Text(f"{years}年", f"{years} years")
    return Text(f"{gap.months}个月", f"{gap.months} month" + ("s" if gap.months > 1 else ""))


@lru_cache(maxsize=256)
def title(vaccine: str) -> Text:
    """A vaccine's name; the code itself where nobody knows it."""
    product = product_named(vaccine)
    return product.title if product else Text(vaccine or "?", vaccine or "?")
