"""Addresses of the audit trail by person."""

from django.urls import path

from people.views import trail

urlpatterns = [
    path("people/<uuid:person_id>/trail/", trail.show, name="trail"),
]
