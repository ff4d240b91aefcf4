"""What relief of every kind has in common: an application with its proof, a check, a decision, a payment.

`benefit(...)` makes the whole service: forms, time limits, states, figures and the posting to the fund. A
payment is refused beyond what was approved for the person (`FundPosting.approved_on`) and beyond the
ceiling of a person and year (`payment_rule`, which a folder's rules.py names `payment`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kangshu.catalogue.asking import day, number, one_of, words, yes_no
from kangshu.catalogue.managed import CLOSES_ON, ENDINGS, REASONS
from kangshu.declare import (
    Assessment,
    CannotAssess,
    Capability,
    Check,
    Choice,
    Counts,
    DatedValue,
    Field,
    Form,
    Indicator,
    Interval,
    Months,
    Opening,
    Parameter,
    Parameters,
    PersonFacts,
    Schedule,
    Section,
    State,
    States,
    StateTransition,
    Step,
    Text,
    Visit,
    Window,
    numbered,
)
from kangshu.declare.expression import Expression, answer, records
from kangshu.declare.posting import FundPosting, StockPosting
from kangshu.declare.rules import Rule
from kangshu.declare.terms import IN_PERIOD

ANYBODY = PersonFacts()
MOST_YUAN = 1_000_000
PAID = Text("已发放", "Paid")
ABOVE = Text(
    "本年度已发放{paid}元，加本次{amount}元超过每人每年{ceiling}元的限额。",
    "{paid} yuan are paid this year; with {amount} more the ceiling of {ceiling} yuan a person "
    "and year is passed.",
)
NO_AMOUNT = Text("请填写发放金额。", "Give the amount paid.")


@dataclass(frozen=True)
class Kind:
    """One category of a benefit, with the ceiling of a person and year in yuan (the county's to set)."""

    code: str
    title: Text
    ceiling: int


def ceiling_id(benefit: str, code: str) -> str:
    return f"{benefit}_ceiling_{code}"


def payment_rule(benefit: str) -> Rule:
    """The rule of the payments of a benefit: the ceiling of the category, per person and calendar year."""

    def payment(
        visit: Visit,
        earlier: Sequence[Visit] = (),
        person: PersonFacts = ANYBODY,
        parameters: Parameters | None = None,
    ) -> Assessment:
        amount, category = visit.answers.get("amount"), visit.answers.get("category")
        if amount is None or category is None or parameters is None:
            raise CannotAssess("benefit.amount_missing", NO_AMOUNT, where="amount")
        paid = sum(
            (
                past.answers.get("amount") or Decimal(0)
                for past in earlier
                if past.performed_on.year == visit.performed_on.year
                and past.answers.get("category") == category
            ),
            Decimal(0),
        )
        ceiling = parameters.value(ceiling_id(benefit, category), visit.performed_on)
        if paid + amount > ceiling:
            said = ABOVE.format(paid=f"{paid:,.2f}", amount=f"{amount:,.2f}", ceiling=f"{ceiling:,.2f}")
            raise CannotAssess("benefit.above_ceiling", said, where="amount")
        return Assessment("paid", {"outcome": "paid", "year_total": paid + amount}, PAID)

    return payment


def money(name: str, zh: str, en: str, **more: object) -> Field:
    return number(
        name,
        zh,
        en,
        "元",
        ("0.01", MOST_YUAN),
        places=2,
        measured=False,
        carried=False,
        **more,  # type: ignore[arg-type]
    )


def benefit(
    *,
    id: str,
    title: Text,
    purpose: Text,
    subject: Text,
    fund: str,
    kinds: tuple[Kind, ...],
    source: str,
    rows: tuple[str, ...] = (),
    row_note: Text | None = None,
    eligible: Expression | None = None,
    confidentiality: str = "",
    proof: Text,
    forms: tuple[Form, ...] = (),
    steps: tuple[Step, ...] = (),
    posts: tuple[StockPosting, ...] = (),
    indicators: tuple[Indicator, ...] = (),
    examples: tuple = (),
    aliases: Iterable[str] = (),
    screens: tuple[str, ...] = (),
    tests: tuple[str, ...] = (),
) -> Capability:
    """A benefit as a whole service. `kinds` are its categories; `proof` says what has to be shown; `forms`,
    `steps`, `posts` and `indicators` are what one benefit has beside the others."""
    choices = tuple(Choice(kind.code, kind.title) for kind in kinds)
    application, check, decision, payment = _forms(id, title, choices, proof, source)
    return Capability(
        id=id,
        version=1,
        title=title,
        purpose=purpose,
        subject=subject,
        rows=rows,
        row_note=row_note,
        eligible=eligible,
        opens_on=(Opening(f"record:{application.id}", application.title, enrols=True),),
        closes_on=CLOSES_ON,
        states=_states(application, check, decision, payment),
        forms=(application, check, decision, payment, *forms),
        schedule=Schedule((*_steps(application, check, decision, payment), *steps)),
        indicators=(
            *_figures(id, title, application, decision, payment, source, tuple(aliases)),
            *indicators,
        ),
        parameters=tuple(_ceiling(id, title, kind, source) for kind in kinds),
        examples=examples,
        posts=(
            FundPosting(
                payment.id,
                fund,
                answer("amount"),
                approved_on=decision.id,
                approved=answer("amount_approved"),
            ),
            *posts,
        ),
        confidentiality=confidentiality,
        screens=("work:register", "work:record", "work:due_list", "ledger:fund", *screens),
        tests=("tests/catalogue/benefits/test_pattern.py", *tests),
        source=source,
    )


def _forms(
    id: str, title: Text, choices: tuple[Choice, ...], proof: Text, source: str
) -> tuple[Form, Form, Form, Form]:
    approved = answer("decision").equals("1")
    application = _form(
        f"{id}_application",
        title,
        Text("申请", "application"),
        source,
        (
            one_of("category", "救助类别", "Category", choices, required=True, carried=False),
            words(
                "situation",
                "申请理由及家庭情况",
                "Why, and the household's situation",
                length=400,
                required=True,
                carried=False,
            ),
            words("proof", "证明材料", "Proof", length=200, required=True, carried=False, hint=proof),
            money("amount_asked", "申请金额", "Amount asked for"),
            words("account_end", "收款账户后四位", "Last four of the account", length=4),
        ),
    )
    check = _form(
        f"{id}_check",
        title,
        Text("审核", "check"),
        source,
        (
            yes_no("identity", "身份与类别属实", "Identity and category are right", required=True),
            yes_no("proof_seen", "证明材料已核对原件", "The proof was seen", required=True),
            one_of(
                "result",
                "审核结果",
                "Result",
                numbered(
                    ("符合条件，报批", "fits: to be decided"),
                    ("材料不全，补正", "incomplete: to be completed"),
                    ("不符合条件", "does not fit"),
                ),
                required=True,
                carried=False,
            ),
            words("note", "审核意见", "Note", length=200, carried=False),
            words("checked_by", "审核人", "Checked by", length=40, required=True, carried=False),
        ),
        Check(
            "fits_only_when_true",
            ~answer("result").equals("1") | (answer("identity") & answer("proof_seen")),
            Text(
                "身份、类别或证明材料未核实，不能报批。",
                "Without identity and proof it cannot go to the decision.",
            ),
            field="result",
        ),
    )
    decision = _form(
        f"{id}_decision",
        title,
        Text("审批", "decision"),
        source,
        (
            one_of(
                "decision",
                "审批结果",
                "Decision",
                numbered(("批准", "approved"), ("不予批准", "refused")),
                required=True,
                carried=False,
            ),
            money("amount_approved", "批准金额", "Amount approved", visible=approved, required=approved),
            words(
                "refusal",
                "不予批准的理由",
                "Why it was refused",
                length=200,
                visible=~approved,
                required=~approved,
                carried=False,
            ),
            words("document", "批准文号或会议", "Document or meeting", length=60, carried=False),
            words("decided_by", "审批人", "Decided by", length=40, required=True, carried=False),
        ),
    )
    payment = _form(
        f"{id}_payment",
        title,
        Text("发放", "payment"),
        source,
        (
            one_of("category", "救助类别", "Category", choices, required=True, carried=True),
            money("amount", "发放金额", "Amount paid", required=True),
            one_of(
                "way",
                "发放方式",
                "Way",
                numbered(
                    ("银行转账", "bank transfer"), ("直接支付医疗机构", "to the hospital"), ("现金", "cash")
                ),
                required=True,
                carried=False,
            ),
            day("receipt_on", "签收日期", "Received on", carried=False),
            words("voucher", "凭证号", "Voucher number", length=40, required=True, carried=False),
        ),
        rule="payment",
    )
    return application, check, decision, payment


def _form(
    id: str, title: Text, what: Text, source: str, fields: tuple[Field, ...], *checks: Check, rule: str = ""
) -> Form:
    return Form(
        id=id,
        version=1,
        title=Text(f"{title.zh}{what.zh}", f"{title.en}: {what.en}"),
        sections=(Section("all", what, fields),),
        checks=checks,
        rule=rule,
        outcomes=(Choice("paid", PAID),) if rule else (),
        source=source,
    )


def _steps(application: Form, check: Form, decision: Form, payment: Form) -> tuple[Step, ...]:
    fits = records(check.id).where(answer("result").equals("1"))
    approved = records(decision.id).where(answer("decision").equals("1"))
    return tuple(
        Step(
            id=id,
            title=form.title,
            form=form.id,
            origin=origin,
            first=Window(Interval(), Interval(working_days=days)),
        )
        for id, form, origin, days in (
            ("check", check, records(application.id).last().performed_on, 5),
            ("decision", decision, fits.last().performed_on, 10),
            ("payment", payment, approved.last().performed_on, 20),
        )
    )


def _states(application: Form, check: Form, decision: Form, payment: Form) -> States:
    open_states = ("applied", "checked", "approved", "refused", "paid")
    result, decided = answer("result"), answer("decision")

    def on(before: str, after: str, form: Form, when: Expression | None = None) -> StateTransition:
        return StateTransition(before, after, f"record:{form.id}", form.title, when=when)

    return States(
        initial="applied",
        states=(
            State("applied", Text("已申请", "applied")),
            State("checked", Text("已审核", "checked")),
            State("approved", Text("已批准", "approved")),
            State("refused", Text("不予批准", "refused")),
            State("paid", Text("已发放", "paid")),
            State("closed", Text("已结案", "closed"), is_open=False),
        ),
        transitions=(
            on("applied", "checked", check, result.equals("1")),
            on("applied", "refused", check, result.equals("3")),
            on("checked", "approved", decision, decided.equals("1")),
            on("checked", "refused", decision, decided.equals("2")),
            on("approved", "paid", payment),
            on("refused", "applied", application),
            on("paid", "applied", application),
            *(
                StateTransition(state, "closed", event, words_, reason=reason)
                for state in open_states
                for event, words_, reason in ENDINGS
            ),
        ),
        reasons=REASONS,
    )


def _figures(
    id: str,
    title: Text,
    application: Form,
    decision: Form,
    payment: Form,
    source: str,
    aliases: tuple[str, ...],
) -> tuple[Indicator, ...]:
    def figure(name: str, zh: str, en: str, unit: str, said: Text, **more: object) -> Indicator:
        return Indicator(
            id=f"{id}_{name}",
            version=1,
            title=Text(f"{title.zh}{zh}", f"{title.en}: {en}"),
            unit=unit,
            numerator_words=said,
            months=Months.EACH,
            source=source,
            **({"decimals": 0} | more),  # type: ignore[arg-type]
        )

    each = {"counts": Counts.RECORDS}
    paid = records(payment.id).where(IN_PERIOD).exists()
    return (
        figure(
            "applicants",
            "申请人次",
            "applications",
            "人次",
            Text("期内申请人次", "applications in the period"),
            numerator=IN_PERIOD,
            form=application.id,
            **each,
        ),
        figure(
            "refused",
            "不予批准人次",
            "refused",
            "人次",
            Text("期内不予批准的人次", "refused in the period"),
            numerator=IN_PERIOD & answer("decision").equals("2"),
            form=decision.id,
            **each,
        ),
        figure(
            "people",
            "发放人数",
            "people paid",
            "人",
            Text("期内领到救助金的人数", "people paid in the period"),
            numerator=paid,
            aliases=aliases,
        ),
        figure(
            "amount",
            "发放金额",
            "amount paid",
            "元",
            Text("期内发放金额", "yuan paid in the period"),
            numerator=IN_PERIOD,
            form=payment.id,
            total=answer("amount"),
            decimals=2,
            **each,
        ),
    )


def _ceiling(id: str, title: Text, kind: Kind, source: str) -> Parameter:
    return Parameter(
        ceiling_id(id, kind.code),
        Text(
            f"{title.zh}每人每年限额（{kind.title.zh}）",
            f"{title.en}: ceiling a person and year ({kind.title.en})",
        ),
        "元",
        (DatedValue(date(2009, 1, 1), Decimal(kind.ceiling)),),
        local=True,
        source=f"{source}（限额由县级确定）",
    )
