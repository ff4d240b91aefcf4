"""Names of the constitutions, and what is advised for each."""

from __future__ import annotations

from kangshu.declare import Text

MISSING = Text(
    "33项须全部评分（第9、28项可由身高体重和腹围得出）。",
    "All 33 items must be scored (9 and 28 may come from height, weight and waist).",
)

OUTCOMES = {
    "balanced": Text("平和质", "Balanced"),
    "qi_deficient": Text("气虚质", "Qi-deficient"),
    "yang_deficient": Text("阳虚质", "Yang-deficient"),
    "yin_deficient": Text("阴虚质", "Yin-deficient"),
    "phlegm_damp": Text("痰湿质", "Phlegm-damp"),
    "damp_heat": Text("湿热质", "Damp-heat"),
    "blood_stasis": Text("血瘀质", "Blood stasis"),
    "qi_stagnation": Text("气郁质", "Qi stagnation"),
    "special": Text("特禀质", "Special (allergic)"),
    "unclear": Text("未偏向任何一种体质", "Towards none of the nine"),
}

VERDICTS = {
    "yes": Text("是", "yes"),
    "basically": Text("基本是", "basically"),
    "tends": Text("倾向是", "tends to be"),
}

ADVICE = {
    "balanced": Text(
        "保持规律起居，饮食有节，适度锻炼。", "Keep regular hours, moderate meals, some exercise."
    ),
    "qi_deficient": Text(
        "健脾益气饮食，避免过劳，宜缓和运动。", "Food that strengthens, no overwork, gentle exercise."
    ),
    "yang_deficient": Text("注意保暖，少食生冷，多晒太阳。", "Keep warm, little cold food, more sun."),
    "yin_deficient": Text(
        "饮食宜滋润，少食辛辣，不熬夜。", "Moist food, little that is hot, no late nights."
    ),
    "phlegm_damp": Text("饮食清淡，少食甜腻，增加运动。", "Light food, little fat and sugar, more exercise."),
    "damp_heat": Text(
        "饮食清淡，戒烟限酒，避免湿热环境。", "Light food, no smoking, little drink, no damp heat."
    ),
    "blood_stasis": Text("适度活动，注意保暖，避免久坐。", "Move about, keep warm, do not sit long."),
    "qi_stagnation": Text("调畅情志，多参加集体活动。", "Lift the spirits, be among people."),
    "special": Text("避免接触过敏原，饮食清淡。", "Keep away from what one is allergic to, light food."),
}
