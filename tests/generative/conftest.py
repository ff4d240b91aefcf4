"""The world of tests/work, shared."""

from tests.work.conftest import county, world  # noqa: F401 - fixtures
