"""The form of facts with what the survivor agreed to, for facts that are only supposed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jurisdictions.pages.facts_form import (
    YES,
    CountryField,
    FactsForms,
    FactsPart,
    KnownField,
    filled,
    formset_of,
    known,
    word_of,
)


class AgreedForm(FactsPart):
    """A country in which the survivor agreed to a complaint."""

    country = CountryField(_("Agreed to a complaint in"))


class ConsentForm(FactsPart):
    """What else the survivor was asked."""

    asked = forms.ChoiceField(
        label=_("Countries"), required=False, choices=[("", _("not asked yet")), (YES, _("asked: only those below"))]
    )
    icc = KnownField(_("Agreed to the International Criminal Court"))


class SupposedFacts(FactsForms):
    """The same with what the survivor agreed to: for facts that are only supposed and stored nowhere."""

    def __init__(self, facts: dict[str, Any], posted: Any = None) -> None:
        super().__init__(facts, posted)
        consents = facts.get("consents") or {}
        asked = {"asked": YES if "countries" in consents else "", "icc": word_of(consents.get("icc"))}
        self.consent = ConsentForm(posted, initial=asked, prefix="consent")
        self.agreed = formset_of(AgreedForm, consents.get("countries"), _agreed_initial, posted, "agreed")

    @property
    def all(self) -> list[Any]:
        """Every part."""
        return [*super().all, self.consent, self.agreed]

    def facts(self) -> dict[str, Any]:
        """The facts in the shape of the route assessment, with consents."""
        countries = sorted({row["country"] for row in filled(self.agreed)})
        was_asked = bool(countries) or self.consent.cleaned_data["asked"] == YES
        consents = {"icc": known(self.consent.cleaned_data["icc"])} | ({"countries": countries} if was_asked else {})
        given = {key: value for key, value in consents.items() if value is not None}
        return super().facts() | ({"consents": given} if given else {})


def _agreed_initial(code: str) -> dict[str, Any]:
    return {"country": code}
