"""Forms of newborn disease screening: heel prick, laboratory, retest, treatment (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, day, number, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "新生儿疾病筛查管理办法、新生儿疾病筛查技术规范；norms K5"
ID = "screening.newborn_disease"

TAKEN = {
    "taken": said(
        "已采血，待检测",
        "Taken",
        "5个工作日内递送，检测报告5个工作日内出。",
        "Delivered and reported within 5 working days each.",
    ),
    "too_early": said(
        "采血过早：重新采血",
        "Too early: again",
        "满72小时、哺乳6次以上重新采血。",
        "Take again from 72 hours and 6 feeds on.",
    ),
    "refused": said("家长拒绝", "Refused", "签署知情书，出院后继续动员。", "Have it signed; go on asking."),
}
LABORATORY = {
    "negative": said("筛查阴性", "Negative", "结束筛查。", "Nothing more to do."),
    "suspicious": said(
        "可疑阳性：召回",
        "Suspicious: recall",
        "3～5天内通知召回复查。",
        "Call within 3 to 5 days.",
        refer=True,
        urgent=True,
    ),
    "unfit": said("血片不合格：重新采血", "Unfit card: again", "通知重新采血。", "Take the blood again."),
}
RETEST = {
    "excluded": said("排除", "Excluded", "结束筛查。", "Nothing more to do."),
    "confirmed": said(
        "确诊",
        "Confirmed",
        "立即转治疗，CH、PKU应在1个月内开始。",
        "Treat at once; CH and PKU within a month.",
        refer=True,
        urgent=True,
    ),
    "waiting": said(
        "未来复查或待确诊",
        "Not come, or not clear yet",
        "3～5天内再次召回。",
        "Call again within 3 to 5 days.",
    ),
}
CONFIRMED = answer("result").equals("2")

BLOOD = sheet(
    f"{ID}.blood",
    Text("新生儿疾病筛查采血登记", "Newborn screening: heel prick"),
    "taken",
    TAKEN,
    SOURCE,
    part(
        "blood",
        "采血",
        "Blood",
        one_of("consent", "家长知情同意", "Parents agree", NO_YES, required=True, carried=False),
        words(
            "card",
            "采血卡编号",
            "Card number",
            length=30,
            required=answer("consent").equals("2"),
            carried=False,
        ),
        number(
            "age_hours",
            "采血时日龄（小时）",
            "Age when taken (hours)",
            "h",
            (0, 1440),
            (24, 480),
            required=answer("consent").equals("2"),
            visible=answer("consent").equals("2"),
        ),
        number(
            "feeds",
            "采血前哺乳次数",
            "Feeds before",
            "次",
            (0, 100),
            (0, 40),
            visible=answer("consent").equals("2"),
        ),
        one_of(
            "delayed",
            "延迟采血原因",
            "Why late",
            numbered(
                ("早产", "preterm"),
                ("低体重", "low weight"),
                ("疾病", "illness"),
                ("提前出院", "left early"),
                ("无", "not late"),
            ),
            visible=answer("age_hours") > 168,
            required=answer("age_hours") > 168,
            carried=False,
        ),
        words("birth_institution", "采血机构", "Taken at", length=60),
    ),
)
LAB = sheet(
    f"{ID}.laboratory",
    Text("新生儿疾病筛查检测报告", "Newborn screening: laboratory"),
    "laboratory",
    LABORATORY,
    SOURCE,
    part(
        "laboratory",
        "检测",
        "Results",
        day("received_on", "收到血片日期", "Card received", carried=False),
        one_of("card_fit", "血片合格", "Card fit", NO_YES, required=True, measured=True),
        number(
            "tsh",
            "促甲状腺素TSH",
            "TSH",
            "mU/L",
            (0, 1000),
            (0, 100),
            places=1,
            visible=answer("card_fit").equals("2"),
            required=answer("card_fit").equals("2"),
        ),
        number(
            "phe",
            "苯丙氨酸Phe",
            "Phenylalanine",
            "µmol/L",
            (0, 5000),
            (0, 1200),
            visible=answer("card_fit").equals("2"),
            required=answer("card_fit").equals("2"),
        ),
        one_of(
            "g6pd",
            "G6PD",
            "G6PD",
            numbered(("正常", "normal"), ("可疑缺乏", "suspected deficiency"), ("未检", "not tested")),
            visible=answer("card_fit").equals("2"),
            measured=True,
        ),
        one_of(
            "cah",
            "17-羟孕酮（CAH）",
            "17-OHP (CAH)",
            numbered(("正常", "normal"), ("可疑", "suspicious"), ("未检", "not tested")),
            visible=answer("card_fit").equals("2"),
            measured=True,
        ),
        one_of(
            "tandem",
            "串联质谱",
            "Tandem mass",
            numbered(("正常", "normal"), ("可疑", "suspicious"), ("未检", "not tested")),
            visible=answer("card_fit").equals("2"),
            measured=True,
        ),
    ),
)
RECALLED = sheet(
    f"{ID}.retest",
    Text("新生儿疾病筛查召回复查与确诊", "Newborn screening: retest and diagnosis"),
    "retested",
    RETEST,
    SOURCE,
    part(
        "retest",
        "复查",
        "Retest",
        one_of(
            "result",
            "结果",
            "Result",
            numbered(
                ("排除", "excluded"),
                ("确诊", "confirmed"),
                ("待确诊", "not clear yet"),
                ("未来复查", "has not come"),
            ),
            required=True,
            carried=False,
        ),
        several_of(
            "diseases",
            "确诊疾病",
            "Confirmed",
            numbered(
                ("先天性甲状腺功能减低症（CH）", "CH"),
                ("苯丙酮尿症（PKU）", "PKU"),
                ("G6PD缺乏症", "G6PD deficiency"),
                ("先天性肾上腺皮质增生症（CAH）", "CAH"),
                ("其他", "other"),
            ),
            visible=CONFIRMED,
            required=CONFIRMED,
            carried=False,
        ),
        words("hospital", "确诊机构", "Hospital", length=60),
    ),
)
TREATMENT = treatment_sheet(
    f"{ID}.treatment",
    Text("新生儿疾病治疗随访", "Newborn disease: treatment"),
    SOURCE,
    ("左甲状腺素", "levothyroxine"),
    ("特殊饮食", "special diet"),
    ("预防指导（G6PD）", "advice (G6PD)"),
    ("其他", "other"),
)
