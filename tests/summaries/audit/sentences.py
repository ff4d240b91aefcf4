"""Sentences with figures of a known relation, as health bureaus write them, and sentences without any.

`related(random)` gives a true sentence whose figures are bound, and `true` says of changed figures whether
the relation still holds. `unrelated(random)` gives a sentence with figures that nothing binds. All places and
values are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

PLACES = ("全县", "全市", "全区", "我县", "我市", "我区")


@dataclass(frozen=True)
class Sentence:
    """`bound` are the spans (start, end) of the numbers that are bound; `form` names the template."""

    text: str
    form: str
    bound: tuple[tuple[int, int], ...]
    true: Callable[[list[str]], bool] = field(default=lambda _: True, compare=False)

    def numbers(self, text: str) -> list[str]:
        """The bound numbers as they stand in a text of the same length."""
        return [text[start:end] for start, end in self.bound]


class Writer:
    """Puts a sentence together and remembers where its numbers stand."""

    def __init__(self, form: str) -> None:
        self.form, self.pieces, self.bound = form, [], []

    def __call__(self, words: str) -> Writer:
        self.pieces.append(words)
        return self

    def number(self, words: str) -> Writer:
        start = sum(len(piece) for piece in self.pieces)
        self.pieces.append(words)
        self.bound.append((start, start + len(words)))
        return self

    def done(self, true: Callable[[list[str]], bool]) -> Sentence:
        """The sentence; `true` says of bound numbers whether the relation still holds."""
        return Sentence("".join(self.pieces), self.form, tuple(self.bound), true)


def prints(words: str, value: Fraction) -> bool:
    """Whether a printed number is the value rounded, truncated, or rounded and padded."""
    stated, places = Fraction(words), len(words.partition(".")[2])
    unit = Fraction(1, 10**places)
    if stated - unit / 2 <= value < stated + unit:
        return True
    while places and words.endswith("0"):
        words, places, unit = words[:-1], places - 1, unit * 10
        if abs(value - stated) <= unit / 2:
            return True
    return False


def share_is_true(base: int = 100) -> Callable[[list[str]], bool]:
    """For [whole, part, rate]."""
    return lambda numbers: prints(numbers[2], Fraction(numbers[1]) / Fraction(numbers[0]) * base)


def sum_is_true(slack: str = "0", last: bool = False) -> Callable[[list[str]], bool]:
    """For [total, part, part …], or with the total last."""

    def true(numbers: list[str]) -> bool:
        total, *others = reversed(numbers) if last else numbers
        return abs(sum(map(Fraction, others)) - Fraction(total)) <= Fraction(slack)

    return true


def percent(random: Random, top: int, bottom: int, base: int = 100) -> str:
    """A share as reports print it: 1 or 2 places, rounded or truncated."""
    places = random.choice((1, 2, 2, 2))
    scale = 10**places
    if random.random() < 0.15:
        value = top * base * scale // bottom
    else:
        value = (2 * top * base * scale + bottom) // (2 * bottom)
    return f"{value // scale}.{value % scale:0{places}d}"


# (words before the whole, counter, words before the part, counter, name of the rate)
RATES = (
    ("应种儿童", "人", "实种", "人", "接种率"),
    ("{p}应接种适龄儿童", "名", "实际接种", "名", "接种率达"),
    ("共监测公共场所", "户次", "合格", "户次", "合格率为"),
    ("抽检餐饮具", "份", "合格", "份", "合格率"),
    ("抽查水样", "份", "其中合格", "份", "合格率达"),
    ("{p}检测食品样品", "份", "检出不合格", "份", "不合格率为"),
    ("参加考试", "人", "及格", "人", "及格率为"),
    ("培训考核村医", "名", "考核合格", "名", "考核合格率达"),
    ("{p}筛查", "人", "检出异常", "人", "异常检出率为"),
    ("普查妇女", "人", "查出患病", "人", "患病率"),
    ("{p}共筛查学生", "人", "发现视力不良", "人", "视力不良检出率为"),
    ("登记肺结核患者", "例", "治愈", "例", "治愈率达"),
    ("收治病人", "例", "治愈好转", "例", "治愈好转率为"),
    ("受理投诉举报", "件", "办结", "件", "办结率"),
    ("{p}共受理信访", "件", "已办结", "件", "办结率达"),
    ("立案查处案件", "件", "结案", "件", "结案率为"),
    ("收到群众来信", "件", "回复", "件", "回复率为"),
    ("{p}登记高血压患者", "人", "规范管理", "人", "规范管理率为"),
    ("{p}共有2型糖尿病患者", "人", "规范管理", "人", "规范管理率达"),
    ("{p}现有65岁以上老年人", "人", "健康管理", "人", "健康管理率为"),
    ("{p}产妇总数", "人", "住院分娩", "人", "住院分娩率"),
    ("活产数", "人", "新生儿访视", "人", "访视率达"),
    ("{p}应参合农民", "人", "实际参合", "人", "参合率为"),
    ("{p}常住人口", "人", "建立居民健康档案", "份人", "建档率达"),
    ("发放问卷", "份", "收回", "份", "回收率"),
    ("电话回访群众", "人", "表示满意", "人", "满意率为"),
    ("应报告传染病", "例", "及时报告", "例", "及时报告率为"),
    ("抽查病历", "份", "书写规范", "份", "规范率"),
    ("孕产妇建册", "人", "早孕建册", "人", "早孕建册率达"),
    ("新婚登记", "对", "参加婚检", "对", "婚检率为"),
    ("{p}共有行政村", "个", "建成村卫生室", "个", "覆盖率达"),
    ("报告手足口病", "例", "重症", "例", "重症占"),
    ("{p}共报告传染病", "例", "其中手足口病", "例", "占"),
    ("{p}门诊总诊疗", "人次", "其中基层诊疗", "人次", "占比为"),
)
GLUE = ("，", "，", "，", "、")


def rate(random: Random) -> Sentence:
    """应…人，实…人，…率…%."""
    whole_words, whole_unit, part_words, part_unit, name = random.choice(RATES)
    write = Writer("rate")
    bottom = random.choice(
        (random.randint(60, 999), random.randint(1000, 9999), random.randint(10_000, 200_000))
    )
    share = (
        random.uniform(0.05, 0.3)
        if "不" in name or "检出" in name or "患病" in name
        else random.uniform(0.5, 0.995)
    )
    top = max(1, int(bottom * share))
    top = min(top, bottom - 1)
    glue = random.choice(GLUE)
    part_unit = part_unit.removesuffix("人") or "人"
    write(whole_words.format(p=random.choice(PLACES))).number(str(bottom))(whole_unit)(glue)
    write(part_words).number(str(top))(part_unit if part_unit != "份" or whole_unit == "份" else whole_unit)(
        "，"
    )
    write(name).number(percent(random, top, bottom))("%")(
        random.choice(("。", "，各项工作有序推进。", "，达到省定标准。"))
    )
    return write.done(share_is_true())


COMPLETIONS = (
    ("年度无偿献血任务", "人次", "已完成", "人次", "占任务数的"),
    ("市下达改厕任务", "座", "完成", "座", "完成率"),
    ("全年目标任务", "例", "实际完成", "例", "任务完成率达"),
    ("计划筛查", "人", "实际筛查", "人", "完成计划的"),
    ("省定免费婚检任务", "对", "完成", "对", "完成率为"),
    ("全年免费白内障手术任务", "例", "完成手术", "例", "完成任务的"),
    ("市定宫颈癌筛查任务", "人", "已完成筛查", "人", "完成率达"),
)


def completion(random: Random) -> Sentence:
    """任务…，完成…，完成率…%."""
    task, unit, done, unit2, name = random.choice(COMPLETIONS)
    bottom = random.choice((random.randint(100, 999), random.randint(1000, 30_000)))
    top = int(bottom * random.uniform(0.7, 1.4))
    write = Writer("completion")
    write(random.choice(("今年我市的", "全县", ""))).__call__(task).number(str(bottom))(unit)("，")
    write(random.choice(("目前", "截至11月底", ""))).__call__(done).number(str(top))(unit2)("，")
    return write(name).number(percent(random, top, bottom))("%")("。").done(share_is_true())


PARTS = (
    ("现有网络直报医疗机构", "个", ("市级", "乡级"), "bracket"),
    ("全年行政处罚", "件", ("简易程序", "一般程序"), "among"),
    ("共报告传染病病例", "例", ("本地病例", "外地病例"), "among"),
    (
        "共发放各类卫生许可证",
        "份",
        ("餐饮服务许可证", "公共场所卫生许可证", "供水单位许可证", "放射诊疗许可证"),
        "among",
    ),
    ("全年处罚违法单位", "家", ("警告", "罚款", "责令整改", "取缔"), "among"),
    ("招聘卫生专业技术人员", "名", ("硕士研究生", "本科生", "大专生"), "among"),
    ("全县现有卫生技术人员", "人", ("高级职称", "中级职称", "初级职称"), "bracket"),
    ("共报告甲乙类传染病", "例", ("甲类", "乙类"), "among"),
    ("全年出生", "人", ("男孩", "女孩"), "among"),
    ("全年诊疗病人", "人次", ("门诊", "住院"), "among"),
    ("辖区医疗机构", "家", ("公立", "民营"), "bracket"),
    ("管理肺结核患者", "例", ("涂阳", "涂阴"), "among"),
    ("全年参加培训", "人", ("医师", "护士", "村医", "检验人员"), "each"),
    ("抽检样品", "份", ("熟肉制品", "乳制品", "蔬菜", "饮用水"), "each"),
    ("建成卫生村", "个", ("省级", "市级", "县级"), "each"),
    ("双向转诊", "人次", ("上转", "下转"), "among"),
)


def parts(random: Random) -> Sentence:
    """共…，其中…；…（…）；分别为…."""
    words, unit, items, form = random.choice(PARTS)
    sizes = [random.randint(11, random.choice((99, 999, 4999))) for _ in items]
    write = Writer(f"parts {form}")
    write(random.choice(("", "截至年底，", "一年来，"))).__call__(words).number(str(sum(sizes)))(unit)
    if form == "bracket":
        write("（")
    elif form == "among":
        write(random.choice(("，其中", "，其中：", "。其中")))
    if form == "each":
        write("，" + "、".join(items) + "分别为")
        for index, size in enumerate(sizes):
            write("" if index == 0 else "、" if index < len(sizes) - 1 else "和").number(str(size))(unit)
    else:
        glue = random.choice(("，", "、"))
        for index, (item, size) in enumerate(zip(items, sizes, strict=True)):
            write("" if index == 0 else glue)(item).number(str(size))(unit)
    return write("）。" if form == "bracket" else "。").done(sum_is_true())


def money_parts(random: Random) -> Sentence:
    """总投资…万元，其中中央…万元，省…万元，自筹…万元."""
    sizes = [random.randint(1000, 99_999) for _ in range(random.choice((3, 4)))]
    items = ("中央财政", "省财政", "市财政", "县财政")[: len(sizes)]
    write = Writer("money parts")
    write(random.choice(("共到位资金", "项目总投资", "全年争取资金"))).number(_hundredths(sum(sizes)))("万元")
    opening, closing = random.choice((("（其中", "）。"), ("，其中", "。"), ("，其中：", "。")))
    write(opening)
    for index, (item, size) in enumerate(zip(items, sizes, strict=True)):
        write("" if index == 0 else "，")(item).number(_hundredths(size))("万元")
    return write(closing).done(sum_is_true("0.01"))


def _hundredths(value: int) -> str:
    return f"{value // 100}.{value % 100:02d}"


def summed(random: Random) -> Sentence:
    """男…人，女…人，共…人."""
    sizes = [random.randint(101, 5000) for _ in range(random.choice((2, 3)))]
    items = random.sample(("医师", "护士", "药师", "乡村医生", "管理人员"), len(sizes))
    write = Writer("summed")
    write("参加培训的")
    for item, size in zip(items, sizes, strict=True):
        write(item).number(str(size))("人，")
    return (
        write(random.choice(("共", "共计", "合计")))
        .number(str(sum(sizes)))("人。")
        .done(sum_is_true(last=True))
    )


def product(random: Random) -> Sentence:
    """每人…元，…人，共…万元."""
    each = random.choice((100, 200, 300, 400, 500, 600, 800, 1200, 2000))
    count = random.randint(101, 9999)
    total = each * count
    words = f"{total // 10_000}.{total % 10_000:04d}".rstrip("0").rstrip(".") if total % 100 == 0 else None
    write = Writer("product")
    form = random.choice(("aid", "each", "per"))
    unit = "万元" if words else "元"
    amount = words or str(total)
    if form == "aid":
        write("按每人").number(str(each))("元的标准，为").number(str(count))(
            "名贫困孕产妇发放补助共计"
        ).number(amount)(unit)
    elif form == "each":
        write("全年补助农村住院分娩产妇").number(str(count))("人，每人补助").number(str(each))(
            "元，共补助"
        ).number(amount)(unit)
    else:
        write("救助对象").number(str(count))("人，补助标准").number(str(each))(
            "元/人，累计发放补助资金"
        ).number(amount)(unit)
    factor = 10_000 if unit == "万元" else 1
    order = (0, 1, 2)
    return write("。").done(
        lambda n: prints(n[order[2]], Fraction(n[order[0]]) * Fraction(n[order[1]]) / factor)
    )


CHANGES = (
    ("全年门诊", "人次", 10_000, 900_000),
    ("报告手足口病", "例", 300, 5000),
    ("全年住院分娩", "人", 1000, 9000),
    ("{p}报告传染病", "例", 900, 9000),
    ("开展健康体检", "人", 10_000, 90_000),
    ("业务收入", "万元", 1000, 90_000),
    ("出院病人", "人次", 3000, 60_000),
)


def change(random: Random) -> Sentence:
    """A，比去年同期的B增长x%."""
    words, unit, low, high = random.choice(CHANGES)
    before = random.randint(low, high)
    now = int(before * random.uniform(0.6, 1.6))
    if now == before:
        now += 7
    up = now > before
    share = percent(random, abs(now - before), before)
    write = Writer("change")
    write(words.format(p=random.choice(PLACES))).number(str(now))(unit)("，")
    form = random.choice(("than", "same", "amount"))
    if form == "than":
        write(random.choice(("比去年同期的", "较去年的", "较上年同期的"))).number(str(before))(unit)
        write("增长" if up else "下降")
    elif form == "same":
        write("去年同期").number(str(before))(unit)("，同比")("增长" if up else "下降")
    else:
        write(random.choice(("较上年", "比去年同期")))("增加" if up else "减少").number(
            str(abs(now - before))
        )(unit)
        write("，")("增长" if up else "下降")
    sign = 1 if up else -1

    def true(numbers: list[str]) -> bool:
        now, other, share = (Fraction(numbers[0]), Fraction(numbers[1]), numbers[2])
        before = now - sign * other if form == "amount" else other
        return before > 0 and prints(share, sign * (now - before) / before * 100)

    return write.number(share)("%。").done(true)


def points(random: Random) -> Sentence:
    """由A%提高到B%，提高了x个百分点."""
    before, now = random.randint(6000, 8500), random.randint(8501, 9990)
    name = random.choice(("住院分娩率", "规范管理率", "建档率", "参合率", "早孕建册率", "健康素养知晓率"))
    write = Writer("points")
    write(f"{name}由去年的").number(_hundredths(before))("%提高到").number(_hundredths(now))("%，提高")
    return write.number(_hundredths(now - before))("个百分点。").done(
        lambda n: abs(Fraction(n[1]) - Fraction(n[0]) - Fraction(n[2])) <= Fraction(1, 100)
    )


def stock(random: Random) -> Sentence:
    """原有A，新增B，现有C."""
    old, new = random.randint(120, 900), random.randint(11, 99)
    write = Writer("stock")
    write("全县原有床位").number(str(old))("张，新增床位").number(str(new))("张，现有床位")
    return write.number(str(old + new))("张。").done(sum_is_true(last=True))


def deaths(random: Random) -> Sentence:
    """活产数…，婴儿死亡率…‰."""
    births, count = random.randint(1500, 4000), random.randint(11, 40)
    rate_words = percent(random, count, births, 1000)
    write = Writer("deaths")
    write("全年活产数").number(str(births))("人，婴儿死亡")(str(count))("人，婴儿死亡率为")
    return write.number(rate_words)("‰。").done(
        lambda numbers: prints(numbers[1], Fraction(count * 1000, int(numbers[0])))
    )


RELATED: tuple[Callable[[Random], Sentence], ...] = (
    rate, rate, rate, rate, completion, completion, parts, parts, parts, money_parts, summed, product,
    product, change, change, points, stock, deaths,
)  # fmt: skip


def related(random: Random) -> Sentence:
    """A true sentence with bound figures."""
    return random.choice(RELATED)(random)


UNRELATED = (
    "全年开展督导检查{a}次，出动监督员{b}人次，检查单位{c}户次，下达监督意见书{d}份。",
    "发放宣传资料{c}余份，悬挂横幅{a}条，举办讲座{b}场，受益群众近{d}人。",
    "{p}共有村卫生室{b}个，其中标准化村卫生室{a}个，乡村医生{c}人。",
    "全年门诊{d}人次，住院{c}人次，床位使用率达{r}%，平均住院日{s}天。",
    "立案查处{b}件，其中打击非法行医{a}件，罚没款{m}万元。",
    "高血压患者规范管理{d}人，糖尿病患者规范管理{c}人，居民健康档案电子建档率达{r}%。",
    "培训村医{b}人次，接种门诊规范化率达{r}%，群众满意率{q}%。",
    "为{c}名65岁以上老年人免费体检，为{b}名孕妇免费发放叶酸，儿童系统管理率{r}%。",
    "总投资{m}万元的妇幼保健院综合楼完成主体工程，建筑面积{c}平方米，设计床位{b}张。",
    "招聘医学类本科生{a}名，引进研究生{s}名，选派骨干进修{b}人。",
    "宫颈癌筛查{d}人，乳腺癌筛查{c}人，查出疑似病例{a}例。",
    "卫生监督覆盖率{r}%，公共场所从业人员健康体检{c}人，核发健康证{b}份。",
    "报告突发公共卫生事件{s}起，及时处置率100%，报告食物中毒{s}起、发病{a}人。",
    "新农合共补偿{d}人次，补偿金额{m}万元，人均补偿{b}元左右。",
    "门诊人次同比增长{s}%，住院人次同比下降{s}%，药占比{q}%。",
    "全年献血{c}人次，献血量{m}万毫升，同比增长{s}%。",
    "改造农厕{c}座，建成污水处理设施{a}处，农村无害化厕所普及率达{r}%。",
    "{p}共有医疗卫生机构{b}家，其中公立医院{s}家，社区卫生服务中心{s}家，卫生技术人员{c}人。",
    "完成甲状腺结节筛查{c}人，其中男性{b}人，检出率{q}%。",
    "重性精神病患者管理{c}人，其中高风险患者{a}人，规范服药率{r}%。",
    "本年度培训各类人员{c}人次，其中全科医生转岗培训{a}人、乡村医生培训{b}人。",
    "检查药品经营企业{b}户次，医疗器械经营企业{a}户次，责令整改{s}户，抽检药品合格率{r}%。",
    "0—6岁儿童健康管理率{r}%，孕产妇系统管理率{q}%，老年人健康管理率{r}%。",
    "累计签约{d}人，其中重点人群{c}人，重点人群签约率{r}%。",
    "争取项目{s}个，到位资金{m}万元，其中乡镇卫生院周转房项目{s}万元。",
)


def unrelated(random: Random) -> Sentence:
    """A sentence whose figures nothing binds."""
    form = random.choice(UNRELATED)
    text = form
    drawn: dict[str, Callable[[], str]] = {
        "{p}": lambda: random.choice(PLACES),
        "{s}": lambda: str(random.randint(2, 9)),
        "{a}": lambda: str(random.randint(11, 60)),
        "{b}": lambda: str(random.randint(120, 480)),
        "{c}": lambda: str(random.randint(1100, 4900)),
        "{d}": lambda: str(random.randint(11_000, 49_000)),
        "{m}": lambda: f"{random.randint(20, 400)}.{random.randint(0, 99):02d}",
        "{r}": lambda: f"{random.randint(80, 99)}.{random.randint(0, 99):02d}",
        "{q}": lambda: f"{random.randint(31, 59)}.{random.randint(0, 9)}",
    }
    for place, draw in drawn.items():
        while place in text:
            text = text.replace(place, draw(), 1)
    return Sentence(text, form, ())


def broken(sentence: Sentence, random: Random) -> tuple[str, int]:
    """The sentence with one digit of a bound number changed, and where."""
    start, end = random.choice(sentence.bound)
    places = [place for place in range(start, end) if sentence.text[place].isdigit()]
    at = random.choice(places)
    first = at == start
    choices = [one for one in ("123456789" if first else "0123456789") if one != sentence.text[at]]
    return sentence.text[:at] + random.choice(choices) + sentence.text[at + 1 :], at
