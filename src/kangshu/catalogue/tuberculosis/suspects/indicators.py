"""推介转诊率 (local formula, norms A10) and what came of the referrals."""

from __future__ import annotations

from kangshu.catalogue.managed import Figures
from kangshu.catalogue.tuberculosis.suspects.forms import ARRIVAL, REFERRAL, SOURCE
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import answer, assessment
from kangshu.declare.terms import IN_PERIOD

FIGURES = Figures(
    prefix="tb_suspects",
    kind="tuberculosis.suspects",
    form=REFERRAL,
    name=Text("结核可疑者", "TB suspects"),
    patients=Text("肺结核可疑症状者", "TB suspects"),
    source=SOURCE,
)
SUSPECTED = assessment("outcome").equals("refer")

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.visits(
        "referral_rate",
        Text("肺结核可疑症状者推介转诊率", "TB suspects referred"),
        answer("referral_to").is_known(),
        Text("其中已推介转诊的人次", "of these, referred"),
        ("推介转诊率", "肺结核推介转诊率"),
        denominator=IN_PERIOD & SUSPECTED,
        denominator_words=Text("期内发现的可疑症状者人次", "suspects found in the period"),
    ),
    FIGURES.visits(
        "arrival_rate",
        Text("肺结核转诊追踪到位率", "TB referrals that arrived"),
        answer("arrived").equals("1"),
        Text("其中已到定点医疗机构就诊的人次", "of these, went to the designated hospital"),
        ("转诊到位率", "肺结核患者转诊到位率"),
        form=ARRIVAL,
        denominator=IN_PERIOD,
        denominator_words=Text("期内追踪人次", "asked in the period"),
    ),
)
