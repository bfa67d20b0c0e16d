"""gunicorn's settings: two processes with threads, no access log, nothing of a request on a disk."""

import os

import gunicorn.http.wsgi
from gunicorn.arbiter import Arbiter

from portal.environment import BASE_DIR
from portal.ops.cycles import collect_rarely
from portal.ops.web_worker import WebWorker

gunicorn.http.wsgi.SERVER = "web"  # the header says nothing about what runs here

chdir = str(BASE_DIR)
bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("PORTAL_WEB_PROCESSES", "2"))
# A 25 MB file over a bad line takes an hour and keeps one thread, but none of those that answer pages: uploads have a
# pool of their own, as many again may wait for it, and every body has to keep a pace (portal.ops.web_worker). No
# connection is kept open between requests (the proxy does that), so that nobody queues while another process is free.
worker_class = "portal.ops.web_worker.WebWorker"
threads = int(os.environ.get("PORTAL_WEB_THREADS", "24"))
WebWorker.uploads = int(os.environ.get("PORTAL_WEB_UPLOADS", "24"))
worker_connections = threads + 2 * WebWorker.uploads
keepalive = 0
timeout = 120  # of a process that shows no life; a slow upload does not count
graceful_timeout = int(os.environ.get("PORTAL_WEB_GRACE", "30"))
preload_app = True


def when_ready(server: Arbiter) -> None:
    """Before the processes fork, everything that stays is loaded."""
    collect_rarely()


umask = 0o077
worker_tmp_dir = "/dev/shm"  # noqa: S108 - holds heartbeats only
control_socket_disable = True

limit_request_line = 2048
limit_request_fields = 50
limit_request_field_size = 8190
forwarded_allow_ips = os.environ.get("PORTAL_PROXY", "127.0.0.1")
certfile = os.environ.get("PORTAL_TLS_CERT") or None
keyfile = os.environ.get("PORTAL_TLS_KEY") or None

accesslog = None
loglevel = "warning"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "filters": {"discreet": {"()": "portal.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}},
    "root": {"level": "WARNING", "handlers": ["console"]},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["console"], "propagate": False},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}
