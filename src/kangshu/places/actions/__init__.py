"""What can be done to places. Every act checks its permission, runs in one transaction and is audited."""

from __future__ import annotations

from kangshu.places.actions.institutions import (
    change_institution,
    close_institution,
    merge_institutions,
    move_institution,
    open_institution,
    rename_institution,
    split_institution,
)
from kangshu.places.actions.populations import clear_workday, set_population, set_workday
from kangshu.places.actions.regions import (
    merge_regions,
    open_region,
    recode_region,
    rename_region,
    split_region,
)
from kangshu.places.actions.staff import change_staff, employ, hand_over, post_staff

__all__ = [
    "change_institution",
    "change_staff",
    "clear_workday",
    "close_institution",
    "employ",
    "hand_over",
    "merge_institutions",
    "merge_regions",
    "move_institution",
    "open_institution",
    "open_region",
    "post_staff",
    "recode_region",
    "rename_institution",
    "rename_region",
    "set_population",
    "set_workday",
    "split_institution",
    "split_region",
]
