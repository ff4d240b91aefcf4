"""A survey, the villages and households of its sample, and the interviews.

A survey keeps its own copy of the questionnaire, so that what was asked stays known whatever becomes of the
declaration. The seed and the random start are kept: whoever repeats the draw gets the same sample.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id


class State(models.TextChoices):
    DRAFT = "draft", _("being designed")
    RUNNING = "running", _("interviews under way")
    CLOSED = "closed", _("survey closed")


class Outcome(models.TextChoices):
    """What became of a household of the sample; empty in the table while it was not visited."""

    LISTED = "listed", _("members listed")
    INTERVIEWED = "interviewed", _("interviewed")
    NOBODY = "nobody", _("nobody of the age asked for")
    VACANT = "vacant", _("nobody lives there")
    ABSENT = "absent", _("nobody met")
    REFUSED = "refused", _("declined")


class Survey(models.Model):
    """`form` is the questionnaire as JSON. Who may be asked: `age_from` to `age_to` (full years, both
    included), of `sex` where it is not empty. `repeats` per cent of the households are asked twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=100, unique=True)
    purpose = models.CharField(max_length=400, blank=True)
    form_id = models.CharField(max_length=80)
    form = models.JSONField()
    first_on = models.DateField()
    last_on = models.DateField()
    age_from = models.PositiveSmallIntegerField(default=18)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    clusters = models.PositiveSmallIntegerField()
    households = models.PositiveSmallIntegerField()
    repeats = models.PositiveSmallIntegerField(default=5)
    shortest = models.PositiveSmallIntegerField(default=5)
    seed = models.BigIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on"), clusters__gt=0, households__gt=0),
                name="surveys_survey_sound",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyCluster(models.Model):
    """A village of the sample. It was to be hit `expected_over` / `expected_under` times and was `hits`."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="drawn")
    region = models.ForeignKey("places.Region", models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    hits = models.PositiveSmallIntegerField()
    expected_over = models.PositiveBigIntegerField()
    expected_under = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["region_id"]
        constraints = [models.UniqueConstraint(fields=["survey", "region"], name="surveys_cluster_once")]


class SurveyHousehold(models.Model):
    """A household of the sample. `roster` lists who lives there: code, name, sex, age. `asked` is the code of
    the member that the Kish table chose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sample")
    cluster = models.ForeignKey(SurveyCluster, models.PROTECT, related_name="sample")
    household = models.ForeignKey("people.Household", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kish_table = models.PositiveSmallIntegerField()
    is_repeated = models.BooleanField(default=False)
    roster = models.JSONField(default=list)
    eligible = models.PositiveSmallIntegerField(null=True, blank=True)
    asked = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    scope_path = ScopePathField()

    class Meta:
        ordering = ["cluster_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "household"], name="surveys_household_once"),
        ]
        indexes = [models.Index(fields=["survey", "scope_path"], name="surveys_household_scope")]


class Interview(models.Model):
    """One interview; `round` 2 is the second of a household that is asked twice. Its id is made by the
    client: sent twice it is one. A wrong one is withdrawn and asked again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(SurveyHousehold, models.PROTECT, related_name="interviews")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    sex = models.CharField(max_length=1)
    age = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    performed_on = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True, blank=True)
    entered_by_name = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    scope_path = ScopePathField()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "round"], condition=Q(withdrawn_at=None), name="surveys_interview_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("started_at"), round__in=(1, 2)),
                name="surveys_interview_sound",
            ),
        ]
