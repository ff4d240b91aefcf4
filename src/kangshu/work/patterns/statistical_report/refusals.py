"""What the actions of a statistical report say when they cannot."""

from __future__ import annotations

from kangshu.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from kangshu.kernel.text import Text


class ReportNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "report.not_found",
            Text(
                "找不到这张报表，或者它不归您填报或审核。请从报表列表重新打开。",
                "This report does not exist, or is not yours to fill or audit. Open it again from the list.",
            ),
        )


class NotYourReport(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "report.not_yours",
            Text(
                "本机构的报表由上级机构审核。",
                "A report is audited by a superior institution, not by the one that filled it.",
            ),
        )


class CannotMove(Conflict):
    """Somebody else was faster, or the state does not allow the act."""

    def __init__(self, state: Text) -> None:
        super().__init__(
            "report.wrong_state",
            Text(
                "报表现在的状态是“{state}”，不能这样做。请刷新页面查看最新情况。",
                "The report is now {state}; this cannot be done. Reload the page to see where it stands.",
            ).format(state=state),
        )


class ReasonMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "report.reason_missing",
            Text(
                "请写明原因，填报单位要据此修改。", "Say why: the institution will correct it by your words."
            ),
            where="reason",
        )


class PeriodNotOver(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "report.period_not_over",
            Text(
                "这个报告期还没有结束，可以先保存草稿，期末后再上报。",
                "The period is not over yet. Save a draft now and submit it when it is.",
            ),
            where="period",
        )


class NotOwed(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "report.not_owed",
            Text("这类机构不需要填报此报表。", "Institutions of this kind do not fill this report."),
        )
