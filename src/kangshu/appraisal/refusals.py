"""What the actions of this package say when they cannot."""

from __future__ import annotations

from decimal import Decimal

from kangshu.appraisal.states import TITLES, State
from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem
from kangshu.kernel.text import Text


class ThingNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "appraisal.not_found",
            Text(
                "找不到所要的内容，或者它不在您的范围内。请从列表重新打开。",
                "This does not exist, or is outside your area. Open it again from the list.",
            ),
        )


class WrongState(Conflict):
    """The act does not belong to the state the appraisal is in."""

    def __init__(self, state: str) -> None:
        title = TITLES[State(state)]
        super().__init__(
            "appraisal.state",
            Text(
                f"考核处于“{title.zh}”阶段，不能办理此事。",
                f"The appraisal is “{title.en}”: this cannot be done now.",
            ),
        )


class SheetNotComplete(Conflict):
    def __init__(self, whole: Decimal) -> None:
        super().__init__(
            "appraisal.weights",
            Text(
                f"各项分值合计为{whole}分，应为100分。请调整考核表后再启动。",
                f"The weights make {whole}, and should make 100. Change the sheet, then start.",
            ),
            where="weight",
        )


class NobodyToAppraise(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "appraisal.nobody",
            Text("请至少选择一家被考核机构。", "Choose at least one institution to appraise."),
            where="institutions",
        )


class ChecksMissing(Conflict):
    def __init__(self, records: int, lines: int) -> None:
        super().__init__(
            "appraisal.checks_missing",
            Text(
                f"还有{records}份抽样记录未核查、{lines}项现场评分未填写，不能评分。",
                f"{records} records of the sample and {lines} lines on site are not checked yet.",
            ),
        )


class NoSnapshot(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "appraisal.no_snapshot",
            Text("还没有数据快照，无法计算指标。", "There is no snapshot yet to compute indicators on."),
        )


class AppealsOpen(Conflict):
    def __init__(self, number: int) -> None:
        super().__init__(
            "appraisal.appeals_open",
            Text(f"还有{number}件申诉未答复。", f"{number} appeals are not answered yet."),
        )


class AppealTooLate(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "appraisal.appeal_late",
            Text("申诉期已过。", "The time for appeals is over."),
        )


class AppealedAlready(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "appraisal.appealed",
            Text("这一项已有申诉尚待答复。", "An appeal about this line is waiting for an answer already."),
        )


class OwnCheck(Conflict):
    """Whoever checked does not decide the appeal about it."""

    def __init__(self) -> None:
        super().__init__(
            "appraisal.own_check",
            Text(
                "您核查过这份记录，请由另一人答复申诉。",
                "You checked this record yourself: somebody else has to answer the appeal.",
            ),
        )


class PackageExists(Conflict):
    def __init__(self, year: int) -> None:
        super().__init__(
            "package.exists",
            Text(f"{year}年的服务包已经建立。", f"The package of {year} exists already."),
            where="year",
        )


def bad(field: str, code: str, zh: str, en: str, value: object = None) -> BadInput:
    """One field that cannot be accepted."""
    return BadInput([Problem(field, code, Text(zh, en), value)])
