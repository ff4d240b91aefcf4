"""Discovery, versions and the release of declarations."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import kangshu.catalogue
from kangshu.declare import (
    BadDeclaration,
    Capability,
    Field,
    FieldType,
    Form,
    Section,
    Text,
    registry,
    released,
)
from kangshu.declare.registry import Found, Registry, UnknownDeclaration

T = Text("题", "title")
PAST, TODAY = date(2025, 6, 1), date(2026, 6, 1)


def form(version: int = 1, name: str = "length", **more: object) -> Form:
    section = Section("main", T, (Field(name, T, FieldType.INTEGER),))
    return Form("toy.fish.measuring", version, T, (section,), **more)  # type: ignore[arg-type]


def capability(*forms: Form) -> Capability:
    return Capability("toy.fish", 1, T, T, T, forms=forms or (form(),))


def registry_of(*found: Found) -> Registry:
    return Registry([lambda: found])


def test_a_form_is_found_by_version_and_by_day() -> None:
    old = form(1, valid_from=date(2020, 1, 1), valid_to=date(2025, 12, 31))
    new = form(2, name="weight", valid_from=date(2026, 1, 1))
    both = registry_of(Found(capability(new), released_forms=(old,)))
    assert both.form("toy.fish.measuring") == new
    assert both.form("toy.fish.measuring", version=1) == old
    assert both.form("toy.fish.measuring", on=PAST) == old
    assert both.form("toy.fish.measuring", on=TODAY) == new
    assert both.owner("toy.fish.measuring").id == "toy.fish"
    with pytest.raises(UnknownDeclaration, match="in force on 2019"):
        both.form("toy.fish.measuring", on=date(2019, 1, 1))
    with pytest.raises(UnknownDeclaration, match="version 3"):
        both.form("toy.fish.measuring", version=3)
    with pytest.raises(UnknownDeclaration):
        both.form("toy.bird")


def test_two_declarations_of_one_id_are_refused() -> None:
    with pytest.raises(BadDeclaration, match="twice"):
        registry_of(Found(capability()), Found(capability())).capabilities()
    with pytest.raises(BadDeclaration, match="belongs to"):
        registry_of(Found(capability()), Found(replace(capability(), id="toy.bird"))).forms()


def test_a_source_added_later_is_read() -> None:
    one = registry_of()
    assert one.capabilities() == ()
    one.add_source(lambda: [Found(capability())])
    assert [found.id for found in one.capabilities()] == ["toy.fish"]


def test_many_threads_may_ask_while_it_is_read() -> None:
    """A web process starts with several requests at once: nobody may see half an index."""

    def slowly() -> Iterator[Found]:
        time.sleep(0.05)
        yield Found(capability())
        time.sleep(0.05)

    shared = Registry([slowly])
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(shared.form, "toy.fish.measuring") for _ in range(8)]
        time.sleep(0.12)
        shared.reload()
        asked += [threads.submit(shared.form, "toy.fish.measuring") for _ in range(8)]
        assert {answer.result() for answer in asked} == {form()}


def test_a_county_has_no_rules_in_code() -> None:
    county = registry_of(Found(capability(form(rule="assess"))))
    measuring = county.form("toy.fish.measuring")
    with pytest.raises(UnknownDeclaration, match="only code may have rules"):
        county.rule(measuring)


# ---------------------------------------------------------------- a new capability is one new folder

TOY = """
from kangshu.declare import *
from kangshu.declare.expression import answer, performed_on, period

FORM = Form("toy.vision.screening", 1, Text("视力筛查", "Vision screening"), (
    Section("eyes", Text("视力", "Vision"), (
        Field("left", Text("左眼", "Left"), FieldType.DECIMAL, hard=Range.of(0, "5.3"), required=True),
        Field("right", Text("右眼", "Right"), FieldType.DECIMAL, hard=Range.of(0, "5.3"), required=True),
    )),
), rule="assess")

capability = Capability(
    "toy.vision", 1, Text("视力筛查", "Vision screening"), Text("筛查", "Screen"), Text("学生", "pupils"),
    forms=(FORM,),
    indicators=(Indicator("toy_vision.low_share", 1, Text("视力不良率", "Share of low vision"), "%",
        numerator=(answer("left") <= Decimal("4.8")) | (answer("right") <= Decimal("4.8")),
        denominator=performed_on.between(period.first, period.last),
        counts=Counts.RECORDS, form="toy.vision.screening"),),
)
"""
RULES = """
from decimal import Decimal
from kangshu.declare import Assessment, Text

def assess(visit, earlier, person, parameters):
    low = min(visit.answers["left"], visit.answers["right"]) <= Decimal("4.8")
    return Assessment("low" if low else "normal", {"low": low}, Text("完", "done"), refer=low)
"""


@pytest.fixture
def toy_folder(tmp_path: Path) -> Iterator[Path]:
    """A capability in a folder of its own, as if it had been added to the catalogue."""
    folder = tmp_path / "toy" / "vision"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    (folder / "__init__.py").write_text("from decimal import Decimal\n" + TOY)
    (folder / "rules.py").write_text(RULES)
    kangshu.catalogue.__path__.append(str(tmp_path))
    yield folder
    kangshu.catalogue.__path__.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("kangshu.catalogue.toy")]:
        del sys.modules[name]


def test_a_capability_is_one_new_folder(toy_folder: Path) -> None:
    """No edit outside the folder: form, rule and indicator are there."""
    found = Registry([registry.discover])
    assert "toy.vision" in [each.id for each in found.capabilities()]
    screening = found.form("toy.vision.screening", on=TODAY)
    rule = found.rule(screening)
    assert rule is not None
    from decimal import Decimal

    from kangshu.declare import PersonFacts, Visit

    visit = Visit(TODAY, {"left": Decimal("4.7"), "right": Decimal("5.0")})
    assert rule(visit, (), PersonFacts(), registry.NormParameters()).refer
    assert found.indicator("toy_vision.low_share").form == "toy.vision.screening"
    assert found.found("toy.vision").folder == str(toy_folder)


# ---------------------------------------------------------------- releases


def test_a_released_version_does_not_change(toy_folder: Path) -> None:
    found = Registry([registry.discover]).found("toy.vision")
    written = released.release(found.capability, toy_folder, TODAY)
    assert {item.kind for item in written} == {"form", "indicator", "capability"}
    assert released.check(found.capability, toy_folder) == []
    assert released.release(found.capability, toy_folder, TODAY) == []

    changed = replace(found.capability.forms[0], title=Text("改了", "changed"))
    findings = released.check(replace(found.capability, forms=(changed,)), toy_folder)
    assert [finding.kind for finding in findings] == ["changed"]
    assert "give it a new version" in str(findings[0])
    assert released.release(replace(found.capability, forms=(changed,)), toy_folder, TODAY) == []


def test_rules_are_released_but_not_their_comments(toy_folder: Path) -> None:
    found = Registry([registry.discover]).found("toy.vision")
    released.release(found.capability, toy_folder, TODAY)
    rules = toy_folder / "rules.py"
    rules.write_text('"""A docstring."""\n# a comment\n\n' + RULES)
    assert released.check(found.capability, toy_folder) == []
    rules.write_text(RULES.replace("4.8", "4.9"))
    assert [finding.release.kind for finding in released.check(found.capability, toy_folder)] == [
        "capability"
    ]


def test_an_older_form_stays_readable(toy_folder: Path) -> None:
    found = Registry([registry.discover]).found("toy.vision")
    released.release(found.capability, toy_folder, TODAY)
    first = found.capability.forms[0]
    second = replace(found.capability, forms=(replace(first, version=2),))
    assert released.older_forms(second, toy_folder) == (first,)


def test_a_damaged_file_is_seen(toy_folder: Path) -> None:
    found = Registry([registry.discover]).found("toy.vision")
    released.release(found.capability, toy_folder, TODAY)
    path = toy_folder / "released" / "form.toy.vision.screening@1.json"
    stored = json.loads(path.read_text())
    stored["content"]["title"]["en"] = "Another title"
    path.write_text(json.dumps(stored))
    assert [finding.kind for finding in released.check(found.capability, toy_folder)] == ["damaged"]
