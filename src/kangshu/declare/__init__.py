"""The language in which capabilities are stated: frozen, validated, serialisable values."""

from kangshu.declare.capability import Capability, Closing, Decision, Example, Fact, Opening
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.form import Check, Choice, Field, FieldType, Form, Range, Section, numbered
from kangshu.declare.indicator import Counts, Direction, Indicator, IndicatorSet, Months
from kangshu.declare.parameter import DatedValue, NormValues, Parameter
from kangshu.declare.rules import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit
from kangshu.declare.schedule import Begins, Branch, DueDates, Interval, Schedule, Step, Window
from kangshu.declare.states import Reason, State, States, StateTransition
from kangshu.kernel.text import Text

__all__ = [
    "Advice",
    "Assessment",
    "BadDeclaration",
    "Begins",
    "Branch",
    "CannotAssess",
    "Capability",
    "Check",
    "Choice",
    "Closing",
    "Counts",
    "DatedValue",
    "Decision",
    "Direction",
    "DueDates",
    "Example",
    "Fact",
    "Field",
    "FieldType",
    "Form",
    "Indicator",
    "IndicatorSet",
    "Interval",
    "Months",
    "NormValues",
    "Opening",
    "Parameter",
    "Parameters",
    "PersonFacts",
    "Range",
    "Reason",
    "Schedule",
    "Section",
    "State",
    "StateTransition",
    "States",
    "Step",
    "Text",
    "Visit",
    "Window",
    "numbered",
]
