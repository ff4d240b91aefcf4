"""Keeps a person's search terms what `terms` says they are."""

from __future__ import annotations

from kangshu.people.models import IdentityDocument, Person, SearchTerm
from kangshu.people.terms import terms_of


def index_person(person: Person) -> None:
    """Write the terms a person is found by, taking away those that no longer hold."""
    last4 = IdentityDocument.objects.filter(person=person, withdrawn_at=None).values_list("last4", flat=True)
    wanted = set(terms_of(person.name, person.phone, person.record_number))
    for part in last4:
        wanted.update(terms_of("", last4=part))
    held = set(SearchTerm.objects.filter(person=person).values_list("term", flat=True))
    SearchTerm.objects.filter(person=person, term__in=held - wanted).delete()
    SearchTerm.objects.bulk_create(
        SearchTerm(term=term, person=person, scope_path=person.scope_path) for term in sorted(wanted - held)
    )
