"""No page and no job runs as a role that row-level security does not bind."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kangshu.access.guard import check_bound

pytestmark = pytest.mark.django_db


def test_the_application_s_own_role_is_bound():
    check_bound(connection)


def test_the_tables_owner_is_refused(as_owner):
    with as_owner(), pytest.raises(ImproperlyConfigured, match="not bound by row-level security"):
        check_bound(connection)
