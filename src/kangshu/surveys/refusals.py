"""What the actions of surveys say when they cannot."""

from __future__ import annotations

from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem
from kangshu.kernel.text import Text


class SurveyNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "survey.not_found",
            Text(
                "找不到这项调查或住户，或者它不在您的范围内。请从列表重新打开。",
                "This survey or household does not exist, or is outside your area. Open it from the list.",
            ),
        )


class WrongState(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "survey.state",
            Text(
                "调查当前状态不能这样做，请重新打开页面。",
                "The survey is not in the state for this; open the page again.",
            ),
        )


class NotDue(Conflict):
    """The household is not waiting for this interview."""

    def __init__(self) -> None:
        super().__init__(
            "survey.not_due",
            Text(
                "该住户已有本轮调查，或尚未登记成员。",
                "This household has the interview already, or its members are not listed yet.",
            ),
        )


class SameInterviewer(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "survey.same_interviewer",
            Text("复核调查须由另一名调查员完成。", "Another interviewer must ask the second time."),
        )


class OtherContent(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "survey.other_content",
            Text("该问卷已保存过不同的内容。", "This interview was saved already with other answers."),
        )


def bad(field: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem(field, f"survey.{field}", Text(zh, en))])
