"""How many children a second the readable forecaster does on one core, with and without writing the answer.

`run(options)` forecasts `options.residents` (20,000 unless said) invented children from birth to seventeen
with the records they would have, some of them late, early or wrong. No database is asked.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

DEFAULT_CHILDREN = 20_000
AS_OF = date(2026, 11, 23)


def run(options: Any = None) -> dict[str, Any]:
    """Forecast them all, once; children a second of wall clock and of processor time."""
    import orjson

    from kangshu.immunisation.forecast import forecast
    from kangshu.immunisation.forecast.answer import to_json

    rng = random.Random(1)
    children = [
        _child(rng, number) for number in range(getattr(options, "residents", None) or DEFAULT_CHILDREN)
    ]
    forecast(children[0])
    wall, processor, doses = time.perf_counter(), time.process_time(), 0
    for child in children:
        doses += len(forecast(child).doses)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    started = time.process_time()
    for child in children:
        orjson.dumps(to_json(forecast(child)))
    written = time.process_time() - started
    return {
        "bench": "immunisation_forecast",
        "children": len(children),
        "recorded_doses": sum(len(child.history) for child in children),
        "doses_forecast": doses,
        "children_per_second": round(len(children) / wall),
        "children_per_processor_second": round(len(children) / processor),
        "children_per_processor_second_with_json": round(len(children) / written),
    }


def _child(rng: random.Random, number: int) -> Any:
    """A child with the doses of its age: nine of ten given, most in their month, some earlier or twice."""
    from kangshu.immunisation.forecast import Child, HistoryEntry, forecast

    birth = AS_OF - timedelta(days=rng.randrange(17 * 365))
    child = Child(number, birth, rng.random() < 0.5, birth)
    history = []
    for dose in forecast(child).doses:
        if dose.recommended is None or rng.random() < 0.1:
            continue
        on = dose.recommended + timedelta(days=rng.choice((-1, 0, 0, 1, 3, 9, 20, 45)))
        if on <= AS_OF:
            history.append(HistoryEntry(dose.vaccine, on))
    return Child(number, birth, child.is_girl, AS_OF, history=tuple(history))
