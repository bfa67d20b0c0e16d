"""What a mail server is told of us, and what a deployment with e-mail must have."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest

from people.mail_services import is_watched
from portal import mail


@pytest.mark.parametrize(("use_ssl", "name"), [(False, "SMTP"), (True, "SMTP_SSL")])
def test_a_server_does_not_learn_the_name_of_this_machine(
    settings: Any, monkeypatch: pytest.MonkeyPatch, use_ssl: bool, name: str
) -> None:
    settings.DEFAULT_FROM_EMAIL, seen = "news@sender.example", {}
    monkeypatch.setattr(smtplib, name, lambda host, port, **more: seen.update(more, host=host))
    mail.NeutralSmtp(host="mail.example", port=25, use_ssl=use_ssl).connection_class(
        "mail.example", 25, local_hostname="secret.machine.example", timeout=3
    )
    assert seen == {"host": "mail.example", "local_hostname": "sender.example", "timeout": 3}


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({"MAIL_IS_ON": False, "DEFAULT_FROM_EMAIL": ""}, []),
        ({}, []),
        ({"EMAIL_HOST": "mail.example"}, ["portal.E019"]),
        ({"EMAIL_HOST": "mail.example", "EMAIL_USE_TLS": True}, []),
        ({"EMAIL_HOST": "mail.example", "EMAIL_USE_SSL": True}, []),
        ({"DEFAULT_FROM_EMAIL": ""}, ["portal.E020"]),
        ({"DEFAULT_FROM_EMAIL": "Us <news@sender.example>"}, ["portal.E020"]),
        ({"DEFAULT_FROM_EMAIL": "news@sender.by"}, ["portal.E020"]),
    ],
)  # fmt: skip
def test_a_deployment_with_mail(settings: Any, changed: dict[str, Any], ids: list[str]) -> None:
    defaults = {"MAIL_IS_ON": True, "EMAIL_HOST": "localhost", "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}
    for name, value in (defaults | {"DEFAULT_FROM_EMAIL": "news@sender.example"} | changed).items():
        setattr(settings, name, value)
    assert [each.id for each in mail.check()] == ids


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("a@tut.by", True), ("a@MAIL.RU", True), ("a@yandex.com", True), ("a@mail.yandex.kz", True), ("a@vk.com", True),
        ("a@x.xn--90ais", True), ("a@ya.ru.", True), ("a@proton.example", False), ("a@myyandex.example", False),
        ("a@rugby.example", False),
    ],
)  # fmt: skip
def test_where_a_service_is(address: str, is_so: bool) -> None:
    assert is_watched(address) is is_so
