"""History of every change to a row of reference data: what it was, since when, and who changed it."""

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

WHO = 200  # characters of a name with its login


class Recorded(models.Model):
    """What a row of history carries beside the row: who proposed the change (the signer is history_user_id)."""

    proposed_by = models.CharField(max_length=WHO, blank=True, default="")

    CHANGE: ClassVar[dict[str, str]] = {
        "history_id": "public",
        "history_date": "public",
        "history_type": "public",
        "history_change_reason": "public",
        "history_user_id": "metadata",  # name and login of whoever signed it; empty for an import
        "proposed_by": "metadata",
    }

    class Meta:
        abstract = True


class LawHistory(HistoricalRecords):  # type: ignore[misc]  # the library has no types
    """Historical records with people as texts: this room knows no accounts. Each table declares its fields."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            bases=(Recorded,),
            history_user_id_field=models.CharField(max_length=WHO, blank=True, default=""),
            history_user_getter=lambda row: row.history_user_id,
            history_user_setter=_write_name,
            history_change_reason_field=models.TextField(blank=True, default=""),
            get_user=lambda **_: "",
            **options,
        )

    def create_history_model(self, model: Any, inherited: bool) -> Any:
        """The historical table, with its fields declared as the row's own and those of the change."""
        made = super().create_history_model(model, inherited)
        made.FIELDS = {**model.FIELDS, **Recorded.CHANGE}
        return made

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> str:
        """The reason given for the change, or "" for a row that goes with its State."""
        return super().get_change_reason_for_object(instance, history_type, using) or ""


def _write_name(row: Any, name: str | None) -> None:
    row.history_user_id = name or ""
