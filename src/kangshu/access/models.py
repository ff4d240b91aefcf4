"""Accounts and what they may reach: assignments to roles, grants for single persons, compartments.

Nothing is deleted: an assignment or grant is ended and stays readable, so that "who could see this in March"
has an answer. The functions that turn these rows into a transaction's scope are SQL, in the migrations.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.access.roles import TITLES, Role
from kangshu.kernel.identifiers import new_id
from kangshu.places.models import Institution, Staff


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """One person's key to the platform. Never shared, never deleted, only deactivated.

    A member of staff has `staff`; a resident has `person_id` (no foreign key: people lie above).
    """

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True, db_collation="C")
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    staff = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("staff")
    )
    person_id = models.UUIDField(null=True, blank=True, unique=True)
    acts_for = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("acts for")
    )
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change password"), default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ("name",)
    objects = Accounts()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"

    def clean(self) -> None:
        self.username = self.username.strip().lower()


class Assignment(models.Model):
    """An account has a role at an institution, from a first day to a last day (both included)."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=30, choices=[(r.value, TITLES[r].en) for r in Role])
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="assignments")
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("until"), null=True, blank=True)
    # Ends at once, on the very day: `to_on` alone would leave the rest of the day.
    removed_at = models.DateTimeField(null=True, blank=True)
    given_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("account", "from_on", "id")
        indexes = (models.Index(fields=("account", "institution")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="assignment_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.institution_id}"


class Grant(models.Model):
    """One person's ordinary record is open for a time to an account, or to an institution's staff."""

    class Kind(models.TextChoices):
        REFERRAL = "referral", _("referral")
        TREATMENT = "treatment", _("treatment")
        CONTRACT = "contract", _("family-doctor contract")
        OPEN_CASE = "open_case", _("open case")
        BREAK_GLASS = "break_glass", _("emergency access")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="grants")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    by = models.UUIDField(null=True, blank=True)
    # Where the grant lies for those who review it: the path of the institution that received it.
    scope_path = ScopePathField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.UUIDField(null=True, blank=True)
    review = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-from_at",)
        indexes = (
            models.Index(fields=("account", "until_at")),
            models.Index(fields=("institution", "until_at")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(institution__isnull=True),
                name="grant_is_for_an_account_or_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
                name="grant_ends_after_it_begins",
            ),
            # Emergency access that nobody has to end would be ordinary access.
            models.CheckConstraint(
                condition=~Q(kind="break_glass") | Q(until_at__isnull=False),
                name="break_glass_has_an_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"

    def is_open(self, at: datetime) -> bool:
        ended = self.until_at is not None and self.until_at <= at
        revoked = self.revoked_at is not None and self.revoked_at <= at
        return self.from_at <= at and not ended and not revoked


class CompartmentAccess(models.Model):
    """An account may see one confidential programme's records (within its scope and grants)."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="compartments")
    compartment = models.CharField(_("compartment"), max_length=60)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    from_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("account", "compartment")
        constraints = (
            # The settings carry compartments as a list with commas; '*' is the system's.
            models.CheckConstraint(
                condition=Q(compartment__regex=r"^[a-z0-9_.]+$"), name="compartment_is_a_plain_name"
            ),
            models.UniqueConstraint(
                fields=("account", "compartment"),
                condition=Q(removed_at__isnull=True),
                name="compartment_given_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.compartment}"


class SignInCode(models.Model):
    """One code sent to a resident's phone, or not sent because nobody fits; five minutes, five tries."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone_index = models.CharField(max_length=64)
    code_index = models.CharField(max_length=64, blank=True)
    person_id = models.UUIDField(null=True)
    person_name = models.CharField(max_length=60, blank=True)
    scope_path = ScopePathField(blank=True)
    sent_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("phone_index", "sent_at")),)

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"
