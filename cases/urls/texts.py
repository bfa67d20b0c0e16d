"""Addresses of the text before the person. Which authority it is for stands in no address."""

from django.urls import path

from cases.views import texts

CASE = "cases/<reference:reference>"
urlpatterns = [
    path(f"{CASE}/reading/", texts.show, name="texts"),
    path(f"{CASE}/reading/<slug:key>/", texts.prepare, name="prepare-text"),
    path(f"{CASE}/reading/<uuid:text_id>/back/", texts.take_back, name="take-text-back"),
]
