"""The rows of the database in the same shape as those of a folder."""

from django.apps import apps
from django.db import models

from jurisdictions.load.tables import KEYS, Tables


def current() -> Tables:
    """Everything that is stored now."""
    tables = Tables()
    for name in KEYS:
        model = apps.get_model("jurisdictions", name)
        for row in model._default_manager.values(*columns(name)):
            tables.put(name, row)
    return tables


def columns(name: str) -> list[str]:
    """The columns of a model without its automatic number."""
    fields = apps.get_model("jurisdictions", name)._meta.concrete_fields
    return [field.attname for field in fields if not isinstance(field, models.BigAutoField)]
