"""Addresses of replacing keys in batches."""

from django.urls import URLPattern, path

from people.views import keys

urlpatterns: list[URLPattern] = [
    path("keys/", keys.show, name="keys"),
    path("keys/continue/", keys.go_on, name="keys-continue"),
    path("keys/intake/", keys.replace_intake, name="keys-intake"),
]
