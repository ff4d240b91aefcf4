"""Every branch and edge (norms K4)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.dental_sealant.forms import EXAMINATION, RECHECK, SEALING

seen, sealed, checked = (Cases(form.id, "norms K4") for form in (EXAMINATION, SEALING, RECHECK))


def chart(*codes: str) -> dict[str, str]:
    return {f"tooth_{tooth}": code for tooth, code in zip(("16", "26", "36", "46"), codes, strict=True)}


def kept(*codes: str) -> dict[str, str]:
    return {f"kept_{tooth}": code for tooth, code in zip(("16", "26", "36", "46"), codes, strict=True)}


EXAMPLES = (
    seen(
        "four",
        "四牙均适宜",
        "all four",
        "suitable",
        values={"teeth": 4, "carious": 0},
        consent="2",
        **chart("1", "1", "1", "1"),
    ),
    seen(
        "one",
        "一牙适宜、一牙龋",
        "one to be sealed, one carious",
        "suitable",
        values={"teeth": 1, "carious": 1},
        consent="2",
        **chart("1", "3", "2", "4"),
    ),
    seen(
        "none",
        "均未萌出",
        "none erupted",
        "unsuitable",
        values={"teeth": 0},
        consent="2",
        **chart("2", "2", "2", "2"),
    ),
    seen(
        "asthma", "哮喘：不宜", "asthma", "unsuitable", consent="2", health="2", **chart("1", "1", "1", "1")
    ),
    seen("refused", "家长不同意", "no consent", "refused", consent="1"),
    seen("incomplete", "缺一牙", "a tooth missing", "missing", consent="2", tooth_16="1"),
    sealed("two", "封闭两牙", "two teeth", "sealed", values={"teeth": 2}, teeth=("16", "26")),
    sealed("none", "未封闭", "none", "not_sealed", values={"teeth": 0}, teeth=("0",)),
    checked(
        "kept", "完好", "complete", "kept", values={"checked": 2, "complete": 2}, **kept("1", "1", "4", "4")
    ),
    checked(
        "partly",
        "部分脱落",
        "partly lost",
        "again",
        values={"checked": 2, "complete": 1},
        **kept("1", "2", "4", "4"),
    ),
    checked("lost", "全部脱落", "lost", "again", values={"complete": 0}, **kept("3", "4", "4", "4")),
)
