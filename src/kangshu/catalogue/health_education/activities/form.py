"""The activity record of the norm 健康教育活动记录表."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, words
from kangshu.declare import Check, Field, FieldType, Form, Range, Section, Text
from kangshu.declare.expression import answer

LECTURE, CONSULTATION, BOARD, PRINTED, FILM = "1", "2", "3", "4", "5"
KINDS = coded(
    (LECTURE, "健康知识讲座", "health lecture"),
    (CONSULTATION, "公众健康咨询活动", "public consultation day"),
    (BOARD, "健康教育宣传栏更换", "display board changed"),
    (PRINTED, "发放印刷资料", "printed material given out"),
    (FILM, "播放音像资料", "audio-visual material played"),
    ("9", "其他", "other"),
)
TOPICS = coded(
    ("1", "健康素养与健康生活方式", "health literacy and way of life"),
    ("2", "慢性病防治", "chronic disease"),
    ("3", "传染病防治", "infectious disease"),
    ("4", "妇幼健康", "women and children"),
    ("5", "老年健康", "old age"),
    ("6", "预防接种", "immunisation"),
    ("7", "食品与饮水安全", "safe food and water"),
    ("8", "职业、环境与突发事件应急", "work, environment, emergencies"),
    ("9", "控烟限酒", "tobacco and alcohol"),
    ("10", "精神卫生", "mental health"),
    ("11", "中医药保健", "traditional Chinese medicine"),
    ("12", "卫生计生法律法规与政策", "health law and policy"),
    ("99", "其他", "other"),
)
AUDIENCE = coded(
    ("1", "城乡居民", "residents"),
    ("2", "老年人", "older people"),
    ("3", "慢性病患者及家属", "chronic patients and their families"),
    ("4", "孕产妇及婴幼儿家长", "expectant women and parents"),
    ("5", "学生及教师", "pupils and teachers"),
    ("6", "企业职工", "workers"),
    ("7", "医务人员", "health workers"),
    ("9", "其他", "other"),
)
FILED = coded(
    ("1", "书面材料", "written material"),
    ("2", "图片材料", "pictures"),
    ("3", "印刷材料", "printed material"),
    ("4", "影音材料", "film or sound"),
    ("5", "签到表", "sign-in sheet"),
    ("9", "其他材料", "other"),
)

MATERIAL = Field(
    "materials",
    Text("发放宣传资料明细", "Material given out"),
    FieldType.ROWS,
    fields=(
        words("name", "资料名称", "Name", length=60, required=True, carried=False),
        Field(
            "copies",
            Text("数量", "Copies"),
            FieldType.INTEGER,
            unit="份",
            hard=Range.of(1, 1_000_000),
            required=True,
        ),
    ),
)

FORM = Form(
    id="health_education.activity",
    version=1,
    title=Text("健康教育活动记录表", "Health education activity"),
    sections=(
        Section(
            "activity",
            Text("活动情况", "Activity"),
            (
                one_of("kind", "活动形式", "Form", KINDS, required=True, carried=False),
                words("subject", "活动主题", "Subject", length=100, required=True, carried=False),
                one_of("topic", "内容类别", "Topic", TOPICS, required=True, carried=False),
                words("place", "活动地点", "Place", length=60, required=True),
                words("organiser", "组织者", "Organiser", length=60, required=True),
                words(
                    "speaker",
                    "主讲人",
                    "Speaker",
                    length=40,
                    carried=False,
                    visible=answer("kind").is_in(LECTURE, CONSULTATION),
                ),
                several_of(
                    "audience", "接受健康教育人员类别", "Audience", AUDIENCE, required=True, carried=False
                ),
                number(
                    "participants",
                    "接受健康教育人数",
                    "Participants",
                    "人",
                    (0, 100_000),
                    (0, 2_000),
                    required=True,
                ),
                number(
                    "hours",
                    "播放时长",
                    "Hours played",
                    "小时",
                    (0, 24),
                    places=1,
                    visible=answer("kind").equals(FILM),
                ),
            ),
        ),
        Section(
            "material",
            Text("宣传资料", "Material"),
            (
                number("kinds", "发放资料种类", "Kinds of material", "种", (0, 200), (0, 30)),
                number("copies", "发放资料数量", "Copies given out", "份", (0, 1_000_000), (0, 20_000)),
                MATERIAL,
            ),
        ),
        Section(
            "summary",
            Text("活动小结", "Summary"),
            (
                words("content", "活动内容", "What was said and done", length=600, carried=False),
                words("evaluation", "活动总结评价", "Evaluation", length=400, carried=False),
                several_of("filed", "存档材料", "Filed with the record", FILED, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "heard_by_somebody",
            ~answer("kind").is_in(LECTURE, CONSULTATION) | (answer("participants") > 0),
            Text("讲座和咨询活动应有人参加。", "A lecture or consultation has participants."),
            field="participants",
        ),
        Check(
            "kinds_have_copies",
            answer("kinds").is_missing()
            | answer("copies").is_missing()
            | (answer("copies") >= answer("kinds")),
            Text("发放数量不应少于种类数。", "There are fewer copies than kinds."),
            field="copies",
        ),
    ),
    source="国家基本公共卫生服务规范（第三版）2017 健康教育活动记录表；norms A2",
)
