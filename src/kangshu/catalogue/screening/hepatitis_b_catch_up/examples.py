"""Every result (norms K8)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.hepatitis_b_catch_up.forms import ENUMERATION

listed = Cases(ENUMERATION.id, "norms K8")

EXAMPLES = (
    listed(
        "never",
        "从未接种：应种3剂",
        "never: three doses",
        "due",
        values={"missing": 3, "should": True},
        doses=0,
        fit="1",
    ),
    listed(
        "one_before",
        "已种1剂：应种2剂",
        "one before: two more",
        "due",
        values={"missing": 2},
        doses=1,
        fit="1",
    ),
    listed(
        "complete",
        "已种3剂",
        "three before",
        "complete",
        values={"missing": 0, "should": False},
        doses=3,
        fit="1",
    ),
    listed(
        "infected",
        "HBsAg阳性",
        "HBsAg positive",
        "infected",
        values={"should": False},
        doses=0,
        hbsag="2",
        fit="1",
    ),
    listed("immune", "抗-HBs阳性", "immune", "immune", doses=1, hbsag="1", anti_hbs="2", fit="1"),
    listed(
        "both_negative",
        "两项阴性：接种",
        "both negative: vaccinate",
        "due",
        doses=0,
        hbsag="1",
        anti_hbs="1",
        fit="1",
    ),
    listed(
        "contraindicated",
        "禁忌：不在应种内",
        "contraindicated",
        "contraindicated",
        values={"should": False},
        doses=0,
        fit="2",
    ),
    listed("deferred", "暂缓", "deferred", "deferred", values={"should": True}, doses=0, fit="3"),
    listed(
        "refused",
        "拒绝：仍在应种内",
        "refused: still should",
        "refused",
        values={"should": True},
        doses=0,
        fit="4",
    ),
    listed("away", "外出", "away", "away", doses=2, fit="5"),
    listed("unsaid", "未填剂次", "no doses told", "missing", fit="1"),
)
