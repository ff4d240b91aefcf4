"""Words that divide a whole: 男 and 女, 本地 and 外地, 简易程序 and 一般程序, 中央财政, 省财政 …

A list whose every item carries another word of one closed family divides its whole without rest, so its sum
must be the total. Open families (levels, degrees) divide without overlap, but may leave a rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum


class Division(Enum):
    """How surely a list divides its whole."""

    CLOSED = "closed"  # nothing is left over
    DISJOINT = "disjoint"  # nothing is counted twice
    UNKNOWN = "unknown"


def _family(*members: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(member) for member in members)


CLOSED: tuple[tuple[re.Pattern[str], ...], ...] = (
    _family("男", "女"),
    _family(
        "本地|本市|本县|本区|辖区内|域内|县内|市内|区内",
        "外地|外市|外县|外区|县外|市外|区外|辖区外|域外|县外|市外|区外|异地",
    ),
    _family("城镇|城市|城区|市区|街道", "农村|乡村|乡镇"),
    _family("门诊|门急诊", "住院"),
    _family("简易", "一般|普通"),
    _family("中医|中药", "西医|西药"),
    _family("重伤", "轻伤"),
    _family("流入", "流出"),
    _family("已脱贫", "未脱贫"),
    _family("(?<!未)(?:完成|办结|结案|化解|整改)", "未完成|未办结|未结案|在办|正在办|未整改"),
    _family("团体|团队", "个人|街头|散客"),
    _family("伤残", "死亡"),
    _family("[一1]孩", "[二2]孩", "[三3]孩(?:及以上)?|多孩"),
    _family("公立|公办|政府办|国有", "民营|民办|私立|社会办|非公|非政府办"),
    _family("新建|新增", "改建|扩建|改扩建|续建|改造"),
    _family("(?<!不)合格", "不合格"),
    _family("(?<!不)达标", "不达标"),
    _family("户籍|常住", "流动|暂住|非户籍"),
    _family("线上", "线下"),
    _family("涂阳", "涂阴"),
    _family("阳性", "阴性"),
    _family("初治", "复治"),
    _family("(?<!非)免疫规划|一类", "非免疫规划|二类"),
    _family("营利", "非营利"),
    _family("集中式", "分散式"),
    _family("市直|县直|区直|市级|县级|区级", "乡级|镇级|乡镇级?|镇街|基层|村级"),
    _family("(?<!非)住院分娩", "非住院|家庭"),
    _family("首次|初次", "再次|复"),
    _family("上转|上送", "下转"),
    _family("定额|固定", "变动"),
    _family("财政", "自筹|个人"),
    _family("中央|国家|上级", "地方|配套|自筹"),
    _family("乙类", "丙类"),
    _family("在职", "离退休|退休"),
    _family("初信|初访|首信", "重复|重信|重访"),
    _family("[一1]孩", "[二2]孩", "多孩|[三3]孩"),
    _family("全职|专职", "兼职"),
    _family("竣工|完工|建成", "在建|未完工|未竣工"),
)
OPEN: tuple[tuple[re.Pattern[str], ...], ...] = (
    _family(
        "国家|中央",
        "(?<!全)省|自治区",
        "市|州|地级|达州",
        "县|区(?!内)",
        "乡|镇",
        "村",
        "自筹|自有|单位|个人|农民|社会",
    ),
    _family("国债", "债券|专项债", "财政|预算内", "自筹|自有", "贷款|银行"),
    _family("甲类", "乙类", "丙类"),
    _family("三级", "二级", "一级", "未定级|无级"),
    _family("甲等", "乙等", "丙等"),
    _family("博士", "硕士|研究生", "本科", "大专|专科", "中专|高中", "初中"),
    _family("正高|主任医师", "副高|副主任", "中级|主治|主管", "初级|师级|住院医师", "士级"),
    _family("高级", "中级", "初级"),
    _family("轻度|轻型", "中度|普通型|一般", "重度|重型", "极重|危重"),
    _family("确诊", "临床诊断", "疑似"),
    _family("警告", "整改", "罚款", "取缔", "吊销", "移送", "没收", "停业"),
    _family("餐饮", "公共场所", "饮用水|供水", "放射|诊疗", "医疗机构", "食品", "学校", "消毒"),
    _family("医师|医生", "护士|护理", "药师|药剂", "技师|检验", "管理|行政", "工勤|后勤"),
    _family("高血压", "糖尿病", "精神", "结核", "老年|65岁", "孕产妇", "儿童", "残疾"),
    _family("一等|一级|A级", "二等|二级|B级", "三等|三级|C级", "D级"),
    _family("优秀|优", "良好|良", "合格|中", "不合格|差"),
    _family("第?一(?:类|期|批|季)", "第?二(?:类|期|批|季)", "第?三(?:类|期|批|季)", "第?四(?:类|期|批|季)"),
    _family(
        "医院", "卫生院", "卫生室|卫生站|村卫", "服务中心", "服务站", "诊所|门诊部", "妇幼", "疾控", "监督"
    ),
    _family("来信|信件", "来访|走访", "来电|电话", "网络|网上|邮箱"),
    _family("境外", "密接|密切接触", "中高?风险|低风险"),
    _family("第一剂|首剂|首针|第一针", "第二剂|第二针", "第三剂|加强"),
    _family("顺产|自然", "剖宫|剖腹", "助产"),
)
# 高血压 and 糖尿病, or 老年人 and women, are counted twice when one person is both.
OVERLAPPING = re.compile(
    r"高血压|糖尿病|控制|达标|规范|服药|签约|随访|老年|儿童|妇女|贫困|残疾|低保|党员|持证|重点|慢性?病|65岁|60岁|共病|并发|宫颈癌|乳腺癌|筛查|女性|少数民族"
)


OTHERS = re.compile(r"^其[他它余]")
OVERLAPPING_ONE = re.compile(r"高血压|糖尿病|残疾|低保|党员")


def division(subjects: Sequence[str]) -> Division:
    """How a list with these subjects divides its whole."""
    if len(subjects) < 2:
        return Division.UNKNOWN
    if len(subjects) > 2 and OTHERS.search(subjects[-1]) and not any(map(OVERLAPPING_ONE.search, subjects)):
        return Division.CLOSED  # what is left over is counted, too
    for family in CLOSED:
        if len(subjects) == len(family) and _each_other(subjects, family):
            return Division.CLOSED
    for family in OPEN:
        if _each_other(subjects, family):
            # 本科…，大专…，中专及以下…: the ladder has no lower rung.
            return (
                Division.CLOSED
                if re.search(r"及以下", subjects[-1]) and len(subjects) > 2
                else Division.DISJOINT
            )
    return Division.UNKNOWN


def _each_other(subjects: Sequence[str], family: tuple[re.Pattern[str], ...]) -> bool:
    """Whether every subject carries a member of the family, and no two the same."""
    used: set[int] = set()
    for subject in subjects:
        found = next(
            (number for number, member in enumerate(family) if number not in used and member.search(subject)),
            None,
        )
        if found is None:
            return False
        used.add(found)
    return True
