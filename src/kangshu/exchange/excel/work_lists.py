"""The lists of the daily work as sheets: a programme's register, and the due list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.registry import UnknownDeclaration
from kangshu.exchange.excel.columns import Column
from kangshu.exchange.excel.lists import CHUNK, SheetList, refuse_too_many, sex_in_words
from kangshu.kernel.text import Text
from kangshu.places.models import Region, Staff
from kangshu.work import queries
from kangshu.work.models import Case, Due
from kangshu.work.pages.lists import due_row, state_title
from kangshu.work.queries import DueFilter, Lateness, RegisterFilter
from kangshu.work.refusals import ProgrammeNotFound
from kangshu.work.replanning import forms_of

DUE_LIST = Text("待随访名单", "Due visits")
_NAME = Column("name", Text("姓名", "Name"))
_SEX = Column("sex", Text("性别", "Sex"))
_AGE = Column("age", Text("年龄", "Age"))
_PHONE = Column("phone", Text("电话", "Phone"))
_VILLAGE = Column("region", Text("村（社区）", "Village"))
_DOCTOR = Column("doctor", Text("责任医生", "Doctor"))
_REGISTER = (
    Column("record_number", Text("档案编号", "Record number")),
    _NAME,
    _SEX,
    Column("birth_date", Text("出生日期", "Birth date")),
    _PHONE,
    _VILLAGE,
    Column("state", Text("状态", "State")),
    Column("opened_on", Text("建档（纳入）日期", "Enrolled on")),
    Column("closed_on", Text("结案日期", "Closed on")),
    Column("last_on", Text("最近一次服务", "Last visit")),
    Column("next_on", Text("下次应做日期", "Next due on")),
    Column("next", Text("下次应做内容", "Next due")),
    _DOCTOR,
    Column("institution", Text("管理机构", "Institution")),
)
_DUE_LIST = (
    _VILLAGE,
    _NAME,
    _SEX,
    _AGE,
    _PHONE,
    Column("address", Text("地址", "Address")),
    Column("programme", Text("服务项目", "Programme")),
    Column("step", Text("应做内容", "What is due")),
    Column("opens_on", Text("可做自", "May be done from")),
    Column("due_on", Text("应做日期", "Due on")),
    Column("overdue_on", Text("逾期自", "Late from")),
    Column("lateness", Text("情况", "Standing")),
    _DOCTOR,
)
_LATENESS = {
    Lateness.OVERDUE: Text("已逾期", "late"),
    Lateness.NOW: Text("现在可做", "may be done now"),
    Lateness.SOON: Text("即将开始", "opens soon"),
    Lateness.LATER: Text("未到时间", "later"),
}
_DUE_STATES = {
    "": Text("现在要做的（含逾期）", "to do now, late ones included"),
    "all": Text("全部", "all"),
    **{state.value: words for state, words in _LATENESS.items()},
}
_REGISTER_STATES = {
    "open": Text("在管", "enrolled"),
    "closed": Text("已结案", "closed"),
    "all": Text("全部", "all"),
}


def register_of(wanted: RegisterFilter, language: str, today: date) -> SheetList:
    """A programme's register as the filters ask. Raises ProgrammeNotFound, TooManyRows."""
    capability = _open_programme(wanted.kind)
    cases = queries.register(wanted).filter(compartment="")
    refuse_too_many(cases)
    state = _REGISTER_STATES.get(wanted.state) or state_title(capability, wanted.state)
    remarks = [
        (Text("服务项目", "Programme"), capability.title.in_language(language)),
        (Text("状态", "State"), state.in_language(language)),
        *_place_and_doctor(wanted),
    ]
    if wanted.name:
        remarks.append((Text("姓名", "Name"), wanted.name))
    title = Text(f"{capability.title.zh}名册", f"Register - {capability.title.en}")
    rows = _register_rows(cases.iterator(chunk_size=CHUNK), capability, language, today)
    return SheetList(title, _REGISTER, rows, remarks)


def due_list_of(wanted: DueFilter, language: str) -> SheetList:
    """The due list as the filters ask, in its order. Raises TooManyRows."""
    dues = queries.dues(wanted).filter(compartment="")
    refuse_too_many(dues)
    remarks = [(Text("范围", "Which"), _DUE_STATES.get(wanted.state, _DUE_STATES[""]).in_language(language))]
    if wanted.kind:
        remarks.append((Text("服务项目", "Programme"), _programme_title(wanted.kind).in_language(language)))
    remarks += [*_place_and_doctor(wanted), (Text("截至", "As of"), wanted.today.isoformat())]
    rows = _due_rows(dues.iterator(chunk_size=CHUNK), language, wanted.today)
    return SheetList(DUE_LIST, _DUE_LIST, rows, remarks)


def programmes_to_export() -> list[Capability]:
    """The programmes that people are enrolled in, the confidential ones left out."""
    return [c for c in registry.capabilities() if c.schedule.steps and not c.confidentiality]


def _open_programme(kind: str) -> Capability:
    try:
        capability = registry.capability(kind)
    except UnknownDeclaration:
        raise ProgrammeNotFound(kind) from None
    if capability.confidentiality:
        raise ProgrammeNotFound(kind)
    return capability


def _programme_title(kind: str) -> Text:
    try:
        return registry.capability(kind).title
    except UnknownDeclaration:
        return Text(kind, kind)


def _place_and_doctor(wanted: RegisterFilter | DueFilter) -> list[tuple[Text, str]]:
    said = []
    if wanted.village:
        name = Region.objects.filter(pk=wanted.village).values_list("name", flat=True).first()
        said.append((Text("村（社区）", "Village"), name or wanted.village))
    if wanted.doctor:
        name = Staff.objects.filter(pk=wanted.doctor).values_list("name", flat=True).first()
        said.append((Text("责任医生", "Doctor"), name or str(wanted.doctor)))
    return said


def _register_rows(
    cases: Iterator[Case], capability: Capability, language: str, today: date
) -> Iterator[Sequence[Any]]:
    while chunk := list(islice(cases, CHUNK)):
        dues = queries.open_dues_of(chunk, today)
        last = queries.last_records_of(chunk, forms_of(capability))
        for case in chunk:
            person, record = case.person, last.get(case.person_id)
            rows = (due_row(due, today) for due in dues.get(case.id, ()) if not due.compartment)
            following = next((row for row in rows if row is not None), None)
            yield (
                person.record_number or "",
                person.name,
                sex_in_words(person.sex, language),
                _day(person.birth_date),
                person.phone,
                person.region.name,
                state_title(capability, case.state).in_language(language),
                _day(case.opened_on),
                _day(case.closed_on),
                _day(record.performed_on) if record is not None and not record.compartment else "",
                _day(following.due.due_on) if following is not None else "",
                following.title.in_language(language) if following is not None else "",
                case.doctor.name if case.doctor else "",
                case.institution.name,
            )


def _due_rows(dues: Iterator[Due], language: str, today: date) -> Iterator[Sequence[Any]]:
    for due in dues:
        row = due_row(due, today)
        if row is None:
            continue
        yield (
            due.region.name if due.region else "",
            due.person.name,
            sex_in_words(due.person.sex, language),
            row.age,
            due.person.phone,
            due.person.address,
            row.programme.in_language(language),
            row.title.in_language(language),
            _day(due.opens_on),
            _day(due.due_on),
            _day(due.overdue_on),
            _LATENESS[row.lateness].in_language(language),
            due.doctor.name if due.doctor else "",
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
