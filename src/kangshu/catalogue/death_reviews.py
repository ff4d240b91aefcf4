"""What every review of a death asks alike: when the experts met, who they were, and whether the death could
have been avoided (norms H1, H5)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, one_of, words
from kangshu.declare import Field, numbered
from kangshu.declare.expression import answer


def met_on() -> Field:
    return day("met_on", "评审会日期", "Meeting on", required=True, carried=False)


def experts() -> Field:
    return words("experts", "参加专家", "Experts", length=200, required=True, carried=False)


def avoidable() -> Field:
    return one_of(
        "avoidable",
        "评审结论",
        "Conclusion",
        numbered(
            ("可避免死亡", "avoidable"),
            ("创造条件可避免死亡", "avoidable under better conditions"),
            ("不可避免死亡", "not avoidable"),
        ),
        required=True,
        carried=False,
    )


def cause(zh: str, en: str) -> Field:
    """The cause as the experts see it; `zh` and `en` name it as the paper does."""
    return words("cause", zh, en, length=100, required=True, carried=False)


def measures(zh: str, en: str) -> Field:
    """What is to be changed, asked where the death was not inevitable."""
    return words("measures", zh, en, length=1000, required=~answer("avoidable").equals("3"), carried=False)
