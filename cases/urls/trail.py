"""Addresses of the audit trail, as a whole and by case."""

from django.urls import path

from cases.views import trail

urlpatterns = [
    path("trail/", trail.show_all, name="audit"),
    path("trail/head/", trail.export, name="export-head"),
    path("cases/<reference:reference>/trail/", trail.show, name="trail"),
]
