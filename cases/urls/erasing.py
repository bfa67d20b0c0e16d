"""Addresses of erasing, legal holds and retention."""

from django.urls import path

from cases.views import erasing, holding, retention

urlpatterns = [
    path("retention/", retention.show, name="retention"),
    path("erasing/", erasing.show_all, name="erasings"),
    path("erasing/<uuid:erasure_id>/", erasing.decide, name="erasing"),
    path("cases/<reference:reference>/erasing/", erasing.ask, name="ask-erasing"),
    path("cases/<reference:reference>/legal-hold/", holding.hold, name="legal-hold"),
]
