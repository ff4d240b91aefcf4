"""The site as a WSGI application, for Granian or any other server."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kangshu.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load what the first requests would, and leave all of it out of every later collection of garbage.

    The code, declarations and addresses are some million objects that never go away; looking through them
    held every request of a process up for a quarter of a second, again and again.
    """
    from django.urls import get_resolver

    from kangshu.declare import registry

    registry.capabilities()
    _ = get_resolver().reverse_dict
    gc.collect()
    gc.freeze()
    # Most objects of a request die with their last reference; the default of 700 looks for cycles too often.
    gc.set_threshold(10_000, 20, 50)


settle()
