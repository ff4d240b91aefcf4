"""Sending a short message. A site brings its own gateway; a demo has a simulator that says it is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Delivery:
    """What became of a message. `shown` is set by the simulator only: the text, for the page to show."""

    sent: bool
    shown: str = ""


class Gateway(Protocol):
    """What a site's gateway must do. Named by `KANGSHU_SMS_GATEWAY`, a dotted path to a class."""

    def send(self, phone: str, text: str) -> Delivery: ...


class Simulator:
    """Sends nothing; the page shows the message in a box that says so."""

    def send(self, phone: str, text: str) -> Delivery:
        return Delivery(sent=True, shown=text)


def gateway() -> Gateway | None:
    """The site's gateway; the simulator in a demo; None where nothing was set up."""
    path = getattr(settings, "KANGSHU_SMS_GATEWAY", "")
    if path:
        made: Gateway = import_string(path)()
        return made
    return Simulator() if settings.KANGSHU_DEMO else None
