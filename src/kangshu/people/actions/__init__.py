"""What can be done to a person's record; every action writes, audits and tells its event in one
transaction."""

from kangshu.people.actions.attach import add_attachment, withdraw_attachment
from kangshu.people.actions.change import add_document, change_person, reveal_number, withdraw_document
from kangshu.people.actions.correction import answer_correction, ask_correction
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
from kangshu.people.actions.transfer import (
    Asked,
    agree_to_transfer,
    answer_overdue_transfers,
    ask_transfer,
    refuse_transfer,
    withdraw_transfer,
)

__all__ = [
    "Asked",
    "Registered",
    "add_attachment",
    "add_document",
    "agree_to_transfer",
    "answer_correction",
    "answer_overdue_transfers",
    "ask_correction",
    "ask_transfer",
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
    "refuse_transfer",
    "register_person",
    "reject_pair",
    "relate_people",
    "reveal_number",
    "unmerge_people",
    "withdraw_attachment",
    "withdraw_document",
    "withdraw_transfer",
]
