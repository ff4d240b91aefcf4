"""Django's settings. Everything a site may choose comes from the environment, under names `KANGSHU_*`
(`docs/production.md` lists them); everything else is decided here.
"""

from __future__ import annotations

import os
import warnings
from datetime import timedelta
from pathlib import Path

from kangshu.config import keys
from kangshu.config.connections import database_settings
from kangshu.config.home import home, keys_folder, media_folder, snapshots_folder

PACKAGE = Path(__file__).resolve().parents[1]


def _on(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


DEBUG = _on("KANGSHU_DEBUG")
SECRET_KEY = keys.read_or_create(keys_folder(), "django")
ALLOWED_HOSTS = os.environ.get("KANGSHU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("KANGSHU_ORIGINS", "").split(",") if origin]
HTTPS = _on("KANGSHU_HTTPS")
# Every screen then says that its people are invented.
KANGSHU_DEMO = KANGSHU_SYNTHETIC = _on("KANGSHU_DEMO", default=(home() / "demo.json").exists())

# Seconds after which a process asks whether the county has published a declaration meanwhile.
KANGSHU_DECLARATIONS_EVERY = float(os.environ.get("KANGSHU_DECLARATIONS_EVERY", "2"))

# --- What is installed ---------------------------------------------------------------------------------
# Owners of tables and templates, lowest layer first; a plain package (kernel, codes, declare) is no app.
KANGSHU_APPS = [
    f"kangshu.{name}"
    for name in (
        "ui",
        "audit",
        "places",
        "access",
        "people",
        "figures",
        "care",
        "ledger",
        "stock",
        "work",
        "indicators",
        "immunisation",
        "growth",
        "births",
        "messaging",
        "campaigns",
        "surveys",
        "fieldwork",
        "authenticity",
        "archives",
        "exchange",
        "summaries",
        "appraisal",
        "demo",
        "web",
    )
    if (PACKAGE / name / "apps.py").exists()
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "ninja",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "procrastinate.contrib.django",
    *KANGSHU_APPS,
]
MIDDLEWARE = [
    "kangshu.config.metrics.Measured",
    "kangshu.campaigns.freshness.Fresh",
    "django.middleware.security.SecurityMiddleware",
    "kangshu.config.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kangshu.config.sessions.IdleExpiry",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "kangshu.config.urls"
WSGI_APPLICATION = "kangshu.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kangshu.web.context.shell",
            ],
        },
    }
]

# --- Data ----------------------------------------------------------------------------------------------
DATABASES = database_settings()
# The role that migrations grant rows to and take rights from.
KANGSHU_APP_ROLE = DATABASES["default"]["USER"]
# A pooler that gives each transaction another connection (PgBouncer before 1.21) cannot keep statements.
KANGSHU_PREPARED = _on("KANGSHU_PREPARED", default=True)
KANGSHU_SNAPSHOTS = snapshots_folder()
KANGSHU_HOME = home()
KANGSHU_KEYS = keys_folder()
MEDIA_ROOT = media_folder()
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A form of the yearly check has some 200 fields; imports arrive as files.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Signing in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kangshu.access.sign_in.PasswordBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kangshu.access.passwords.LengthAndKinds"},
]
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "web:desk"
LOGOUT_REDIRECT_URL = "access:sign_in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_ENABLE_ACCESS_FAILURE_LOG = False
# Who signed in and who failed is written by `audit`, sealed; axes only counts.
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "康枢 kangshu"

SESSION_ENGINE = "kangshu.access.stored_sessions"
SESSION_COOKIE_AGE = int(os.environ.get("KANGSHU_IDLE_SECONDS", str(30 * 60)))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _on("KANGSHU_BEHIND_PROXY") else None
CSRF_FAILURE_VIEW = "kangshu.web.errors.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# `access.entry` does both: it counts failures by account, because a whole clinic shares one address.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W006"]

# --- Language and time ---------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Static files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("KANGSHU_STATIC_ROOT", home() / "static"))
# Straight from the packages when they were not collected: a demo needs no second copy.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
warnings.filterwarnings("ignore", "No directory at", UserWarning)
WHITENOISE_AUTOREFRESH = DEBUG

# --- Log: to standard error, one line each; standard output belongs to a command's answer ---------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "kangshu.config.logs.WithoutRows",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("KANGSHU_LOG_LEVEL", "WARNING")},
}
