"""Everything that may be done to the work. Each: one transaction, one audit entry, a named refusal if it
cannot.
"""

from kangshu.work.actions.assigning import hand_over_cases, reassign_cases
from kangshu.work.actions.enrolling import close_case, enrol, reopen_case
from kangshu.work.actions.recording import Saved, record_visit
from kangshu.work.actions.revising import correct_record, withdraw_record

__all__ = [
    "Saved",
    "close_case",
    "correct_record",
    "enrol",
    "hand_over_cases",
    "reassign_cases",
    "record_visit",
    "reopen_case",
    "withdraw_record",
]
