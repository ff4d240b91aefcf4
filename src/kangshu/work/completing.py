"""Forms whose owner checks and completes the answers itself, whichever way they come in.

Most forms are judged by their declaration alone. A vaccine dose is judged by a forecaster that lies in a
package above this one: it registers itself here, so that the clinic's page, the ordinary form, the joint
visit, the interface and a correction all go through it, and none is a way round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

Answers = Mapping[str, Any]
Origins = Mapping[str, str]

Completer = Callable[[UUID, Answers, Origins, date, frozenset[UUID]], tuple[dict[str, Any], dict[str, str]]]
"""(person, answers, provenance, day of service, records to leave out) → answers and provenance as they are
to be stored. Raises a Refusal when the record cannot be made like this."""


@dataclass(frozen=True)
class OwnForm:
    """A form with a completer. `page` is the url name of its own page, which takes the person's id;
    `reckoned` names the questions that the completer answers and nobody is asked."""

    complete: Completer
    page: str
    reckoned: frozenset[str] = frozenset()


_own: dict[str, OwnForm] = {}


def complete_with(form_id: str, own: OwnForm) -> None:
    """Say who completes a form. The last one registered counts."""
    _own[form_id] = own


def own_form(form_id: str) -> OwnForm | None:
    return _own.get(form_id)


def completed_by_owner(
    form_id: str,
    person: UUID,
    answers: Answers,
    provenance: Origins | None,
    performed_on: date,
    without: frozenset[UUID],
) -> tuple[Answers, Origins]:
    """The answers as the form's owner completes them; as they came where it has none."""
    own = _own.get(form_id)
    if own is None:
        return answers, provenance or {}
    return own.complete(person, answers, provenance or {}, performed_on, without)
