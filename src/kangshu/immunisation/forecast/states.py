"""Special health states: the closed list of codes, the names they are also known by, what each does.

Norm: 2026 edition, special health states (norms B3). Three answers are told apart: *prohibited* (the dose is
contraindicated), *until assessed* (contraindicated until a doctor's assessment is recorded as the state
`live_vaccines_assessed_safe`) and *assess* (may be due, and says that it is to be evaluated first).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kangshu.immunisation.forecast.state_words import plain, states_in
from kangshu.kernel.text import Text


class Effect(Enum):
    """What a state does to a vaccine."""

    PROHIBITED = "prohibited"
    UNTIL_ASSESSED = "until_assessed"
    DEFERRED = "deferred"
    ASSESS = "assess"


@dataclass(frozen=True, slots=True)
class State:
    """One special state: its effects by vaccine code, and what else is to be said about it."""

    code: str
    title: Text
    effects: tuple[tuple[str, Effect], ...] = ()
    aliases: tuple[str, ...] = ()
    note: Text | None = None


LIVE = ("BCG", "bOPV", "MMR", "MR", "JE-L", "HepA-L")
_P, _A = Effect.PROHIBITED, Effect.UNTIL_ASSESSED

STATES = (
    State(
        "preterm", Text("早产儿", "Preterm"), aliases=("premature", "preterm infant", "preterm birth"),
        note=Text("医学评估稳定者按出生后实际月龄接种，乙肝疫苗和卡介苗按说明书。",
                  "If medically stable, by actual age; HepB and BCG by their leaflets."),
    ),
    State(
        "low_birth_weight", Text("低出生体重儿", "Birth weight under 2500 g"),
        aliases=("birth_weight_under_2500", "under_2500g", "lbw", "birth weight <2500 g",
                 "weight_under_2500"),
        note=Text("医学评估稳定者按出生后实际月龄接种，乙肝疫苗和卡介苗按说明书。",
                  "If medically stable, by actual age; HepB and BCG by their leaflets."),
    ),
    State(
        "birth_weight_under_2000", Text("出生体重不足2000克", "Birth weight under 2000 g"),
        aliases=("under_2000g", "weight_under_2000", "weight_under_2000g", "birth_weight_lt_2000",
                 "birth_weight_lt_2000g", "birth_weight_under_2000g", "bw_under_2000", "lbw_2000", "lt_2000g",
                 "birth weight <2000 g", "<2000g", "very_low_birth_weight"),
    ),
    State(
        "mother_hbsag_positive", Text("母亲HBsAg阳性", "Mother HBsAg positive"),
        aliases=("hbsag_positive_mother", "maternal_hbsag_positive", "mother_hbsag_pos", "mother_hbsag+",
                 "hbsag_mother", "mother_hbv_positive", "hbsag_positive"),
        note=Text("出生后12小时内接种首剂乙肝疫苗，并在不同部位注射乙肝免疫球蛋白100国际单位；"
                  "最后一剂后1至2个月检测HBsAg和抗-HBs。",
                  "First HepB within 12 hours of birth and 100 IU of HBIG at another site; HBsAg and anti-HBs"
                  " 1 to 2 months after the last dose."),
    ),
    State(
        "mother_hbsag_unknown", Text("母亲HBsAg不详", "Mother's HBsAg unknown"),
        aliases=("hbsag_unknown_mother", "maternal_hbsag_unknown", "hbsag_unknown", "mother_hbv_unknown"),
        note=Text("出生后12小时内接种首剂乙肝疫苗。", "First HepB within 12 hours of birth."),
    ),
    State(
        "hiv_exposed", Text("HIV暴露、感染状况不详", "HIV-exposed, infection not known"),
        (("BCG", Effect.DEFERRED), ("bOPV", _P), ("JE-L", _P), ("HepA-L", _P), ("MMR", Effect.ASSESS),
         ("MR", Effect.ASSESS)),
        aliases=("hiv_exposed_unknown", "hiv_exposed_status_unknown", "hiv_mother", "mother_hiv_positive",
                 "hiv_unknown"),
    ),
    State(
        "hiv_infected_asymptomatic",
        Text("HIV感染、无症状且无严重免疫抑制", "HIV-infected, no severe immunosuppression"),
        (("BCG", _P), ("bOPV", _P), ("JE-L", _P), ("HepA-L", _P)),
        aliases=("hiv_infected_no_severe", "hiv_infected_no_severe_immunosuppression", "hiv_infected_mild",
                 "hiv_asymptomatic", "hiv_infected_not_severe", "hiv_infected_no_immunosuppression",
                 "hiv_infected_without_severe_immunosuppression"),
    ),
    State(
        "hiv_infected_symptomatic",
        Text("HIV感染、有症状或严重免疫抑制", "HIV-infected, symptoms or severe immunosuppression"),
        tuple((code, _P) for code in LIVE),
        aliases=("hiv_infected_severe", "hiv_severe", "hiv_symptomatic",
                 "hiv_infected_severe_immunosuppression", "aids", "艾滋病",
                 "hiv_infected_with_severe_immunosuppression"),
    ),
    State(
        # The norm allows MMR unless the infection is severe: without a word on that, it is to be looked at.
        "hiv_infected", Text("HIV感染、未说明免疫状况", "HIV-infected, immune state not said"),
        (("BCG", _P), ("bOPV", _P), ("JE-L", _P), ("HepA-L", _P), ("MMR", Effect.ASSESS),
         ("MR", Effect.ASSESS)),
        aliases=("hiv_positive", "hiv", "HIV感染", "HIV阳性"),
    ),
    State(
        "immune_deficiency", Text("免疫功能异常", "Immune dysfunction"), tuple((code, _A) for code in LIVE),
        aliases=("immunodeficiency", "immunodeficient", "immune_dysfunction", "primary_immunodeficiency",
                 "immunocompromised", "immune_disorder", "immune_compromised"),
    ),
    State(
        "immunosuppressive_therapy", Text("正在接受免疫抑制治疗", "Immunosuppressive therapy"),
        tuple((code, _A) for code in LIVE),
        aliases=("immunosuppression", "immunosuppressed", "immunosuppressant", "immunosuppressive",
                 "suppressive_therapy", "immunosuppressive_treatment", "chemotherapy"),
    ),
    State(
        "live_vaccines_assessed_safe", Text("已评估可接种减毒活疫苗", "Assessed: live vaccines may be given"),
        aliases=("live_assessed_ok", "assessed_for_live"),
    ),
    State(
        "hiv_excluded", Text("HIV暴露、已排除感染", "HIV-exposed, confirmed uninfected"),
        aliases=("hiv_uninfected", "hiv_exposed_uninfected", "hiv_exposed_confirmed_uninfected",
                 "hiv_negative"),
    ),
    State(
        "immunoglobulin", Text("使用过含免疫球蛋白的血液制品", "Was given an immunoglobulin product"),
        aliases=("ig", "ivig", "immunoglobulin_received", "blood_product", "blood_products",
                 "immune_globulin", "recent_immunoglobulin"),
    ),
    State(
        "no_contraindication", Text("不属于禁忌的情况", "A condition that is no contraindication"),
        aliases=("controlled_eczema", "eczema", "minor_allergy", "allergy_minor", "controlled_epilepsy",
                 "epilepsy_controlled", "stable_chd", "stable_congenital_heart_disease", "breastfed",
                 "breastfeeding", "sugar_allergy", "none", "healthy", "routine", "jaundice",
                 "mother_hbsag_negative", "母亲HBsAg阴性", "无", "正常", "健康"),
    ),
)  # fmt: skip

BY_CODE = {state.code: state for state in STATES}

_BY_NAME = {
    plain(name): state.code
    for state in STATES
    for name in (state.code, state.title.zh, state.title.en, *state.aliases)
}


def states_named(name: str) -> tuple[str, ...]:
    """The codes a name or a phrase stands for; empty when it is not known."""
    known = _BY_NAME.get(plain(name))
    return (known,) if known is not None else states_in(name)


def effect_on(states: frozenset[str], vaccine: str) -> tuple[Effect, Text] | None:
    """The strongest effect of the states on a vaccine, with the state's name; None without one."""
    found: tuple[Effect, Text] | None = None
    if not states:
        return None
    for code in sorted(states):
        for named, effect in BY_CODE[code].effects:
            if named != vaccine or _is_lifted(code, effect, states):
                continue
            if found is None or _WEIGHT[effect] > _WEIGHT[found[0]]:
                found = (effect, BY_CODE[code].title)
    return found


_WEIGHT = {Effect.ASSESS: 0, Effect.UNTIL_ASSESSED: 1, Effect.DEFERRED: 2, Effect.PROHIBITED: 3}


def _is_lifted(code: str, effect: Effect, states: frozenset[str]) -> bool:
    if code == "hiv_exposed" and "hiv_excluded" in states:
        return True
    return effect in (Effect.UNTIL_ASSESSED, Effect.ASSESS) and "live_vaccines_assessed_safe" in states
