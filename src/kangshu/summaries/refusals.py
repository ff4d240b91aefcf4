"""What the actions of a summary say when they cannot."""

from __future__ import annotations

from kangshu.kernel.errors import Conflict, NotFound, Refusal
from kangshu.kernel.text import Text


class SummaryNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "summary.not_found",
            Text(
                "找不到这份总结，或者它不在您的范围内。请从列表重新打开。",
                "This summary does not exist, or is outside your area. Open it again from the list.",
            ),
        )


class AlreadySigned(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "summary.signed",
            Text(
                "总结已经签发，内容不能再改。需要更正时请新建一份。",
                "The summary is signed and does not change. For a correction, make a new one.",
            ),
        )


class ChangedMeanwhile(Conflict):
    """Somebody saved the section after this editor opened it; both texts are there to be joined."""

    def __init__(self, by_name: str) -> None:
        super().__init__(
            "summary.changed",
            Text(
                "您打开之后，{name}改了同一段文字。您写的还在下面，请对照后再保存。",
                "{name} changed the same paragraph after you opened it. Your text is still below: compare, "
                "and save.",
            ).format(name=by_name),
            where="text",
        )


class NotReady(Refusal):
    """Signing a document with figures that are missing would print a hole."""

    def __init__(self, titles: str) -> None:
        super().__init__(
            "summary.not_ready",
            Text(
                "有数字取不到，不能签发：{titles}。请修改文字或补齐数据。",
                "Some figures cannot be had, so it cannot be signed: {titles}. Change the text or the data.",
            ).format(titles=titles),
        )


class NotReviewed(Refusal):
    """What is signed has been read by somebody who did not write it."""

    def __init__(self, titles: str) -> None:
        super().__init__(
            "summary.not_reviewed",
            Text(
                "以下章节尚未审核通过，不能签发：{titles}。",
                "These sections are not approved yet, so it cannot be signed: {titles}.",
            ).format(titles=titles),
        )


class OwnText(Refusal):
    """Nobody approves what he wrote himself."""

    def __init__(self) -> None:
        super().__init__(
            "summary.own_text",
            Text(
                "这一节最后是您自己写的，请由另一位同事审核。",
                "You wrote the latest text of this section: let a colleague review it.",
            ),
        )


class NotSubmitted(Conflict):
    """Only what was handed in is approved or sent back."""

    def __init__(self) -> None:
        super().__init__(
            "summary.not_submitted",
            Text("这一节还没有提交审核。", "This section has not been handed in."),
        )
