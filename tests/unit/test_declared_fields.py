"""Every column says what a thief would read in it. A new one that says nothing fails here."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from vault.declared import CLASSES, declare

OURS = ("portal", "vault", "people", "jurisdictions", "cases", "intake")
# Tables of libraries, each with what stands in it.
FOREIGN = {
    "axes_accessattempt": "keyed hashes of names with failed passwords, for five minutes; see people.lockout",
    "axes_accessattemptexpiration": "empty: AXES_USE_ATTEMPT_EXPIRATION is off",
    "axes_accessfailurelog": "empty: AXES_ENABLE_ACCESS_FAILURE_LOG is off",
    "axes_accesslog": "empty: AXES_DISABLE_ACCESS_LOG is on",
    "auth_group": "empty: roles are ours",
    "auth_group_permissions": "empty",
    "auth_permission": "names of models, written by migrate",
    "django_admin_log": "empty: a change in the admin is an event of our trail; see people.admin_register",
    "django_content_type": "names of models, written by migrate",
    "django_otp_webauthn_webauthnattestation": "empty: attestations are not kept",
    "django_otp_webauthn_webauthncredential": "empty: ours is people.Passkey",
    "django_otp_webauthn_webauthnuserhandle": "empty: people.passkeys derives the handle",
    "django_session": "empty: SESSION_ENGINE is vault.session",
}


# Who proposed and signed a change of the law: names of staff, which no survivor has.
LAW_SIGNED_BY = {"history_user_id", "proposed_by", "proposed_login", "decided_by", "decided_login"}
# Written by the team for everybody, about nobody: all of it is public, but for the lead who checked a number.
OUR_OWN_WORDS = {"cases.LetterTemplate": {"public"}, "intake.CrisisNumber": {"public", "metadata", "sealed"}}


def models_of(*labels: str) -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in labels]


@pytest.mark.parametrize("model", models_of(*OURS), ids=lambda model: model._meta.label)
def test_every_field_is_declared_and_nothing_else(model: type[models.Model]) -> None:
    declared = vars(model).get("FIELDS", {})
    assert set(declared) == {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    assert set(declared.values()) <= set(CLASSES)


def test_every_app_of_ours_is_walked() -> None:
    assert {model._meta.app_label for model in models_of(*OURS)} == {
        "vault",
        "people",
        "jurisdictions",
        "cases",
        "intake",
    }


def test_every_table_of_a_library_is_known() -> None:
    foreign = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - {
        model._meta.db_table for model in models_of(*OURS)
    }
    assert foreign == set(FOREIGN)


@pytest.mark.parametrize("model", models_of("vault", "people", "cases", "intake"), ids=lambda model: model._meta.label)
def test_bytes_are_sealed_and_texts_without_choices_are_short(model: type[models.Model]) -> None:
    for field in model._meta.local_fields:
        where = f"{model._meta.label}.{field.name}"
        if isinstance(field, models.BinaryField):
            assert model.FIELDS[field.name] == "sealed", where  # type: ignore[attr-defined]
        is_ours = model._meta.label in OUR_OWN_WORDS
        assert is_ours or not isinstance(field, models.TextField | models.FileField), where
        if isinstance(field, models.CharField) and model.FIELDS[field.name] == "metadata":  # type: ignore[attr-defined]
            assert (field.max_length or 0) <= 200, where  # codes and names, no free text


def test_reference_data_is_public_and_nothing_about_a_person_is() -> None:
    for model in models_of("jurisdictions"):
        named = {name for name, kind in model.FIELDS.items() if kind != "public"}  # type: ignore[attr-defined]
        assert named <= LAW_SIGNED_BY, model._meta.label
    for model in models_of("vault", "people", "cases", "intake"):
        kinds = set(model.FIELDS.values())  # type: ignore[attr-defined]
        allowed = OUR_OWN_WORDS.get(model._meta.label, {"sealed", "metadata"})
        assert kinds <= allowed, model._meta.label
    assert {name for name, kind in apps.get_model("intake.CrisisNumber").FIELDS.items() if kind != "public"} == {
        "checked_by", "proof",
    }  # fmt: skip


def test_a_field_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(sealed=["blob"], metadata=["id", "blob"])
