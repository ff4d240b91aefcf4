"""A state that is written in words of one's own, read by the words that decide it.

The closed list and its aliases come first (`states.states_named`). What they do not know is looked at here,
because a state that is passed over gives a live vaccine to a child who must not have it. Whatever says *no*
before the fact, or leaves open how bad it is, is left unread and shows as a note.
"""

from __future__ import annotations

import re
import unicodedata

_NOISE = re.compile(r"[^0-9a-z一-鿿<+]+")
_DENIED = re.compile(r"^(no|not|non|without|denies|无|没有|未|非|否认)(?!ne)")
_UNSTABLE = re.compile(r"uncontrol|unstable|severe|(?<!in)active|acute|未控制|不稳定|严重|急性|发作期")
_NOT_SEVERE = re.compile(
    r"(no|non|not|without|无|未见|没有)(evidenceof|明显|or|and|或|和|severely|severe|严重|symptoms?|症状"
    r"|immun[a-z]*|免疫抑制|免疫缺陷)+|asymptomatic|mild|轻度"
)
_SEVERE = re.compile(r"severe|symptom|严重|症状|aids|immun[a-z]*(suppress|defic)|免疫抑制|免疫缺陷|艾滋病期")
_BELOW = re.compile(r"(?:<|lt|under|below|lessthan|不足|小于|低于|未满|不到)(\d{4})|(\d{4})(?:g|克)?以下")
_WEIGHED = re.compile(r"(?:birthweight|出生体重)(\d{3,4})(?!\d)")

#: Words that name one state by themselves.
_PLAIN_WORDS = (
    (r"preterm|premature|早产|(<|under|lt|不足|小于|未满)37", "preterm"),
    (r"verylowbirthweight|极低出生体重|超低出生体重", "birth_weight_under_2000"),
    (r"lowbirthweight|低出生体重|低体重", "low_birth_weight"),
    (
        r"immun(e|o)suppress|suppressivetherapy|chemotherapy|免疫抑制|化疗",
        "immunosuppressive_therapy",
    ),
    (
        r"immun(e|o)?(defic|compromis|dysfunc|disorder)|免疫缺陷|免疫功能(异常|低下|缺陷|障碍|不全|受损)",
        "immune_deficiency",
    ),
    (r"immun(e|o)?globulin|bloodproduct|ivig|免疫球蛋白|丙种球蛋白|丙球|血液制品", "immunoglobulin"),
)  # fmt: skip
_HARMLESS = re.compile(
    r"eczema|allerg|epilep|heartdisease|chd|breastfe|breastfed|jaundice|湿疹|过敏|癫痫|先心|先天性心脏病"
    r"|母乳|哺乳|黄疸"
)


def plain(name: str) -> str:
    """A name without case, width, spaces and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).lower())


def states_in(name: str) -> tuple[str, ...]:
    """The codes of the states a phrase speaks of; empty when it decides nothing."""
    words = plain(name)
    if not words or _DENIED.match(words):
        return ()
    hiv = _hiv(words)
    found = [*hiv, *_mother(words), *_weight(words)]
    for pattern, code in _PLAIN_WORDS:
        of_hiv = bool(hiv) and code in ("immunosuppressive_therapy", "immune_deficiency")
        if code not in found and not of_hiv and re.search(pattern, words):
            found.append(code)
    if "birth_weight_under_2000" in found and "low_birth_weight" in found:
        found.remove("low_birth_weight")
    if not found and _HARMLESS.search(words) and not _UNSTABLE.search(words):
        found.append("no_contraindication")
    return tuple(found)


def _hiv(words: str) -> list[str]:
    """Exposed, infected, and how badly (norms B3)."""
    if not re.search(r"hiv|艾滋|aids", words):
        return []
    if re.search(r"uninfect|notinfect|negative|excluded|未感染|排除|阴性", words):
        return ["hiv_excluded"]
    if re.search(r"expos|mother|maternal|暴露|母亲|所生|产妇", words):
        return ["hiv_exposed"]
    denied = _NOT_SEVERE.search(words)
    rest = _NOT_SEVERE.sub("", words)
    if _SEVERE.search(rest):
        return ["hiv_infected_symptomatic"]
    return ["hiv_infected_asymptomatic" if denied else "hiv_infected"]


def _mother(words: str) -> list[str]:
    """The mother's hepatitis B."""
    antigen = re.search(r"hbsag|表面抗原", words)
    hepatitis = re.search(r"hbv|hepatitisb|乙肝|乙型肝炎", words) and re.search(
        r"mother|matern|母|expos", words
    )
    if not (antigen or hepatitis) or re.search(r"negative|neg|阴", words) or "球蛋白" in words:
        return []
    unknown = re.search(r"unk|untested|不详|未知|不明|未查|未检", words)
    return ["mother_hbsag_unknown" if unknown else "mother_hbsag_positive"]


def _weight(words: str) -> list[str]:
    """A birth weight of so many grams, or below them."""
    below, weighed = _BELOW.search(words), _WEIGHED.search(words)
    if below is not None:
        most = int(below[1] or below[2])
    elif weighed is not None:
        most = int(weighed[1]) + 1
    else:
        return []
    if most <= 2000:
        return ["birth_weight_under_2000"]
    return ["low_birth_weight"] if most <= 2500 else []
