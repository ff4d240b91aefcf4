"""The settings of a test run: a state folder of its own, quick passwords, nothing that lasts.

The folder is made here, because the settings already read keys from it. The run's workers inherit its name
and share it; `tests/conftest.py` removes it.
"""

from __future__ import annotations

import os
import tempfile

if "KANGSHU_TEST_HOME" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="kangshu-test-")
    os.chmod(_folder, 0o711)
    os.environ["KANGSHU_TEST_HOME"] = _folder
os.environ["KANGSHU_HOME"] = os.environ["KANGSHU_TEST_HOME"]
# Playwright keeps an event loop in the test's thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for _name in ("KANGSHU_DATABASE_URL", "KANGSHU_OWNER_DATABASE_URL"):
    os.environ.pop(_name, None)

from kangshu.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
