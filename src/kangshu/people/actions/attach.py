"""Attachments and photos of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.people import queries
from kangshu.people.files import keep_file
from kangshu.people.models import Attachment, AttachmentKind, Person
from kangshu.people.refusals import BadFile, PersonNotFound

MOST_FILES = 50


@transaction.atomic
def add_attachment(
    *, person_id: UUID, kind: str, title: str, content: bytes, by: Actor, now: datetime
) -> Attachment:
    """Keep a file about a person; a photo becomes the person's picture. Raises BadFile."""
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    if kind not in AttachmentKind.values:
        raise BadFile("kind", "请选择附件类型。", "Choose the kind of file.")
    if Attachment.objects.filter(person=person, withdrawn_at=None).count() >= MOST_FILES:
        raise BadFile(
            "too_many",
            f"每位居民最多 {MOST_FILES} 个附件，请先作废不用的。",
            f"A person has at most {MOST_FILES} files. Withdraw one first.",
        )
    kept = keep_file(content, is_photo=kind == AttachmentKind.PHOTO)
    attachment = Attachment.objects.create(
        person=person,
        kind=kind,
        title=title.strip()[:120] or AttachmentKind(kind).label,
        content_hash=kept.content_hash,
        media_type=kept.media_type,
        size=kept.size,
        added_at=now,
        added_by=by.account_id,
        added_by_name=by.name[:80],
        scope_path=person.scope_path,
    )
    if kind == AttachmentKind.PHOTO:
        Person.objects.filter(pk=person.pk).update(photo=attachment)
    log.write(
        by=by,
        action="attachment.added",
        about=attachment,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"kind": kind, "size": kept.size},
    )
    return attachment


@transaction.atomic
def withdraw_attachment(*, attachment_id: UUID, by: Actor, now: datetime) -> Attachment:
    """Take a file out of use. It stays on disk and in the history; nothing about a person is deleted."""
    check_allowed(by, "edit.resident")
    attachment = Attachment.objects.filter(pk=attachment_id, withdrawn_at=None).first()
    if attachment is None:
        raise PersonNotFound
    attachment.withdrawn_at = now
    attachment.save(update_fields=["withdrawn_at"])
    Person.objects.filter(pk=attachment.person_id, photo=attachment).update(photo=None)
    log.write(
        by=by,
        action="attachment.withdrawn",
        about=attachment,
        person_id=attachment.person_id,
        scope_path=attachment.scope_path,
    )
    return attachment
