"""The 33 items of the elders' constitution scale and the nine constitutions they make (norms A11.1)."""

from __future__ import annotations

ITEMS = (
    ("精力充沛", "full of energy"),
    ("容易疲乏", "easily tired"),
    ("容易气短、呼吸短促", "short of breath"),
    ("说话声音低弱无力", "weak, low voice"),
    ("闷闷不乐、情绪低沉", "gloomy, in low spirits"),
    ("容易紧张、焦虑不安", "tense, anxious"),
    ("因生活改变而孤独、失落", "lonely or lost since life has changed"),
    ("容易害怕或受惊吓", "easily frightened"),
    ("身体超重、不轻松", "overweight, heavy"),
    ("眼睛干涩", "dry eyes"),
    ("手脚发凉", "cold hands and feet"),
    ("胃脘、背部或腰膝怕冷", "stomach, back, waist or knees feel the cold"),
    ("比一般人不耐寒冷", "bears cold worse than others"),
    ("容易感冒", "catches cold easily"),
    ("没有感冒也鼻塞、流鼻涕", "blocked or running nose without a cold"),
    ("口黏口腻，或睡眠打鼾", "sticky mouth, or snores"),
    ("容易过敏", "allergic to something"),
    ("容易起荨麻疹", "urticaria"),
    ("皮肤不知不觉出现瘀斑", "bruises without a cause"),
    ("皮肤一抓就红", "skin reddens when scratched"),
    ("皮肤或口唇干", "dry skin or lips"),
    ("肢体麻木或固定部位疼痛", "numb limbs, or pain always in one place"),
    ("面部或鼻部油腻发亮", "oily face or nose"),
    ("面色晦暗或有褐斑", "dark face or brown spots"),
    ("皮肤湿疹、疮疖", "eczema, boils"),
    ("口干咽燥、总想喝水", "dry mouth and throat, always thirsty"),
    ("口苦或嘴里有异味", "bitter or bad taste in the mouth"),
    ("腹部肥大", "fat belly"),
    ("吃凉的不舒服或怕吃凉的", "cold food does harm or is avoided"),
    ("大便黏滞不爽、解不尽", "sticky stool, never quite done"),
    ("容易大便干燥", "dry stool"),
    ("舌苔厚腻", "thick greasy tongue coating"),
    ("舌下静脉瘀紫或增粗", "dark or thick veins under the tongue"),
)

BY_BODY = {9: "bmi", 28: "waist"}
"""Items that are graded by a measurement: body mass index and waist."""

BIASED = {
    "qi_deficient": (2, 3, 4, 14),
    "yang_deficient": (11, 12, 13, 29),
    "yin_deficient": (10, 21, 26, 31),
    "phlegm_damp": (9, 16, 28, 32),
    "damp_heat": (23, 25, 27, 30),
    "blood_stasis": (19, 22, 24, 33),
    "qi_stagnation": (5, 6, 7, 8),
    "special": (15, 17, 18, 20),
}
BALANCED_ITEM, BALANCED_REVERSED = 1, (2, 4, 5, 13)
BALANCED = "balanced"
