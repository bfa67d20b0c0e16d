"""All settings: read from the environment, secrets from files, nothing guessed in production."""

import os
import resource
import tempfile
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.environment import (
    BASE_DIR,
    address,
    folder,
    hex_secret,
    redis_socket,
    secret,
    secret_path,
    secrets_dir,
    state_dir,
    tmpfs_dir,
)
from portal.headers import for_static

resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold plaintext and keys

env = environ.Env()

PROFILE = env.str("PORTAL_PROFILE", default="embedded")
if PROFILE not in {"embedded", "production"}:
    raise ImproperlyConfigured("PORTAL_PROFILE is 'embedded' or 'production'.")
PRODUCTION = PROFILE == "production"

STATE_DIR = folder(state_dir())
SECRETS_DIR = secrets_dir()
FILES_DIR = folder(Path(env.str("PORTAL_FILES_DIR", default=str(STATE_DIR / "files"))))
TMPFS_DIR = folder(tmpfs_dir())
# No temporary file of this process or of a program that it starts reaches a disk; portal.checks refuses otherwise.
tempfile.tempdir = os.environ["TMPDIR"] = str(folder(TMPFS_DIR / "tmp"))

SECRET_KEY = secret("django_secret_key", SECRETS_DIR).decode()
DEPLOYMENT = secret("deployment", SECRETS_DIR).decode()
DEPLOYMENT_SALT = hex_secret("deployment_salt", SECRETS_DIR, 32)
# Signs the hourly halves of this host's worker; the web processes need not have it.
_delegate = secret_path("worker_delegate", SECRETS_DIR)
WORKER_DELEGATE: bytes | None = hex_secret("worker_delegate", SECRETS_DIR, 32) if _delegate.exists() else None
# The fingerprint of the organisation root is never read from the database: whoever writes there cannot change it.
_root = env.str("PORTAL_ROOT_FINGERPRINT", default="")
if not _root and secret_path("root_fingerprint", SECRETS_DIR).exists():
    _root = secret("root_fingerprint", SECRETS_DIR).decode()
ROOT_FINGERPRINT: bytes | None = bytes.fromhex(_root) if _root else None

# Who signs packages (docs/operations.md): only workers need these two. Their fingerprint is public.
PACKAGE_KEYS = secret_path("package_keys", SECRETS_DIR)
DOCUMENT_SIGNER = secret_path("document_signer", SECRETS_DIR)
_fingerprint = secret_path("package_fingerprint", SECRETS_DIR)
_told = env.str("PORTAL_PACKAGE_FINGERPRINT", default="")
if not _told and _fingerprint.exists():
    _told = secret("package_fingerprint", SECRETS_DIR).decode()
PACKAGE_FINGERPRINT = "".join(_told.split()).lower()  # people copy it in groups
# Who says the time of a package (RFC 3161), and the file with the certificate that proves their answers; one or two.
TIME_AUTHORITIES = [
    (url, certificate)
    for url, certificate in (
        (env.str("PORTAL_TIME_AUTHORITY_URL", default=""), env.str("PORTAL_TIME_AUTHORITY_CERTIFICATE", default="")),
        (
            env.str("PORTAL_TIME_AUTHORITY_2_URL", default=""),
            env.str("PORTAL_TIME_AUTHORITY_2_CERTIFICATE", default=""),
        ),
    )
    if url
]

DEBUG = False
ALLOWED_HOSTS = env.list("PORTAL_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
SITE_NAME = _("Form")  # neutral on purpose: titles say nothing about the subject
# Who is responsible: the privacy notice names them (GDPR 13(1)). Production has nobody by default; portal.E017 refuses.
CONTROLLER = {
    "organisation": env.str("PORTAL_ORGANISATION", default="" if PRODUCTION else "Example organisation"),
    "address": env.str("PORTAL_ORGANISATION_ADDRESS", default="" if PRODUCTION else "1 Example Street, Example"),
    "dpo": env.str("PORTAL_DATA_PROTECTION_CONTACT", default="" if PRODUCTION else "privacy@form.example"),
}
# The address that people may pass on, without a slash at its end.
_home = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION and ALLOWED_HOSTS else "http://localhost:8000"
SITE_URL = env.str("PORTAL_URL", default="").rstrip("/") or _home

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # behind our own sign-in and in our own frame; see people.admin_site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # templates of widgets, for FORM_RENDERER
    "crispy_forms",
    "csp",
    "django_otp",
    "axes",
    "simple_history",  # of the law alone; see jurisdictions.models.history
    "portal",
    "vault",
    "people",
    "django_otp_webauthn",  # after people: it looks for Person while it is imported
    "jurisdictions",
    "cases",
    "intake",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ResponseHeaders",
    "portal.middleware.OnePolicy",
    "portal.middleware.SplitSession",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.PathLanguage",
    "portal.middleware.BodyFirst",
    "portal.middleware.TokenCsrf",
    "intake.lock.FirstRunLock",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "people.middleware.StaffMiddleware",
    "people.middleware.StaffLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("linen",)
CRISPY_TEMPLATE_PACK = "linen"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database -------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(address("DATABASE_URL", f"sqlite:///{STATE_DIR / 'db.sqlite3'}"))}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # synchronous FULL: a receipt number that a person has seen must survive a power cut.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;PRAGMA secure_delete=ON;PRAGMA cache_size=-16384;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who signs in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["people.hashers.StrongArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Cost of every Argon2id over a password, in KiB, passes and lanes. Production refuses less than 64 MiB and 3 passes.
ARGON2 = {
    "memory_kib": env.int("PORTAL_ARGON2_MEMORY_KIB", default=65536),
    "iterations": env.int("PORTAL_ARGON2_ITERATIONS", default=3),
    "lanes": env.int("PORTAL_ARGON2_LANES", default=1),
}
LOGIN_URL = "people:sign-in"
# Failed passwords are counted by name alone and never stop an address; see people.lockout.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "people.lockout.name_of"
AXES_CLIENT_IP_CALLABLE = "people.lockout.address_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Passkeys are a second factor, never the only one. Host and origin are those of the request, whose host was checked
# against PORTAL_HOSTS; the package insists on seeing a list.
OTP_WEBAUTHN_CREDENTIAL_MODEL = "people.Passkey"
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_RP_ID_CALLABLE = "people.passkeys.host_of"
OTP_WEBAUTHN_RP_NAME = "Workspace"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] or ["http://localhost"]
IDLE_SECONDS = 30 * 60

# --- sessions, cookies, forms ---------------------------------------------------------------------------------
SESSION_ENGINE = "vault.session"
SESSION_COOKIE_NAME = "__Host-s"  # survivors; the desk has its own, see portal.middleware.SplitSession
DESK_COOKIE_NAME = "__Host-d"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
SILENCED_SYSTEM_CHECKS = [
    "admin.E402",  # its templates ask for `user`; ours ask for the person whom people.middleware has verified
    "security.W003",  # looks for Django's own class by name; ours is a subclass, and portal.E001 sees that it is there
    "axes.W002",  # its middleware answers a lock with a page of its own; ours says the same as to a wrong password
    "axes.W003",  # its backend refuses before the hash is computed; people.signing_in asks it and does equal work
    "axes.W006",  # it wants addresses counted, on purpose they are not
]
CSRF_FAILURE_VIEW = "portal.views.forbidden_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # portal.views says so to whoever sends more
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["vault.uploads.SealingUploadHandler"]
UPLOAD_LIMIT = 25 * 2**20  # bytes in one file
# Who scans them: unix:PATH or tcp:HOST:PORT of a clamd whose configuration is CLAMD_CONF; empty: nobody, and each says
# "not scanned". portal.E018 refuses a scanner that would write what it gets to a disk.
CLAMD = env.str("PORTAL_CLAMD", default="")
CLAMD_CONF = env.str("PORTAL_CLAMD_CONF", default="/etc/clamav/clamd.conf")
CLAMD_SECONDS = 20  # that one file may wait for it, in all
ANSWER_LIMIT = 100_000  # characters in one answer
NOTE_LIMIT = 200_000  # characters in one note of the team; 2.4 MB in a form at most, where each takes twelve bytes
CODE_SECONDS = env.int("PORTAL_CODE_SECONDS", default=30)  # of one code of an authenticator; apps show no others
VISIT_SECONDS = 24 * 3600  # a visit without a code
SIGNED_OUT_SECONDS = 60 * 60  # a visit with a code, without use

# What a form costs and how many are taken in, see docs/adr/0006. Each web host counts for itself; production refuses
# less reading and less work than by default.
FLOODS: dict[str, int] = {
    "reading_seconds": env.int("PORTAL_READING_SECONDS", default=20),
    "work_bits": env.int("PORTAL_WORK_BITS", default=18),
    "sends_per_minute": env.int("PORTAL_SENDS_PER_MINUTE", default=60),
    "tries_per_minute": env.int("PORTAL_TRIES_PER_MINUTE", default=60),
    "visits_per_minute": env.int("PORTAL_VISITS_PER_MINUTE", default=600),
}

# --- languages ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Arabic has no longer account yet: the languages of that are those of the catalogue (cases.statement).
SURVIVOR_LANGUAGES = ["be", "ru", "en", "ar"]
DESK_LANGUAGES = ["be", "ru", "en"]  # of staff and lawyers
LANGUAGES = [("be", "Беларуская"), ("ru", "Русский"), ("en", "English"), ("ar", "العربية")]
# What a text of both sides says is said by the first: the survivors' catalogues, which are looked at text by text.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "desk"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Dull pages that somebody might have open anyway; never in Belarus or Russia (ux.md X5).
EXIT_URLS = {
    "be": env.str("PORTAL_EXIT_URL_BE", default="https://be.wikipedia.org/wiki/Надвор’е"),
    "ru": env.str("PORTAL_EXIT_URL_RU", default="https://ru.wikipedia.org/wiki/Погода"),
    "en": env.str("PORTAL_EXIT_URL_EN", default="https://en.wikipedia.org/wiki/Weather"),
    "ar": env.str("PORTAL_EXIT_URL_AR", default="https://ar.wikipedia.org/wiki/طقس"),
}
ONION_ADDRESS = env.str("PORTAL_ONION_ADDRESS", default="")

# --- transport and headers ------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 63072000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page has any business with them
WHITENOISE_ADD_HEADERS_FUNCTION = for_static
STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # our own files; no package serves any
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("PORTAL_STATIC_ROOT", default=str(STATE_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES_DIR)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- e-mail: off unless a server is named; what it says and to whom, see docs/data-flow.md ----------------------
_mail = address("PORTAL_EMAIL_URL", "")  # smtp+tls://USER:PASSWORD@HOST:587, or a file that holds it
EMAIL = environ.Env.email_url_config(_mail) if _mail else {}
MAIL_IS_ON = bool(_mail)
EMAIL_BACKEND = "portal.mail.NeutralSmtp" if MAIL_IS_ON else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "localhost", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_USER") or "", EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = bool(EMAIL.get("EMAIL_USE_TLS")), bool(EMAIL.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.str("PORTAL_EMAIL_FROM", default="")  # a name that says nothing of the subject

# --- background work ------------------------------------------------------------------------------------------
REDIS_SOCKET = redis_socket(STATE_DIR, TMPFS_DIR)
CELERY_BROKER_URL = address("REDIS_URL", f"redis+socket://{REDIS_SOCKET}")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_TIME_LIMIT = 1200
CELERY_TASK_SOFT_TIME_LIMIT = 1100
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1500,  # longer than the longest task, or it runs twice
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
}

# --- logs: no address, no query, no body; texts hold ids and codes --------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}},
    "filters": {"discreet": {"()": "portal.logs.Discreet"}, "unseen": {"()": "portal.logs.Unseen"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "django.request": {"filters": ["unseen"]},
        "django.security.csrf": {"filters": ["unseen"]},
        "axes": {"level": "ERROR"},  # a failed password is no line in a log: its time would tell when somebody works
    },
}
