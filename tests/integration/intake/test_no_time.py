"""No table holds the time of day of what a survivor did: every field of every model, after a whole journey."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from portal.environment import ROOMS
from tests.factories.walk import Walk

CLOCK = re.compile(r"(?<!\d)[0-2]\d:[0-5]\d(?!\d)")
ROUNDED = ("cases.case", "answer_by")  # P0 and P1 only, rounded up to four hours
OWN = [
    model
    for config in apps.get_app_configs()
    if config.name in ROOMS
    for model in config.get_models(include_auto_created=True)
]


def rows() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every row of every table of ours, by model and key."""
    return {(model._meta.label_lower, row["pk"]): row for model in OWN for row in _rows(model)}


def changes(before: dict[tuple[str, Any], dict[str, Any]]) -> dict[tuple[str, Any], dict[str, Any]]:
    """The rows that are new or different since then."""
    return {key: row for key, row in rows().items() if before.get(key) != row}


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [{"pk": row.pk, **{name: getattr(row, name) for name in names}} for row in model._base_manager.all()]


def times(row: dict[str, Any], label: str) -> list[str]:
    """The fields of a row that say a time of day."""
    found = []
    for name, value in row.items():
        if hasattr(value, "hour"):
            is_rounded = (label, name) == ROUNDED and not (value.minute or value.second or value.hour % 4)
            found += [] if is_rounded else [f"{label}.{name}: {value}"]
        elif CLOCK.search(str(value)) and not isinstance(value, bytes | memoryview):
            found.append(f"{label}.{name}: {value}")
    return found


def test_there_are_fields_that_could_hold_one() -> None:
    assert sum(isinstance(field, models.DateTimeField) for model in OWN for field in model._meta.fields) > 10


@pytest.mark.django_db
def test_a_whole_journey_leaves_no_time_of_day(walk: Walk) -> None:
    before = rows()
    walk.answer_all(SAF_04_value=["danger_now"])
    walk.send()
    walk.fill(walk.open_words(), {"EPI-08-value": "Мяне спынілі вечарам"})
    png = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0")
    walk.post("files/", {"EVD-02-file": png, "EVD-02-name": "", "do": "add"})
    drafted = changes(before)
    assert {"cases.draft", "cases.draftexhibit"} <= {label for label, _ in drafted}
    walk.fill("check/", {"do": "send"})
    walk.fill("page/letter/", {"letter": "Ліст"})
    walk.read("page/")
    walk.read("page/opened/")
    walk.post("page/erase/", {})
    walk.client.get("/exit/?l=be", secure=True)
    walk.fill("back/", {"code": walk.digits})
    sent = changes(before)
    assert {"cases.case", "cases.message", "vault.sealedsession", "vault.auditevent"} <= {label for label, _ in sent}
    found = [each for seen in (drafted, sent) for (label, _pk), row in seen.items() for each in times(row, label)]
    assert found == []


def test_it_sees_a_time(settings: object) -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 11, 29, 13, 5, tzinfo=UTC)
    assert times({"pk": 1, "at": at}, "vault.auditevent")
    assert times({"pk": 1, "answer_by": at}, "cases.case")
    assert times({"pk": 1, "detail": {"until": "2026-11-29T13:05"}}, "vault.auditevent")
    assert not times({"pk": 1, "answer_by": at.replace(hour=16, minute=0)}, "cases.case")
