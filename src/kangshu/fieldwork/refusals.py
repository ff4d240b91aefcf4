"""What the actions of logbooks say when they cannot: one named refusal each, with what to do next."""

from __future__ import annotations

from datetime import date

from kangshu.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from kangshu.kernel.text import Text


class LogbookNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "logbook.not_found",
            Text("没有这本台账。请从台账目录重新打开。", "There is no such logbook. Open it from the list."),
        )


class EntryNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "logbook.entry_not_found",
            Text(
                "找不到这条台账记录，或者您无权查看。请从台账重新打开。",
                "This entry does not exist, or is not yours to see. Open it from its logbook.",
            ),
        )


class SiteNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "logbook.site_not_found",
            Text(
                "找不到这个登记对象，或者您无权查看。请从登记册重新选择。",
                "This site does not exist, or is not yours to see. Choose it from the register.",
            ),
            where="site",
        )


class NotAKeeper(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "logbook.not_a_keeper",
            Text(
                "本机构不记这本台账。请选择本级或下级应记台账的机构。",
                "This institution does not keep this logbook. Choose one of yours that does.",
            ),
            where="institution",
        )


class NotYourStage(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "logbook.not_your_stage",
            Text(
                "这一环节由上级或主管机构办理，本机构不能代办。",
                "This stage is for the institution above or the one in charge of the matter.",
            ),
        )


class SiteMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "logbook.site_missing",
            Text(
                "请选择记录的对象；没有登记的，请先登记。",
                "Choose what the entry is about; register it first if it is new.",
            ),
            where="site",
        )


class SiteClosed(Refusal):
    def __init__(self, name: str, closed_on: date) -> None:
        super().__init__(
            "logbook.site_closed",
            Text(
                f"“{name}”已于{closed_on}注销，不能再记录此后的情况。如仍在，请先恢复。",
                f"{name} was closed on {closed_on}; nothing later can be entered. Reopen it first.",
            ),
            where="site",
        )


class SiteKnown(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(
            "logbook.site_known",
            Text(
                f"本机构已登记过“{name}”。请直接使用，或写明区别。",
                f"{name} is already on this institution's register. Use that one, or name the difference.",
            ),
            where="name",
        )


class PeriodMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "logbook.period_missing",
            Text("请选择是哪一期的记录。", "Choose the period that this entry is for."),
            where="period",
        )


class PeriodTaken(Conflict):
    def __init__(self, period: Text) -> None:
        super().__init__(
            "logbook.period_taken",
            Text(
                f"{period.zh}已经报过。有误的请打开原记录更正。",
                f"{period.en} has been entered already. Open that entry to correct it.",
            ),
            where="period",
        )


class InTheFuture(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "logbook.in_the_future",
            Text("日期不能晚于今天。", "The day cannot lie in the future."),
            where="performed_on",
        )


class BeforeEntry(Refusal):
    def __init__(self, day: date) -> None:
        super().__init__(
            "logbook.before_entry",
            Text(f"不能早于上一环节的日期（{day}）。", f"It cannot be before the stage before it ({day})."),
            where="performed_on",
        )


class OtherContent(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "logbook.other_content",
            Text(
                "这条记录已经保存过，内容不同。请从台账打开后更正。",
                "This entry was saved before with another content. Open it from the logbook and correct it.",
            ),
        )


class NotCurrent(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "logbook.not_current",
            Text(
                "这条记录已被更正或撤销。请打开最新的一条。",
                "This entry was corrected or withdrawn meanwhile. Open the latest one.",
            ),
        )


class NothingChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "logbook.nothing_changed",
            Text("内容没有变化，不必更正。", "Nothing was changed, so there is nothing to correct."),
        )


class ReasonMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "logbook.reason_missing",
            Text("请写明原因。", "Say why."),
            where="reason",
        )


class StageNotDue(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "logbook.stage_not_due",
            Text(
                "现在不是办理这一环节的时候。请刷新页面，看下一步是什么。",
                "This stage is not what comes next. Reload the page to see what does.",
            ),
        )
