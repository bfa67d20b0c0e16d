"""Addresses of risk flags and of what clinicians are given. Which flag a page is about stands in no address."""

from django.urls import path

from cases.views import care, flags

CASE = "cases/<reference:reference>"
urlpatterns = [
    path(f"{CASE}/flags/", flags.show, name="flags"),
    path(f"{CASE}/care/", care.show, name="case-care"),
    path("care/", care.show_own, name="cares"),
    path("care/<uuid:care_id>/", care.read_own, name="own-care"),
]
