"""The few e-mails that leave the house: fixed words to one address, off unless a server is named."""

from __future__ import annotations

from email.utils import make_msgid
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage


def is_on() -> bool:
    """Is there a server and a sender?"""
    return bool(settings.MAIL_IS_ON)


def send(*, to: str, subject: str, body: str) -> bool:
    """Send one plain e-mail; False when no server is named or it did not take it. Nothing about it is logged.

    What a server answers may hold the address, so it is dropped here. The name of this machine is in no header.
    """
    if not is_on():
        return False
    sender = str(settings.DEFAULT_FROM_EMAIL)
    headers = {"Message-ID": make_msgid(domain=sender.rpartition("@")[2]), "Auto-Submitted": "auto-generated"}
    try:
        return EmailMessage(subject, body, sender, [to], headers=headers).send() == 1
    except (SMTPException, OSError, ValueError):
        return False
