"""The tables of the person: identity, residence, relations, households, search, duplicates.

Every row about a person carries the `scope_path` of the institution responsible for them; row security
compares it with the reader's range. A merge rewrites nothing: `Person.merged_into` points at the person
who stands for both, one level deep, so that `COALESCE(merged_into_id, id)` is the canonical id.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id
from kangshu.people.changes import ChangedXidField
from kangshu.people.requests import CorrectionRequest, TransferRequest  # noqa: F401 - Django looks here


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    NOT_STATED = "9", _("not stated")


class BirthPrecision(models.TextChoices):
    """How much of the birth date is known; the unknown part is written as 1."""

    DAY = "day", _("exact day")
    MONTH = "month", _("month only")
    YEAR = "year", _("year only")
    UNKNOWN = "unknown", _("unknown")


class ResidenceType(models.TextChoices):
    """常住类型 of the personal form (norms A1.3)."""

    HUKOU = "1", _("registered household here")
    NON_HUKOU = "2", _("living here, registered elsewhere")


class PersonStatus(models.TextChoices):
    """Life cycle of a record (norms A1.4)."""

    ACTIVE = "active", pgettext_lazy("person", "active")
    MOVED = "moved", _("moved away")
    DEAD = "dead", _("dead")
    LOST = "lost", _("lost to contact")
    PENDING = "pending", _("waiting for review")


class Undocumented(models.TextChoices):
    """Why a person has no resident identity number."""

    NO = "", _("has an identity number")
    NEWBORN = "newborn", _("newborn")
    FOREIGNER = "foreigner", _("foreigner")
    UNKNOWN = "unknown", _("unknown person")
    OTHER = "other", _("other reason")


class Person(models.Model):
    """A resident or a patient. `region` is where they live, `institution` who is responsible for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=50)
    name_pinyin = models.CharField(max_length=200, db_collation="C", blank=True, default="")
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(
        max_length=7, choices=BirthPrecision.choices, default=BirthPrecision.DAY
    )
    ethnic_group = models.CharField(max_length=2, default="01")
    phone = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    contact_name = models.CharField(max_length=50, blank=True, default="")
    contact_phone = models.CharField(max_length=20, blank=True, default="")
    region = models.ForeignKey("places.Region", models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    record_number = models.CharField(max_length=17, unique=True, null=True, blank=True)
    residence_type = models.CharField(
        max_length=1, choices=ResidenceType.choices, default=ResidenceType.HUKOU
    )
    undocumented = models.CharField(
        max_length=9, choices=Undocumented.choices, default=Undocumented.NO, blank=True
    )
    status = models.CharField(max_length=7, choices=PersonStatus.choices, default=PersonStatus.ACTIVE)
    death_on = models.DateField(null=True, blank=True)
    death_cause = models.CharField(max_length=200, blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    photo = models.ForeignKey(
        "people.Attachment", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [
            models.Index(fields=["scope_path", "name_pinyin", "id"], name="people_person_register"),
            # A large register is read in this order: its first page walks the index and sorts nothing.
            models.Index(fields=["region", "name_pinyin", "id"], name="people_person_village"),
            models.Index(fields=["birth_date", "name"], name="people_person_birth"),
            models.Index(fields=["changed_xid"], name="people_person_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="people_person_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def canonical_id(self):
        """The id under which this person is counted and locked."""
        return self.merged_into_id or self.id


class DocumentKind(models.TextChoices):
    """CV02.01.101 (norms I1.5), with the birth certificate and the kangshu temporary number kept as 99."""

    RESIDENT_ID = "01", _("resident identity card")
    HOUSEHOLD_BOOK = "02", _("household register")
    PASSPORT = "03", _("passport")
    OFFICER = "04", _("officer's card")
    DRIVER = "05", _("driving licence")
    HONG_KONG_MACAU = "06", _("Hong Kong or Macau pass")
    TAIWAN = "07", _("Taiwan pass")
    OTHER = "99", _("other document")


class IdentityDocument(models.Model):
    """A number that names a person. Encrypted; found by a keyed index; only the last four stay readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=2, choices=DocumentKind.choices)
    number_encrypted = models.BinaryField()
    number_index = models.BinaryField(max_length=32)
    last4 = models.CharField(max_length=4, blank=True, default="")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        constraints = [
            # Two people cannot hold one number, however fast two clerks press save.
            models.UniqueConstraint(
                fields=["number_index"], condition=Q(withdrawn_at__isnull=True), name="people_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} …{self.last4}"


class Residence(models.Model):
    """Where a person lived and who was responsible, from the first to the last day, both included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="residences", db_index=False)
    region = models.ForeignKey("places.Region", models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+", db_index=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "from_on"], name="people_residence_person"),
            models.Index(fields=["changed_xid"], name="people_residence_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_on__isnull=True), name="people_residence_one_current"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="people_residence_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.from_on}–{self.to_on or ''}"


class RelationKind(models.TextChoices):
    """What `other` is to `person`."""

    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    GUARDIAN = "guardian", _("guardian")
    SPOUSE = "spouse", _("spouse")


class Relation(models.Model):
    """One person's link to another: `other` is the `kind` (mother, guardian …) of `person`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, models.PROTECT, related_name="related_to")
    kind = models.CharField(max_length=8, choices=RelationKind.choices)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "kind"],
                condition=Q(to_on__isnull=True),
                name="people_relation_once",
            ),
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="people_relation_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.other_id}"


class Household(models.Model):
    """People who live together; the head's name is how a village knows the house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, blank=True, default="")
    head = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey("places.Region", models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    def __str__(self) -> str:
        return self.number or str(self.id)


class HouseholdRole(models.TextChoices):
    """Relation to the head of the household, GB/T 4761."""

    HEAD = "0", _("head")
    SPOUSE = "1", _("spouse")
    SON = "2", _("son")
    DAUGHTER = "3", _("daughter")
    GRANDCHILD = "4", _("grandchild")
    PARENT = "5", _("parent")
    GRANDPARENT = "6", _("grandparent")
    SIBLING = "7", _("brother or sister")
    OTHER = "8", _("other")


class HouseholdMember(models.Model):
    """A person's place in a household, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=1, choices=HouseholdRole.choices, default=HouseholdRole.OTHER)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_on__isnull=True), name="people_member_one_household"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class SearchTerm(models.Model):
    """What a person can be found by: every suffix of name, pinyin, phone, and record number (see `terms`).

    The primary key is the search index: a range of `term`, the scope beside it, the person in it, so that a
    search under row security never leaves the index.
    """

    pk = models.CompositePrimaryKey("term", "scope_path", "person_id")
    term = models.CharField(max_length=64, db_collation="C")
    # Without a constraint: twenty derived rows a person, whose checks would be most of a bulk load's time.
    person = models.ForeignKey(Person, models.CASCADE, related_name="search_terms", db_constraint=False)
    scope_path = ScopePathField()

    def __str__(self) -> str:
        return self.term


class RecordNumberSerial(models.Model):
    """The last serial number allotted in a village (norms A1.1); its row lock keeps numbers without gaps."""

    region_code = models.CharField(max_length=12, primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.region_code} {self.last}"


class PersonChange(models.Model):
    """What was corrected or changed in a person's own facts: {field: [before, after]}."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    changes = models.JSONField()
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)
    scope_path = ScopePathField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", _("photo")
    CONSENT = "consent", _("consent")
    REPORT = "report", _("report")
    OTHER = "other", _("other document")


class Attachment(models.Model):
    """A file about a person, kept under its content's hash; served only by a page that checks the scope."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=8, choices=AttachmentKind.choices, default=AttachmentKind.OTHER)
    title = models.CharField(max_length=120)
    content_hash = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(help_text="bytes")
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    added_by_name = models.CharField(max_length=80, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, blank=True, default="")
    changed_xid = ChangedXidField()

    def __str__(self) -> str:
        return self.title


class PairState(models.TextChoices):
    OPEN = "open", pgettext_lazy("person", "to review")
    MERGED = "merged", _("merged")
    DIFFERENT = "different", _("not the same person")


class DuplicatePair(models.Model):
    """Two people who may be one. `scope_path` is what their two paths share, so its readers see both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_a = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_b = models.ForeignKey(Person, models.PROTECT, related_name="+")
    probability = models.FloatField()
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=PairState.choices, default=PairState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=80, blank=True, default="")
    scope_path = ScopePathField()

    class Meta:
        indexes = [models.Index(fields=["state", "-probability"], name="people_pair_to_review")]
        constraints = [
            models.UniqueConstraint(fields=["person_a", "person_b"], name="people_pair_once"),
            models.CheckConstraint(
                condition=Q(person_a__lt=models.F("person_b")), name="people_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_a_id} ~ {self.person_b_id}"


class MergeLog(models.Model):
    """One merge and, if it was taken back, its undoing. `repointed` are those who pointed at `merged`
    before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+")
    repointed = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=80, blank=True, default="")
    scope_path = ScopePathField()

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
