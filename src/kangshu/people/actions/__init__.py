"""What can be done to a person's record; every action writes, audits and tells its event in one
transaction."""

from kangshu.people.actions.attach import add_attachment, withdraw_attachment
from kangshu.people.actions.change import add_document, change_person, reveal_number, withdraw_document
from kangshu.people.actions.household import form_household, join_household, leave_household
from kangshu.people.actions.merge import merge_people, reject_pair, unmerge_people
from kangshu.people.actions.register import Registered, register_person
from kangshu.people.actions.relate import end_relation, relate_people
from kangshu.people.actions.status import (
    reactivate_person,
    record_death,
    record_departure,
    record_loss,
    record_move,
)

__all__ = [
    "Registered",
    "add_attachment",
    "add_document",
    "change_person",
    "end_relation",
    "form_household",
    "join_household",
    "leave_household",
    "merge_people",
    "reactivate_person",
    "record_death",
    "record_departure",
    "record_loss",
    "record_move",
    "register_person",
    "reject_pair",
    "relate_people",
    "reveal_number",
    "unmerge_people",
    "withdraw_attachment",
    "withdraw_document",
]
