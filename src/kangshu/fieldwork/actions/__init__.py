"""What is done with logbooks: entering, correcting, withdrawing, stages, sites."""

from kangshu.fieldwork.actions.entering import correct_entry, enter, withdraw_entry
from kangshu.fieldwork.actions.sites import change_site, close_site, register_site, reopen_site
from kangshu.fieldwork.actions.stages import advance, correct_stage

__all__ = [
    "advance",
    "change_site",
    "close_site",
    "correct_entry",
    "correct_stage",
    "enter",
    "register_site",
    "reopen_site",
    "withdraw_entry",
]
