"""What the rules of TB suspects say."""

from __future__ import annotations

from kangshu.declare import Text

SYMPTOMS_MISSING = Text("请选择可疑症状，或“以上均无”。", "Choose the symptoms, or none of these.")
ARRIVED_MISSING = Text("请填写是否已就诊。", "Say whether they went to the hospital.")

REFERRALS = {
    "refer": Text("肺结核可疑：推介转诊", "TB suspected: refer"),
    "none": Text("无可疑症状", "No suspicious symptom"),
}
ARRIVALS = {
    "confirmed": Text("确诊", "Confirmed"),
    "excluded": Text("排除", "Excluded"),
    "waiting": Text("已就诊，待结果", "Went, no result yet"),
    "not_arrived": Text("未就诊", "Did not go"),
}
ADVICE = {
    "refer": Text(
        "填写推介转诊单，1周内电话追踪是否就诊并督促。",
        "Hand out the referral; within a week ask by telephone whether they went, and urge.",
    ),
    "none": Text("宣传肺结核防治知识。", "Tell what is to be known about TB."),
    "confirmed": Text("收到管理通知后72小时内入户随访。", "First home visit within 72 hours of the notice."),
    "excluded": Text("结束追踪。", "Nothing more to ask."),
    "waiting": Text("1周内再次追踪结果。", "Ask again within a week."),
    "not_arrived": Text("督促就诊，1周内再次追踪。", "Urge, and ask again within a week."),
}
