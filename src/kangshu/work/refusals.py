"""What the actions of `work` say when they cannot: one named refusal each, with what to do next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from kangshu.kernel.errors import Conflict, NotFound, Refusal
from kangshu.kernel.text import Text


class RecordNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "record.not_found",
            Text(
                "找不到这条记录，或者您无权查看。请从居民页面重新打开。",
                "This record does not exist, or is not yours to see. Open it again from the resident's page.",
            ),
        )


class CaseNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "case.not_found",
            Text(
                "找不到这份管理档案，或者您无权查看。请从居民页面重新打开。",
                "This enrolment does not exist, or is not yours to see. Open it from the resident's page.",
            ),
        )


class PersonNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "person.not_found",
            Text(
                "找不到这位居民，或者不在您的管理范围内。请重新搜索，或申请授权。",
                "This resident does not exist, or is outside your area. Search again, or ask for access.",
            ),
        )


class FormNotInForce(Refusal):
    def __init__(self, form_id: str, on: date) -> None:
        super().__init__(
            "form.not_in_force",
            Text(
                "{on} 没有可用的“{form_id}”表单版本。请检查日期。",
                "No edition of the form {form_id} was in force on {on}. Check the date.",
            ).format(form_id=form_id, on=on.isoformat()),
            where="performed_on",
        )


class PersonDead(Refusal):
    def __init__(self, name: str, death_on: date | None) -> None:
        day = death_on.isoformat() if death_on else "—"
        super().__init__(
            "person.dead",
            Text(
                "{name} 已于 {day} 登记死亡，不能记录此后的服务。若死亡登记有误，请先更正居民档案。",
                "{name} was registered as dead on {day}; nothing can be recorded after that day. "
                "If the registration is wrong, correct the resident's record first.",
            ).format(name=name, day=day),
            where="performed_on",
        )


class PersonMoved(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            "person.moved",
            Text(
                "{name} 已登记迁出本县，不能新增服务记录。若又迁回，请先在居民档案中登记迁入。",
                "{name} is registered as moved away; nothing new can be recorded. "
                "If they came back, register the move back first.",
            ).format(name=name),
            where="performed_on",
        )


class CaseClosed(Refusal):
    def __init__(self, closed_on: date) -> None:
        super().__init__(
            "case.closed",
            Text(
                "该管理已于 {day} 结案，不能记录此后的随访。如需继续管理，请先恢复管理。",
                "This enrolment was closed on {day}; a later visit cannot be recorded. Reopen it first.",
            ).format(day=closed_on.isoformat()),
            where="performed_on",
        )


class AlreadyEnrolled(Conflict):
    def __init__(self, case_id: UUID | None, opened_on: date | None) -> None:
        day = opened_on.isoformat() if opened_on else "—"
        super().__init__(
            "case.already_open",
            Text(
                "该居民已在管（{day} 纳入），不需要重复纳入。",
                "This resident is already enrolled (since {day}); there is nothing to add.",
            ).format(day=day),
        )
        self.case_id = case_id


class NotEligible(Refusal):
    def __init__(self, title: Text) -> None:
        super().__init__(
            "case.not_eligible",
            Text(
                "该居民不符合“{title}”的纳入条件（年龄、居住状态或诊断）。请核对居民基本信息。",
                "This resident does not meet the conditions of {title} (age, residence or diagnosis). "
                "Check the resident's personal information.",
            ).format(title=title),
        )


class IdentifierReused(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "record.id_reused",
            Text(
                "这份表单已经保存过，但内容与这次不同。已保存的内容没有改变；如需修改，请打开该记录点“更正”。",
                "This form was already saved with other content. What was saved is unchanged; "
                "to change it, open the record and choose “Correct”.",
            ),
        )


class AlreadyRecorded(Conflict):
    """Somebody has recorded the same form for the same person and day. A question, not a wall."""

    def __init__(self, who: str, on: date, record_id: UUID) -> None:
        super().__init__(
            "record.same_day",
            Text(
                "{who}已为该居民记录了 {day} 的同一份表单。您填写的内容还在：若确是另一次服务，请确认保存。",
                "{who} already recorded a visit on this form for {day}. Nothing you typed is lost: "
                "if yours is another visit, confirm and save again.",
            ).format(who=Text(who, who) if who else Text("他人", "Somebody"), day=on.isoformat()),
            where="performed_on",
        )
        self.record_id = record_id


class NotCurrent(Conflict):
    def __init__(self, replaced: bool) -> None:
        super().__init__(
            "record.not_current",
            Text(
                "这条记录已被" + ("更正" if replaced else "撤销") + "，不能再次修改。请打开最新的一条。",
                "This record has been "
                + ("corrected" if replaced else "withdrawn")
                + " already and cannot be changed again. Open the latest one.",
            ),
        )


class ReasonMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "reason.missing",
            Text(
                "请写明原因，原因会保存在记录的历史中。",
                "Give the reason; it is kept in the history of the record.",
            ),
            where="reason",
        )


class NothingChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "record.unchanged",
            Text(
                "内容与原记录完全相同，没有需要更正的地方。",
                "Nothing differs from the record; there is nothing to correct.",
            ),
        )


class NotApproved(Conflict):
    """More is to be paid than was approved and is not paid yet."""

    def __init__(self, approved: Decimal, paid: Decimal, wanted: Decimal, where: str) -> None:
        super().__init__(
            "payment.not_approved",
            Text(
                "批准金额合计{approved}元，已发放{paid}元，不能再发放{wanted}元。请核对审批记录。",
                "{approved} yuan were approved and {paid} yuan are paid: {wanted} yuan cannot be paid. "
                "Look at the decision.",
            ).format(approved=f"{approved:,.2f}", paid=f"{paid:,.2f}", wanted=f"{wanted:,.2f}"),
            where=where or None,
        )


class ProgrammeNotFound(NotFound):
    def __init__(self, kind: str) -> None:
        super().__init__(
            "programme.not_found",
            Text("没有“{kind}”这个服务项目。", "There is no programme {kind}.").format(kind=kind),
        )
