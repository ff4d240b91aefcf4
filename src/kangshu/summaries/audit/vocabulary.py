"""Words by which reports say what belongs to what: what a rate counts, and what it counts it among."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class RateWords:
    """`name` recognises the rate, `counted` the words of its numerator, `among` those of its denominator."""

    name: re.Pattern[str]
    counted: re.Pattern[str]
    among: re.Pattern[str]


def _words(name: str, counted: str, among: str) -> RateWords:
    return RateWords(re.compile(name), re.compile(counted), re.compile(among))


RATES: tuple[RateWords, ...] = (
    _words("全程接种", "全程|第[二2]剂|两剂", "人口|常住|应种|应接种|目标|户籍"),
    _words("接种|服苗", "实种|实际?接种|接种|完成|实服|服苗", "应种|应接种|摸底|目标|应服|应"),
    _words(
        "合格|达标|及格|通过|优良|优秀|优质",
        "合格|达标|及格|通过|优良|优秀",
        "监测|检测|抽检|抽查|检查|监督|参考|参加|考核|考试|采样|采集|样|检验|验收|培训|鉴定|送检|参训|审核|评审|检",
    ),
    _words(
        "患病|检出|发现|阳性|异常|感染|发病|超标|筛出|缺陷|营养不良|龋",
        "发现|查出|检出|确诊|阳性|患|异常|感染|筛出|发病|超标|缺陷|不良|龋",
        "实查|检查|筛查|普查|检测|监测|体检|调查|抽查|受检|检",
    ),
    _words(
        "治愈|好转|治疗成功|有效|康复", "治愈|好转|成功|有效|康复", "治疗|登记|收治|病例|患者|病人|出院|抢救"
    ),
    _words("抢救成功|成功", "成功", "抢救|手术|调解|受理"),
    _words("病死|死亡", "死亡|病死", "病例|患者|报告|发病|发生|活产|分娩|住院|出院|病人"),
    _words(
        "办结|结案|查处|处结|回复|答复|反馈|处理|办理|化解|调解|整改",
        "办结|结案|查处|处结|回复|答复|反馈|处理|办理|到位|化解|调解|整改|已办",
        "受理|立案|接|收到|决定|举报|投诉|承办|交办|来信|来访|发现|发生|责令|下达|信访|纠纷",
    ),
    _words(
        "完成|任务|目标|计划|指标",
        "完成|实际|已|达到|实现|检查|筛查|建成|献血|改",
        "任务|目标|计划|应|下达|指标",
    ),
    _words("报告|上报|直报|报表", "报告|上报|及时|直报|按时", "应报|应|共|医疗机构|报告病例|传染病|单位"),
    _words("参合|参保", "参合|参保", "农业人口|应参|农村人口|总人口|常住|户籍|农民|人口"),
    _words("建档|建卡|建册|建证|电子档案", "建|档案|卡|册", "人口|居民|应建|产妇|孕妇|儿童|活产|应"),
    _words(
        "管理",
        "管理|体检|访视|随访",
        "患者|病人|高血压|糖尿病|儿童|产妇|老年人|老人|应管|登记|在册|总|共有|现有|确诊|发现|活产|人口|应|检出",
    ),
    _words(
        "体检|筛查|普查|检查|随访|访视|产检|早检|婚检|检测|诊疗|查体|复查",
        "体检|筛查|普查|检查|随访|访视|产检|婚检|检测|查|受检|实检",
        "应|总|目标|对象|任务|共有|现有|儿童|老年人|妇女|孕|产妇|新生儿|活产|登记|结婚|在册|患者|人口|新婚",
    ),
    _words("分娩|剖宫|顺产|接生", "分娩|剖宫|顺产|接生", "活产|产妇|分娩|出生|孕"),
    _words("签约|履约", "签约|履约", "常住|人口|居民|应签|重点人群|签约|服务对象"),
    _words("使用|利用|配备|占用|入住", "使用|占用|配备|利用", "共|应|总|开放|现有|采购"),
    _words(
        "(?:基金|资金|经费)(?:使用|支出)",
        "补偿|支出|使用|支付|拨付",
        "筹集|基金|资金|到位|总额|收入",
    ),
    _words("竣工|开工|完工", "竣工|开工|完工", "项目|列入|共|总|计划|建设"),
    _words("知晓|满意|信任", "知晓|满意|答对|知道", "调查|发放|收回|问卷|访|测评|抽查"),
    _words("回收|收回", "收回|回收|有效", "发放|发出|印发"),
    _words("持证|上岗|办证|发证", "持|办理|办证|发证|取得", "从业人员|应|共|人员|单位"),
    _words(
        "覆盖|面$|比例|普及|建成",
        "覆盖|督查|检查|监督|监测|建成|开展|设立|实施|达到|建立|完成|普及",
        "共有|全县|全市|全区|总|应|现有|辖区|共",
    ),
    _words("采用|录用|录取|录入", "采用|录用|录取|录入", "上报|报送|撰写|报考|投稿|应录"),
    _words(
        "兑现|到位|执行|拨付|支出|征收|收缴",
        "兑现|到位|执行|拨付|支付|支出|征收|收缴|已",
        "应|决定|预算|计划|下达|总",
    ),
    _words(
        "符合|及时|规范|正确|准确|完整|一致",
        "符合|及时|规范|正确|准确|完整|一致",
        "抽查|检查|共|应|抽取|总|审核",
    ),
    _words("受益|补偿|报销|结报", "受益|补偿|报销|结报|支付", "参合|参保|总|医疗费|费用"),
    _words("出勤|参与|参加|到会|参学", "出勤|参与|参加|到会|实到", "应|共|总"),
    _words("毕业|就业|留用|转化|转诊", "毕业|就业|留用|转化|转诊", "共|总|学员|学生|接收|应"),
)

# Words that name a whole, whatever the rate.
WHOLE = re.compile(
    r"应|任务|目标数|计划|总数?|共有|共计|共|现有|全县|全市|全区|全镇|全乡|辖区|登记|在册|受理|抽|采集|摸底|接诊|累计"
)
STRONG_WHOLE = re.compile(r"应|任务|目标|计划|总|共有|共|现有|摸底|辖区|累计")
CHANGING = re.compile(
    r"增长|上升|下降|减少|提高|增加|降低|同比|环比|上浮|下浮|涨|增幅|降幅|回落|翻|提升|递增|下调|上调|减负|节约|"
    r"优惠|让利|折"
)
COMPLETING = re.compile(r"完成|任务|目标|计划|指标|超额")
MAY_EXCEED_ONE = re.compile(
    r"完成|任务|目标|计划|增|长|升|涨|超|使用率|占用|利用率|周转|覆盖|接种|参合|参保|预算|执行|负债|盈|结余|比上|同比|进度|"
    r"性别比|收支|达到|去年|上年|倍|占用率|床位"
)
RATE_END = re.compile(
    r"(?:达到了?|达了?|为|是|到|至|均|已|高达|保持在|稳定在|：|约|只有|仅|仅为|近|超过|：|有|率先|分别|共|占到|了)+$"
)


def says_change(subject: str) -> bool:
    """Whether a figure is how much something changed, rather than what it changed to (提高到, 降至)."""
    words = list(CHANGING.finditer(subject[-12:]))
    return bool(words) and not re.match(r"了?(?:到|至)", subject[-12:][words[-1].end() :])


def rate_name(subject: str) -> str:
    """The name of a rate out of the words before it: 考核合格率 of 考核合格率达."""
    name = subject
    while True:
        shorter = RATE_END.sub("", name)
        if shorter == name:
            return name
        name = shorter


def words_of(name: str) -> RateWords | None:
    """What is known of a rate by its name; the row whose word stands last in the name."""
    best: tuple[int, int] | None = None
    found: RateWords | None = None
    for row in RATES:
        matches = list(row.name.finditer(name))
        if matches and (best is None or (matches[-1].end(), len(matches[-1][0])) > best):
            best, found = (matches[-1].end(), len(matches[-1][0])), row
    return found
