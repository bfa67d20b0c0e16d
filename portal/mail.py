"""Sending e-mail without the name of this machine: Django greets the server with it, and servers write it down."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.mail.backends.smtp import EmailBackend

from people.mail_services import is_address, is_watched

HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NeutralSmtp(EmailBackend):
    """Django's SMTP, which greets with the domain of the sender."""

    @property
    def connection_class(self) -> Any:
        """Make connections that call themselves by that domain."""
        made = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
        return lambda host, port, **more: made(host, port, **{**more, "local_hostname": domain})


def check(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """If e-mail is on, the line is encrypted, and there is a sender outside Belarus and Russia."""
    if not settings.MAIL_IS_ON:
        return []
    messages: list[CheckMessage] = []
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in HERE):
        hint = "Name the server with smtp+tls:// or smtp+ssl://."
        messages.append(Error("E-mail would cross the line unencrypted.", hint=hint, id="portal.E019"))
    sender = str(settings.DEFAULT_FROM_EMAIL)
    if not is_address(sender) or is_watched(sender):
        hint = "PORTAL_EMAIL_FROM is an address that says nothing of the subject."
        messages.append(Error("E-mail has no sender that may be shown.", hint=hint, id="portal.E020"))
    return messages
