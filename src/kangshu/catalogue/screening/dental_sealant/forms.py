"""Forms of dental sealing: examination with the chart of the four molars, sealing, the check of the sealant
(norms K4)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, coded, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Field, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "儿童口腔疾病综合干预项目技术规范；norms K4"
ID = "screening.dental_sealant"
TEETH = ("16", "26", "36", "46")

SEEN = {
    "suitable": said("适宜窝沟封闭", "Suitable", "学期内完成封闭。", "Seal within the term."),
    "unsuitable": said(
        "暂不适宜",
        "Not suitable yet",
        "未萌出或不合作者下学年复查；龋齿转诊治疗。",
        "Not erupted or not able: next year; caries to the dentist.",
    ),
    "refused": said(
        "家长未同意", "No consent", "健康教育，下学年再动员。", "Tell why it helps; ask again next year."
    ),
}
SEALED = {
    "sealed": said("已封闭", "Sealed", "3个月后复查完好情况。", "Check after three months."),
    "not_sealed": said("未封闭", "Not sealed", "1个月内补做。", "To be done within a month."),
}
CHECKED = {
    "kept": said("封闭剂完好", "Kept", "6、12个月再查。", "Check again after 6 and 12 months."),
    "again": said("脱落：需重新封闭", "Lost: seal again", "1个月内重新封闭。", "Seal again within a month."),
}
CHART = coded(
    ("1", "适宜封闭", "to be sealed"),
    ("2", "未完全萌出", "not erupted"),
    ("3", "龋齿", "caries"),
    ("4", "已封闭", "sealed already"),
    ("5", "窝沟浅或其他不宜", "shallow, or not suitable"),
)
KEPT = numbered(
    ("完好", "complete"), ("部分脱落", "partly lost"), ("全部脱落", "lost"), ("本次未封闭此牙", "not sealed")
)


def _tooth(number: str) -> Field:
    return one_of(
        f"tooth_{number}",
        f"{number}牙",
        f"Tooth {number}",
        CHART,
        required=answer("consent").equals("2"),
        visible=answer("consent").equals("2"),
        measured=True,
    )


EXAMINATION = sheet(
    f"{ID}.examination",
    Text("儿童口腔检查表（窝沟封闭）", "Children's teeth: examination for sealing"),
    "seen",
    SEEN,
    SOURCE,
    part(
        "class",
        "班级与同意书",
        "Class and consent",
        words("school", "学校", "School", length=60, required=True),
        words("class_name", "年级班级", "Class", length=30),
        one_of("consent", "家长知情同意", "Parents agree", NO_YES, required=True, carried=False),
        one_of(
            "health",
            "过敏或哮喘等不宜情况",
            "Allergy, asthma or the like",
            NO_YES,
            visible=answer("consent").equals("2"),
            measured=True,
        ),
    ),
    part("chart", "第一恒磨牙", "First molars", *(_tooth(number) for number in TEETH)),
)
SEALING = sheet(
    f"{ID}.sealing",
    Text("窝沟封闭记录", "Sealing"),
    "sealed",
    SEALED,
    SOURCE,
    part(
        "sealing",
        "封闭",
        "Sealing",
        several_of(
            "teeth",
            "本次封闭牙位",
            "Teeth sealed",
            coded(*((tooth, f"{tooth}牙", f"tooth {tooth}") for tooth in TEETH), ("0", "未封闭", "none")),
            alone="0",
            required=True,
            carried=False,
        ),
        words("material", "封闭材料", "Material", length=40),
        words("institution", "承担机构", "Done at", length=60),
    ),
)
RECHECK = sheet(
    f"{ID}.recheck",
    Text("窝沟封闭复查", "Check of the sealant"),
    "checked",
    CHECKED,
    SOURCE,
    part(
        "recheck",
        "封闭剂保留情况",
        "Retention",
        *(
            one_of(f"kept_{tooth}", f"{tooth}牙", f"Tooth {tooth}", KEPT, required=True, measured=True)
            for tooth in TEETH
        ),
        one_of("caries", "封闭牙新发龋", "New caries in a sealed tooth", NO_YES, measured=True),
    ),
)
