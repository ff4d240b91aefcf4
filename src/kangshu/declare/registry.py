"""What is declared: found in the folders of the catalogue, and in sources added at run time (a county's own).

Interpreters ask here by id, version or day; they import no statement. A folder under `kangshu.catalogue` is a
capability when its package has a value `capability`; folders are found, never listed.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, cast

from kangshu.declare.capability import Capability
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.form import Form
from kangshu.declare.indicator import Indicator
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


Source = Callable[[], Iterable[Found]]


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
class Registry:
    """Built once from its sources; `reload` builds anew (a county published a version)."""

    sources: list[Source] = field(default_factory=list)
    _loaded: bool = False
    _found: dict[str, Found] = field(default_factory=dict)
    _forms: dict[str, dict[int, Form]] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)
    _indicators: dict[str, dict[int, Indicator]] = field(default_factory=dict)
    _parameters: dict[str, Parameter] = field(default_factory=dict)

    def add_source(self, source: Source) -> None:
        """Add where declarations come from, such as the database. It is read on the next question."""
        if source not in self.sources:
            self.sources.append(source)
        self.reload()

    def reload(self) -> None:
        self._loaded = False

    def _load(self) -> None:
        if self._loaded:
            return
        for store in (self._found, self._forms, self._owners, self._indicators, self._parameters):
            store.clear()
        for source in self.sources:
            for found in source():
                self._add(found)
        self._loaded = True

    def _add(self, found: Found) -> None:
        capability = found.capability
        if capability.id in self._found:
            raise BadDeclaration(capability.id, "is declared twice")
        self._found[capability.id] = found
        for form in (*found.released_forms, *capability.forms):
            owner = self._owners.setdefault(form.id, capability.id)
            if owner != capability.id:
                raise BadDeclaration(form.id, f"belongs to {owner} and to {capability.id}")
            self._forms.setdefault(form.id, {})[form.version] = form
        for indicator in (*found.released_indicators, *capability.indicators):
            self._indicators.setdefault(indicator.id, {})[indicator.version] = indicator
        for parameter in capability.parameters:
            if parameter.id in self._parameters:
                raise BadDeclaration(parameter.id, "is declared twice")
            self._parameters[parameter.id] = parameter

    def capabilities(self) -> tuple[Capability, ...]:
        """By id."""
        self._load()
        return tuple(self._found[id].capability for id in sorted(self._found))

    def found(self, id: str) -> Found:
        self._load()
        if id not in self._found:
            raise UnknownDeclaration(f"no capability {id!r}")
        return self._found[id]

    def capability(self, id: str) -> Capability:
        return self.found(id).capability

    def forms(self) -> tuple[Form, ...]:
        """The latest version of every form, by id."""
        self._load()
        return tuple(self._forms[id][max(self._forms[id])] for id in sorted(self._forms))

    def form(self, id: str, version: int | None = None, on: date | None = None) -> Form:
        """A version of a form: the one asked, else the latest in force on the day, else the latest."""
        self._load()
        versions = self._forms.get(id)
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
        self._load()
        if form_id not in self._owners:
            raise UnknownDeclaration(f"no form {form_id!r}")
        return self.capability(self._owners[form_id])

    def users(self, form_id: str) -> tuple[Capability, ...]:
        """The capabilities whose schedule waits for records of this form, its owner among them."""
        return tuple(
            capability
            for capability in self.capabilities()
            if any(step.form == form_id for step in capability.schedule.steps)
        )

    def indicators(self) -> tuple[Indicator, ...]:
        """The latest version of every indicator, by id."""
        self._load()
        return tuple(versions[max(versions)] for _, versions in sorted(self._indicators.items()))

    def indicator(self, id: str, version: int | None = None) -> Indicator:
        self._load()
        versions = self._indicators.get(id)
        if not versions or (version is not None and version not in versions):
            raise UnknownDeclaration(f"no indicator {id!r}" + (f" version {version}" if version else ""))
        return versions[version or max(versions)]

    def indicator_owner(self, id: str) -> Capability:
        for capability in self.capabilities():
            if any(indicator.id == id for indicator in capability.indicators):
                return capability
        raise UnknownDeclaration(f"no indicator {id!r}")

    def parameters(self) -> tuple[Parameter, ...]:
        self._load()
        return tuple(self._parameters[id] for id in sorted(self._parameters))

    def parameter(self, id: str) -> Parameter:
        self._load()
        if id not in self._parameters:
            raise UnknownDeclaration(f"no parameter {id!r}")
        return self._parameters[id]

    def rule(self, form: Form) -> Rule | None:
        """The function that assesses records of a form; None when the form has no rule (a county's own)."""
        if not form.rule:
            return None
        module = self.found(self.owner(form.id).id).module
        if not module:
            raise UnknownDeclaration(f"{form.id} names the rule {form.rule}, but only code may have rules")
        return cast(Rule, getattr(importlib.import_module(f"{module}.rules"), form.rule))


def discover(package: str = CATALOGUE) -> Iterable[Found]:
    """Every capability under a package, at any depth."""
    for module in packages(package):
        if isinstance(getattr(module, "capability", None), Capability):
            yield _found_in(module)


def _found_in(module: ModuleType) -> Found:
    folder = Path(module.__path__[0])
    return Found(
        capability=module.capability,
        module=module.__name__,
        folder=str(folder),
        released_forms=older_forms(module.capability, folder),
        released_indicators=older_indicators(module.capability, folder),
    )


class NormParameters:
    """The norms' own values of everything declared, without any local change."""

    def value(self, id: str, on: date) -> Decimal:
        """Raises UnknownDeclaration."""
        return registry.parameter(id).value_on(on)


registry = Registry([discover])

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
parameters = registry.parameters
parameter = registry.parameter
rule = registry.rule
