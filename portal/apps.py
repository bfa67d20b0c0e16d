"""The project itself as an application: system checks, commands, and the Celery app for tasks to bind to."""

from django.apps import AppConfig

from portal import checks
from portal.celery import app


class PortalConfig(AppConfig):
    """Registers the checks; importing the Celery app makes it the current one in every process."""

    name = "portal"
    celery = app

    def ready(self) -> None:
        """Register what `manage.py check` says about this deployment."""
        checks.register_all()
