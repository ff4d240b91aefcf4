"""What is declared: found in the folders of the catalogue, and in sources added at run time (a county's own).

Interpreters ask here by id, version or day; they import no statement. A folder under `kangshu.catalogue` is a
capability when its package has a value `capability`, a logbook when it has `logbook`; folders are found,
never listed. Forms of logbooks are about no person: they are known by their id, but not among `forms()`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any, Protocol, cast

from kangshu.declare.capability import Capability
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.form import Form
from kangshu.declare.indicator import Indicator, IndicatorOwner
from kangshu.declare.logbook import Logbook
from kangshu.declare.parameter import Parameter
from kangshu.declare.released import older_forms, older_indicators
from kangshu.declare.rules import Rule

CATALOGUE = "kangshu.catalogue"


class UnknownDeclaration(LookupError):
    """Nothing of that id, version or day is declared."""


@dataclass(frozen=True)
class Found:
    """A capability, where it was found (`module` is empty for a county's own) and the older forms and
    indicators that were released by it."""

    capability: Capability
    module: str = ""
    folder: str = ""
    released_forms: tuple[Form, ...] = ()
    released_indicators: tuple[Indicator, ...] = ()

    @property
    def relative_folder(self) -> str:
        """The folder as the repository names it."""
        return f"src/{self.module.replace('.', '/')}" if self.module else ""


@dataclass(frozen=True)
class FoundLogbook:
    """A logbook, where it was found, and the older forms that were released by it."""

    logbook: Logbook
    module: str
    folder: str
    released_forms: tuple[Form, ...] = ()


Source = Callable[[], Iterable[Found]]


#: Names under which a folder may declare indicators that belong to no capability.
OWNERS = ("logbook", "indicator_set")


class Identified(Protocol):
    """What else a folder of the catalogue may declare under a name of its own (`report = …`)."""

    @property
    def id(self) -> str: ...


def declared(attribute: str, package: str = CATALOGUE) -> dict[str, Any]:
    """Every value of that name in the packages of the catalogue, by its id: `declared("report")`."""
    return {id: value for id, (value, _) in declared_in(attribute, package).items()}


def declared_in(attribute: str, package: str = CATALOGUE) -> dict[str, tuple[Any, Path]]:
    """As `declared`, each value with its folder."""
    values: dict[str, tuple[Any, Path]] = {}
    for module in packages(package):
        value: Identified | None = getattr(module, attribute, None)
        if value is not None:
            if value.id in values:
                raise BadDeclaration(value.id, "is declared twice")
            values[value.id] = (value, Path(module.__path__[0]))
    return values


def packages(package: str = CATALOGUE) -> Iterable[ModuleType]:
    """Every package under the catalogue, at any depth."""
    root = importlib.import_module(package)
    for info in pkgutil.walk_packages(root.__path__, f"{package}."):
        if info.ispkg:
            yield importlib.import_module(info.name)


@dataclass
class _Index:
    """Everything declared, by id. Filled once, then only read."""

    found: dict[str, Found] = field(default_factory=dict)
    forms: dict[str, dict[int, Form]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, dict[int, Indicator]] = field(default_factory=dict)
    indicator_owners: dict[str, IndicatorOwner] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    logbooks: dict[str, FoundLogbook] = field(default_factory=dict)
    entry_forms: dict[str, dict[int, Form]] = field(default_factory=dict)
    keepers: dict[str, str] = field(default_factory=dict)

    def add_logbook(self, found: FoundLogbook) -> None:
        """Logbooks about the same kind of site share its form."""
        logbook = found.logbook
        if logbook.id in self.logbooks or logbook.id in self.found:
            raise BadDeclaration(logbook.id, "is declared twice")
        self.logbooks[logbook.id] = found
        shared = None if logbook.site is None else logbook.site.form.id
        for form in (*found.released_forms, *logbook.forms):
            known = self.entry_forms.setdefault(form.id, {})
            owner = self.keepers.setdefault(form.id, logbook.id)
            if form.id in self.forms or (owner != logbook.id and form.id != shared):
                raise BadDeclaration(form.id, f"belongs to {owner} and to {logbook.id}")
            if known.get(form.version, form) != form:
                raise BadDeclaration(form.id, f"is declared differently by {owner} and {logbook.id}")
            known[form.version] = form

    def add(self, found: Found) -> None:
        capability = found.capability
        if capability.id in self.found:
            raise BadDeclaration(capability.id, "is declared twice")
        self.found[capability.id] = found
        for form in (*found.released_forms, *capability.forms):
            owner = self.owners.setdefault(form.id, capability.id)
            if owner != capability.id:
                raise BadDeclaration(form.id, f"belongs to {owner} and to {capability.id}")
            self.forms.setdefault(form.id, {})[form.version] = form
        self.add_indicators(capability, found.released_indicators)
        for parameter in capability.parameters:
            if parameter.id in self.parameters:
                raise BadDeclaration(parameter.id, "is declared twice")
            self.parameters[parameter.id] = parameter

    def add_indicators(self, owner: IndicatorOwner, released: Iterable[Indicator] = ()) -> None:
        for indicator in released:
            self.indicators.setdefault(indicator.id, {})[indicator.version] = indicator
        for indicator in owner.indicators:
            other = self.indicator_owners.setdefault(indicator.id, owner)
            if other is not owner:
                raise BadDeclaration(indicator.id, f"is declared by {other.id} and by {owner.id}")
            self.indicators.setdefault(indicator.id, {})[indicator.version] = indicator


class Registry:
    """Read once from its sources; `reload` reads anew (a county published a version).

    Threads of a web process share it: an index is built wholly, and then takes the place of the old one.
    """

    def __init__(
        self,
        sources: Iterable[Source] = (),
        logbooks: Callable[[], Iterable[FoundLogbook]] = tuple,
    ) -> None:
        self._sources = list(sources)
        self._logbooks = logbooks
        self._built: _Index | None = None
        self._building = RLock()

    def add_source(self, source: Source) -> None:
        """Add where declarations come from, such as the database. It is read on the next question."""
        with self._building:
            if source not in self._sources:
                self._sources.append(source)
            self.reload()

    def reload(self) -> None:
        with self._building:
            self._built = None

    @property
    def _index(self) -> _Index:
        built = self._built
        if built is not None:
            return built
        with self._building:
            if self._built is None:
                index = _Index()
                for source in self._sources:
                    for found in source():
                        index.add(found)
                for found_logbook in self._logbooks():
                    index.add_logbook(found_logbook)
                if discover in self._sources:
                    _add_owners(index)
                self._built = index
            return self._built

    def capabilities(self) -> tuple[Capability, ...]:
        """By id."""
        return tuple(self._index.found[id].capability for id in sorted(self._index.found))

    def found(self, id: str) -> Found:
        if id not in self._index.found:
            raise UnknownDeclaration(f"no capability {id!r}")
        return self._index.found[id]

    def capability(self, id: str) -> Capability:
        return self.found(id).capability

    def forms(self) -> tuple[Form, ...]:
        """The latest version of every form, by id."""
        return tuple(self._index.forms[id][max(self._index.forms[id])] for id in sorted(self._index.forms))

    def form(self, id: str, version: int | None = None, on: date | None = None) -> Form:
        """A version of a form: the one asked, else the latest in force on the day, else the latest."""
        versions = self._index.forms.get(id) or self._index.entry_forms.get(id)
        if not versions:
            raise UnknownDeclaration(f"no form {id!r}")
        if version is not None:
            if version not in versions:
                raise UnknownDeclaration(f"no version {version} of form {id!r}")
            return versions[version]
        candidates = [form for form in versions.values() if on is None or form.is_in_force(on)]
        if not candidates:
            raise UnknownDeclaration(f"no version of form {id!r} is in force on {on}")
        return max(candidates, key=lambda form: form.version)

    def owner(self, form_id: str) -> Capability:
        """The capability that owns a form."""
        if form_id not in self._index.owners:
            raise UnknownDeclaration(f"no form {form_id!r}")
        return self.capability(self._index.owners[form_id])

    def users(self, form_id: str) -> tuple[Capability, ...]:
        """The capabilities whose schedule waits for records of this form, its owner among them."""
        return tuple(
            capability
            for capability in self.capabilities()
            if any(step.form == form_id for step in capability.schedule.steps)
        )

    def indicators(self) -> tuple[Indicator, ...]:
        """The latest version of every indicator, by id."""
        return tuple(versions[max(versions)] for _, versions in sorted(self._index.indicators.items()))

    def indicator(self, id: str, version: int | None = None) -> Indicator:
        versions = self._index.indicators.get(id)
        if not versions or (version is not None and version not in versions):
            raise UnknownDeclaration(f"no indicator {id!r}" + (f" version {version}" if version else ""))
        return versions[version or max(versions)]

    def indicator_owner(self, id: str) -> IndicatorOwner:
        """The capability, logbook or set of indicators that declares it."""
        owner = self._index.indicator_owners.get(id)
        if owner is None:
            raise UnknownDeclaration(f"no indicator {id!r}")
        return owner

    def logbooks(self) -> tuple[Logbook, ...]:
        """By id."""
        return tuple(self._index.logbooks[id].logbook for id in sorted(self._index.logbooks))

    def logbook(self, id: str) -> Logbook:
        if id not in self._index.logbooks:
            raise UnknownDeclaration(f"no logbook {id!r}")
        return self._index.logbooks[id].logbook

    def logbook_of(self, form_id: str) -> Logbook:
        """The logbook that declares a form of entries, stages or sites; of a shared one the first."""
        if form_id not in self._index.keepers:
            raise UnknownDeclaration(f"no form {form_id!r} of a logbook")
        return self.logbook(self._index.keepers[form_id])

    def parameters(self) -> tuple[Parameter, ...]:
        return tuple(self._index.parameters[id] for id in sorted(self._index.parameters))

    def parameter(self, id: str) -> Parameter:
        if id not in self._index.parameters:
            raise UnknownDeclaration(f"no parameter {id!r}")
        return self._index.parameters[id]

    def rule(self, form: Form) -> Rule | None:
        """The function that assesses records of a form; None when the form has no rule (a county's own)."""
        if not form.rule:
            return None
        if form.id in self._index.keepers:
            module = self._index.logbooks[self._index.keepers[form.id]].module
        else:
            module = self.found(self.owner(form.id).id).module
        if not module:
            raise UnknownDeclaration(f"{form.id} names the rule {form.rule}, but only code may have rules")
        return cast(Rule, getattr(importlib.import_module(f"{module}.rules"), form.rule))


def discover(package: str = CATALOGUE) -> Iterable[Found]:
    """Every capability under a package, at any depth."""
    for module in packages(package):
        if isinstance(getattr(module, "capability", None), Capability):
            yield _found_in(module)


def _add_owners(index: _Index) -> None:
    """The indicators of what is no capability, with what was released of them."""
    for attribute in OWNERS:
        for owner, folder in declared_in(attribute).values():
            if hasattr(owner, "indicators"):
                index.add_indicators(owner, older_indicators(owner, folder))


def _found_in(module: ModuleType) -> Found:
    folder = Path(module.__path__[0])
    return Found(
        capability=module.capability,
        module=module.__name__,
        folder=str(folder),
        released_forms=older_forms(module.capability, folder),
        released_indicators=older_indicators(module.capability, folder),
    )


def discover_logbooks(package: str = CATALOGUE) -> Iterable[FoundLogbook]:
    """Every logbook under a package, at any depth."""
    for module in packages(package):
        logbook = getattr(module, "logbook", None)
        if isinstance(logbook, Logbook):
            folder = Path(module.__path__[0])
            yield FoundLogbook(logbook, module.__name__, str(folder), older_forms(logbook, folder))


class NormParameters:
    """The norms' own values of everything declared, without any local change."""

    def value(self, id: str, on: date) -> Decimal:
        """Raises UnknownDeclaration."""
        return registry.parameter(id).value_on(on)


registry = Registry([discover], discover_logbooks)

add_source = registry.add_source
reload = registry.reload
capabilities = registry.capabilities
capability = registry.capability
forms = registry.forms
form = registry.form
owner = registry.owner
users = registry.users
indicators = registry.indicators
indicator = registry.indicator
indicator_owner = registry.indicator_owner
logbooks = registry.logbooks
logbook = registry.logbook
logbook_of = registry.logbook_of
parameters = registry.parameters
parameter = registry.parameter
rule = registry.rule
