"""What is found when (norms A4.4), in words."""

from __future__ import annotations

from kangshu.catalogue.children.health.forms import FOLLOW_UP, NEWBORN_VISIT, TODDLER_CHECK
from kangshu.declare import Decision, Text

_NEWBORN = (
    (
        "体温≥37.5℃或≤35.5℃；呼吸<20或>60次/分；心率<100或>160次/分；黄疸达手足；前囟膨隆或凹陷；呼吸困难",
        "temperature ≥ 37.5 or ≤ 35.5 ℃; breaths < 20 or > 60 a minute; heart < 100 or > 160; jaundice of "
        "hands and feet; fontanelle bulging or sunken; hard breathing",
        "立即转诊",
        "refer at once",
        "新生儿访视技术规范（2012）",
    ),
    (
        "躯干或四肢黄染、脐部渗出、颈部包块、畸形；听力未通过或疾病筛查阳性；医生已转诊",
        "jaundice of trunk or limbs, weeping umbilicus, neck mass, malformation; hearing screen failed or "
        "disease screen positive; referred by the doctor",
        "转诊，按高危儿追踪",
        "refer; followed as a child at high risk",
        "norms A4.2, A4.4",
    ),
    (
        "出生体重<2500g、<37周、双多胎或有窒息史",
        "under 2500 g, under 37 weeks, twins or more, asphyxia",
        "高危新生儿，增加访视",
        "newborn at high risk: visit more often",
        "norms A4.1",
    ),
    (
        "其他体征异常，或筛查未做",
        "another abnormal finding, or a screen not done",
        "加强指导",
        "guidance",
        "norms A4.2",
    ),
)
_CHECK = (
    (
        "年龄别体重<−2SD；年龄别身长（身高）<−2SD",
        "weight for age < −2 SD; length for age < −2 SD",
        "低体重；生长迟缓：转诊",
        "underweight; stunted: refer",
    ),
    (
        "身长（身高）别体重（5岁起为年龄别BMI）<−2SD",
        "weight for length (BMI for age from 5 years) < −2 SD",
        "消瘦：转诊",
        "wasted: refer",
    ),
    (
        "同上，5岁以下≥+2SD、≥+3SD；5岁起≥+1SD、≥+2SD",
        "the same, ≥ +2 SD, ≥ +3 SD under 5; ≥ +1 SD, ≥ +2 SD from 5 years",
        "超重：指导；肥胖：转诊",
        "overweight: guidance; obese: refer",
    ),
    (
        "血红蛋白：6～59月龄<110g/L，5岁起<115g/L；<90为中度，<60为重度",
        "haemoglobin < 110 g/L at 6 to 59 months, < 115 from 5 years; moderate < 90, severe < 60",
        "贫血：转诊，重度立即转诊",
        "anaemia: refer, severe at once",
    ),
    (
        "有任一条预警征象",
        "any warning sign",
        "转县级妇幼保健机构评估",
        "refer to the county MCH institution",
    ),
    (
        "视力：4岁≤4.8，5岁起≤4.9，或双眼相差两行及以上",
        "vision ≤ 4.8 at 4, ≤ 4.9 from 5 years, or two lines between the eyes",
        "转诊",
        "refer",
    ),
    (
        "听力未通过、有龋齿、可疑佝偻病体征、颈部包块或医生已转诊",
        "hearing failed, carious teeth, signs of rickets, neck mass, or referred by the doctor",
        "转诊",
        "refer",
    ),
    (
        "佝偻病症状、超重或其他体征异常",
        "symptoms of rickets, overweight or another abnormal finding",
        "加强指导",
        "guidance",
    ),
)
_FOLLOW_UP = (
    ("痊愈", "recovered", "转为常规管理", "back to ordinary care"),
    ("好转或未愈", "better, or not better", "1个月内再随访", "again within a month"),
    ("尚未就诊", "not seen by a doctor", "2周内再随访", "again within 2 weeks"),
)

DECISIONS = (
    *(
        Decision(NEWBORN_VISIT.id, Text(zh_when, en_when), Text(zh_then, en_then), clause)
        for zh_when, en_when, zh_then, en_then, clause in _NEWBORN
    ),
    *(
        # All three checks are judged alike: said once, of the one in the middle.
        Decision(TODDLER_CHECK.id, Text(zh_when, en_when), Text(zh_then, en_then), "norms A4.4")
        for zh_when, en_when, zh_then, en_then in _CHECK
    ),
    *(
        Decision(FOLLOW_UP.id, Text(zh_when, en_when), Text(zh_then, en_then), "norms A4.4")
        for zh_when, en_when, zh_then, en_then in _FOLLOW_UP
    ),
)
