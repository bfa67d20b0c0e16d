"""Addresses of the ledger of permissions."""

from django.urls import path

from cases.views import consents

CASE = "cases/<reference:reference>"
urlpatterns = [
    path(f"{CASE}/consents/", consents.show, name="consents"),
    path(f"{CASE}/consents/letters/<uuid:copy_id>/", consents.stop_letter, name="stop-letter"),
]
