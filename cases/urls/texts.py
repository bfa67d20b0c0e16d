"""Addresses of the text before the person. Which authority it is for stands in no address."""

from django.urls import path

from cases.views import texts

CASE = "cases/<reference:reference>"
urlpatterns = [
    path(f"{CASE}/reading/", texts.show, name="texts"),
    path(f"{CASE}/reading/back/<uuid:text_id>/", texts.take_back, name="take-text-back"),
    path(f"{CASE}/reading/<slug:key>/<slug:variant>/", texts.prepare, name="prepare-text"),
]
