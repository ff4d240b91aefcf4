"""The forecaster: from a child's birth, sex, states and doses to every dose of the programme with its dates.

Plain values in and out: no clock, no database, no Django. `forecast(child)` is the whole of it.
"""

from kangshu.immunisation.forecast.engine import forecast
from kangshu.immunisation.forecast.values import (
    Child,
    DoseForecast,
    Forecast,
    HistoryEntry,
    JudgedEntry,
    Status,
)

__all__ = ["Child", "DoseForecast", "Forecast", "HistoryEntry", "JudgedEntry", "Status", "forecast"]
