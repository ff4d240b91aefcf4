"""Pairs of people who may be one, and which readers may see both."""

from __future__ import annotations

from itertools import takewhile


def shared_path(one: str, other: str) -> str:
    """The institution path both have in common, whole segments only: whoever has it in scope sees both."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(one.split("."), other.split("."), strict=False))
    return "".join(f"{segment}." for segment, _ in shared if segment)
