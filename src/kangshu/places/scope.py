"""Scope as a range of paths: all under an institution is `low <= path < high`, compared byte by byte."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENT = 4


def path_range(path: str) -> tuple[str, str]:
    """(low, high) of an institution and all below it: `0001.0003.` → (`0001.0003.`, `0001.0003/`).

    `/` follows `.` in ASCII, and the columns compare with collation "C". A range can use the index under row
    security, where LIKE cannot (its operator is not leakproof). An empty path is an empty range.
    """
    if not path:
        return "", ""
    if not path.endswith("."):
        raise ValueError(f"an institution path ends with a dot, got {path!r}")
    return path, path[:-1] + "/"


def is_within(path: str, scope_path: str) -> bool:
    """Whether `path` is the scope's institution or below it."""
    low, high = path_range(scope_path)
    return low <= path < high


def path_segment(number: int) -> str:
    """The base-36 segment of the `number`-th child: 1 → `0001.`; up to 1,679,615 children."""
    if not 0 <= number < 36**SEGMENT:
        raise ValueError(f"a path segment holds 0 to {36**SEGMENT - 1}, got {number}")
    digits = ""
    for _ in range(SEGMENT):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits + "."


def segment_number(path: str) -> int:
    """The number of the last segment of a path: `0001.000z.` → 35."""
    return int(path[:-1].rsplit(".", 1)[-1], 36)


def parent_path(path: str) -> str:
    """The path one level up; empty for the root."""
    return path[: -(SEGMENT + 1)]
