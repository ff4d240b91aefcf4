"""Pairs of people who may be one, and which readers may see both."""

from __future__ import annotations

import os


def shared_path(one: str, other: str) -> str:
    """The institution path both have in common, whole segments only: whoever has it in scope sees both."""
    common = os.path.commonprefix([one, other])
    return common[: common.rfind(".") + 1]
