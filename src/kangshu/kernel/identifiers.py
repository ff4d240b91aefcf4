"""Identifiers made by the platform. The national identifiers and their check characters are in `national`."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7

from kangshu.kernel.national import (
    BadIdentifier,
    RecordNumber,
    ResidentId,
    check_institution_code,
    check_organisation_code,
    check_resident_id,
    check_unified_social_credit_code,
    institution_code,
    organisation_code_check_character,
    parse_record_number,
    record_number,
    resident_id_check_character,
    unified_social_credit_code_check_character,
    unregistered_organisation_code,
)

__all__ = [
    "BadIdentifier",
    "RecordNumber",
    "ResidentId",
    "check_institution_code",
    "check_organisation_code",
    "check_resident_id",
    "check_unified_social_credit_code",
    "institution_code",
    "new_id",
    "organisation_code_check_character",
    "parse_record_number",
    "record_number",
    "resident_id_check_character",
    "unified_social_credit_code_check_character",
    "unregistered_organisation_code",
]


def new_id() -> UUID:
    """A new UUIDv7: ordered by time, so that indexes grow at their end, and makable on a phone offline."""
    return uuid7()
