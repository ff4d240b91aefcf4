"""The logbooks beside the benefits: who keeps them and what they count."""

from __future__ import annotations

import pytest

from kangshu.declare import registry


@pytest.mark.parametrize(
    ("id", "site", "figures"),
    [
        (
            "maternal.centre_supervision",
            "supervised_centre",
            {"centre_supervision.visits", "centre_supervision.coverage"},
        ),
        (
            "mental.outpatient_clinics",
            "psychiatric_clinic",
            {"outpatient_clinics.clinics", "outpatient_clinics.sessions", "outpatient_clinics.seen"},
        ),
    ],
)
def test_what_is_registered_and_counted(id, site, figures):
    logbook = registry.declared("logbook")[id]
    assert logbook.site.id == site
    assert {figure.id for figure in logbook.figures} == figures
    assert logbook.keepers
    assert figures <= {indicator.id for indicator in registry.indicators()}
