"""Addresses of opening the sealed part with two people, and of the safety hold."""

from django.urls import path

from cases.views import holds, sealed

urlpatterns = [
    path("cases/<reference:reference>/sealed/", sealed.show, name="sealed"),
    path("cases/<reference:reference>/sealed/open/", sealed.open_with_purpose, name="open-sealed"),
    path("cases/<reference:reference>/sealed/reading/", sealed.read, name="sealed-reading"),
    path("sealed/<uuid:sealed_id>/", sealed.decide, name="sealed-release"),
    path("cases/<reference:reference>/hold/", holds.show, name="hold"),
    path("cases/<reference:reference>/hold/place/", holds.place, name="place-hold"),
    path("cases/<reference:reference>/hold/note/", holds.write_note, name="hold-note"),
    path("cases/<reference:reference>/hold/break/", holds.break_glass, name="break-glass"),
    path("holds/", holds.list_all, name="holds"),
    path("holds/<uuid:hold_id>/", holds.decide, name="hold-release"),
]
