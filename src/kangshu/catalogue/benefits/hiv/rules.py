"""The ceiling of a person and year."""

from __future__ import annotations

from kangshu.catalogue.benefits.pattern import payment_rule

payment = payment_rule("benefits.hiv")
