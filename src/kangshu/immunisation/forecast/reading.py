"""Reads children out of the JSON of `kangshu immunisation forecast`.

What is wrong with a child itself (no birth date, an unknown sex) refuses the file and names the place. What
is wrong with one recorded dose does not: the dose is handed on and judged with its reason.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from kangshu.immunisation.forecast.schedule import EDITION_CODES
from kangshu.immunisation.forecast.states import states_named
from kangshu.immunisation.forecast.values import Child, HistoryEntry
from kangshu.kernel.errors import BadInput, Problem, Refusal
from kangshu.kernel.text import Text

SCHEMA = Path(__file__).with_name("input.schema.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEXES = {
    "f": True,
    "female": True,
    "女": True,
    "2": True,
    "m": False,
    "male": False,
    "男": False,
    "1": False,
}
_PRODUCTS = {
    "live": "live", "l": "live", "减毒": "live", "减毒活疫苗": "live",
    "inactivated": "inactivated", "i": "inactivated", "灭活": "inactivated", "灭活疫苗": "inactivated",
}  # fmt: skip
# A state is written in several ways: a day after its name, or an object by one of these keys.
_DATED = re.compile(r"(.+?)[\s:：@_(（]+(\d{4}-\d{2}-\d{2})[)）]?")
_STATE_KEYS = ("code", "state", "name", "kind", "type")
_DAY_KEYS = ("date", "on", "given_on", "day")
_HBIG = re.compile(r"hbig|乙(型)?肝(炎)?(人)?免疫球蛋白", re.IGNORECASE)
# Nobody in a vaccination register was born outside of these years; the arithmetic of months needs an end.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class CannotForecast(Refusal):
    """The input is not a list of children."""


def read_file(path: Path) -> tuple[Child, ...]:
    """Children of a file of JSON; CannotForecast or BadInput says what is wrong and where."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CannotForecast(
            "file.missing", Text(f"没有文件“{path}”。", f"There is no file {str(path)!r}."), where=str(path)
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CannotForecast(
            "file.unreadable",
            Text(f"文件“{path}”无法读取：{error}", f"The file {str(path)!r} cannot be read: {error}"),
            where=str(path),
        ) from None
    return read_text(text)


def read_text(text: str) -> tuple[Child, ...]:
    """Children of a text of JSON."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        message = Text(f"不是有效的JSON：{error}", f"Not valid JSON: {error}")
        raise CannotForecast("json.invalid", message, where=_position(error)) from None
    return read_children(value)


def _position(error: Exception) -> str:
    return f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""


def read_children(value: Any) -> tuple[Child, ...]:
    """Children of a list of objects; BadInput lists every fault with its place, such as `[3].birth_date`."""
    if not isinstance(value, list):
        message = Text("应为儿童列表（JSON数组）。", "Expected a list of children (a JSON array).")
        raise CannotForecast("input.not_a_list", message, where="$")
    problems: list[Problem] = []
    children = [_Reading(each, f"[{at}]", problems).child() for at, each in enumerate(value)]
    if problems:
        raise BadInput(problems, code=problems[0].code)
    return tuple(child for child in children if child is not None)


def day(value: Any) -> date | None:
    """A day written as YYYY-MM-DD; None for anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


class _Reading:
    """One child being read; faults are noted, not raised, so that all of them are told at once."""

    def __init__(self, value: Any, where: str, problems: list[Problem]) -> None:
        self.value = value
        self.where = where
        self.problems = problems

    def wrong(self, field: str, code: str, zh: str, en: str, given: Any = None) -> None:
        self.problems.append(Problem(f"{self.where}{field}", code, Text(zh, en), given))

    def child(self) -> Child | None:
        if not isinstance(self.value, dict):
            self.wrong("", "child.not_an_object", "每名儿童应为一个对象。", "Each child must be an object.")
            return None
        before = len(self.problems)
        birth, as_of = self._needed_day("birth_date"), self._needed_day("as_of")
        if birth and as_of and as_of < birth:
            self.wrong(
                ".as_of",
                "child.as_of_before_birth",
                "推算日期早于出生日期。",
                "as_of is before the birth.",
                str(as_of),
            )
        identity, girl = self._id(), self._girl()
        states, unknown, globulin = self._states(birth)
        choices = self._choices()
        history, edition, variant = self._history(), self._edition(), self._variant()
        if len(self.problems) > before or birth is None or as_of is None or girl is None:
            return None
        return Child(
            id=identity,
            birth_date=birth,
            is_girl=girl,
            as_of=as_of,
            states=frozenset(states),
            je=choices["je"],
            hepa=choices["hepa"],
            history=history,
            edition=edition,
            dtap_variant=variant,
            immunoglobulin_on=globulin,
            unknown_states=unknown,
        )

    def _needed_day(self, name: str) -> date | None:
        given = self.value.get(name)
        found = day(given)
        if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            code = f"child.{name}_missing" if given is None else f"child.{name}_invalid"
            self.wrong(
                f".{name}",
                code,
                f"“{name}”应为YYYY-MM-DD格式的日期。",
                f"{name} must be a date, YYYY-MM-DD.",
                given,
            )
            return None
        return found

    def _id(self) -> str | int:
        given = self.value.get("id")
        if isinstance(given, bool) or not isinstance(given, str | int):
            self.wrong(
                ".id", "child.id_invalid", "“id”应为文字或整数。", "id must be a text or an integer.", given
            )
            return ""
        return given

    def _girl(self) -> bool | None:
        given = self.value.get("sex")
        found = _SEXES.get(str(given).strip().lower()) if given is not None else None
        if found is None:
            self.wrong(".sex", "child.sex_invalid", "“sex”应为F或M。", "sex must be F or M.", given)
        return found

    def _edition(self) -> str | None:
        given = self.value.get("edition")
        if given is None or given == "":
            return None
        if str(given) not in EDITION_CODES:
            known = "、".join(EDITION_CODES)
            self.wrong(
                ".edition",
                "child.edition_unknown",
                f"没有“{given}”版程序，可用：{known}。",
                f"There is no edition {given!r}; known: {', '.join(EDITION_CODES)}.",
                given,
            )
            return None
        return str(given)

    def _variant(self) -> str | None:
        given = self.value.get("schedule_variant")
        if given is None or given in ("2-4-6", "3-4-5"):
            return str(given) if given else None
        self.wrong(
            ".schedule_variant", "child.variant_unknown", "“schedule_variant”应为2-4-6或3-4-5。",
            "schedule_variant must be 2-4-6 or 3-4-5.", given,
        )  # fmt: skip
        return None

    def _choices(self) -> dict[str, str]:
        given = self.value.get("product_choices")
        chosen = {"je": "live", "hepa": "live"}
        if given is None:
            return chosen
        if not isinstance(given, dict):
            self.wrong(
                ".product_choices", "child.choices_invalid", "“product_choices”应为对象。",
                "product_choices must be an object.", given,
            )  # fmt: skip
            return chosen
        for name in chosen:
            value = given.get(name)
            if value is None:
                continue
            if str(value).lower() not in _PRODUCTS:
                self.wrong(
                    f".product_choices.{name}", "child.choice_unknown",
                    "应为live（减毒）或inactivated（灭活）。", "Must be live or inactivated.", value,
                )  # fmt: skip
                continue
            chosen[name] = _PRODUCTS[str(value).lower()]
        return chosen

    def _states(self, birth: date | None) -> tuple[set[str], tuple[str, ...], tuple[date, ...]]:
        """Known codes, unknown words, and the days of immunoglobulins."""
        given = self.value.get("states")
        if given is None:
            given = []
        if not isinstance(given, list):
            self.wrong(
                ".states", "child.states_invalid", "“states”应为列表。", "states must be a list.", given
            )
            given = []
        codes: set[str] = set()
        unknown: list[str] = []
        globulin: list[date] = []
        for at, each in enumerate(given):
            name, written = self._state(each, at)
            on = day(written)
            if written is not None and on is None:
                self.wrong(
                    f".states[{at}].date", "child.state_date_invalid", "日期应为YYYY-MM-DD。",
                    "The date must be YYYY-MM-DD.", written,
                )  # fmt: skip
            rest = _HBIG.sub("", name)
            if rest != name:
                # Given to the newborn within twelve hours, so its day needs no saying.
                globulin.extend(each for each in (on or birth,) if each)
            known = states_named(rest)
            if not known and rest == name and name:
                unknown.append(name)
            codes.update(known)
            if "immunoglobulin" in known and on is not None:
                globulin.append(on)
        return codes, tuple(unknown), tuple(globulin)

    def _state(self, value: Any, at: int) -> tuple[str, Any]:
        """A state's name and the day written with it: `"hiv_exposed"`, `"immunoglobulin:2026-03-01"`,
        `"immunoglobulin 2026-03-01"`, or `{"code": …, "date": …}`.
        """
        if isinstance(value, str):
            dated = _DATED.fullmatch(value.strip())
            if dated is not None:
                return dated[1], dated[2]
            name, colon, rest = value.partition(":")
            return (name.strip(), rest.strip()) if colon and rest.strip() else (value.strip(), None)
        if isinstance(value, dict):
            said = next((value[key] for key in _STATE_KEYS if key in value), None)
            if isinstance(said, str):
                return said.strip(), next((value[key] for key in _DAY_KEYS if key in value), None)
        self.wrong(
            f".states[{at}]", "child.state_invalid", "健康状态应为文字，或含code和date的对象。",
            "A state must be a text, or an object with code and date.", value,
        )  # fmt: skip
        return "", None

    def _history(self) -> tuple[HistoryEntry, ...]:
        given = self.value.get("history")
        if given is None:
            return ()
        if not isinstance(given, list):
            self.wrong(
                ".history", "child.history_invalid", "“history”应为列表。", "history must be a list.", given
            )
            return ()
        return tuple(_entry(each) for each in given)


def _entry(value: Any) -> HistoryEntry:
    """One recorded dose; whatever is missing or odd in it is left for the judging to name."""
    if not isinstance(value, dict):
        return HistoryEntry("", None, value)
    vaccine: Any = value.get("vaccine")
    number = value.get("dose")
    return HistoryEntry(
        vaccine="" if vaccine is None else str(vaccine).strip(),
        date=day(value.get("date")),
        written=value.get("date"),
        number=number if isinstance(number, int) and not isinstance(number, bool) else None,
        by_leaflet=value.get("fund") in (2, "2", "self_paid", "自费") or value.get("by_leaflet") is True,
    )
