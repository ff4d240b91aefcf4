"""What a vaccination record takes from the clinic's stock.

A dose that was given was given, so a record is never refused for the books' sake: what the stock does not
cover stands on the list of services not covered, until a delivery is entered or the batch is put right.
Clinics that keep no stock of a vaccine post nothing.
"""

from __future__ import annotations

from kangshu.catalogue.immunisation.codes import VACCINES
from kangshu.declare.posting import Short, StockPosting

PREFIX = "vaccine."


def goods_id(code: str) -> str:
    """The goods of a vaccine's code: MPSV-AC → vaccine.mpsv_ac; 2vHPV → vaccine.v2vhpv."""
    name = code.lower().replace("-", "_")
    return PREFIX + (f"v{name}" if name[0].isdigit() else name)


GOODS_OF = {vaccine.code: goods_id(vaccine.code) for vaccine in VACCINES}

VACCINE_POSTS = (
    StockPosting(
        "immunisation.dose",
        goods_by="vaccine",
        goods_of=GOODS_OF,
        batch="batch",
        short=Short.NOTE,
        where_kept=True,
    ),
)
