"""Addresses of what the team writes for itself: notes and tasks."""

from django.urls import path

from cases.views import notes

urlpatterns = [
    path("cases/<reference:reference>/notes/", notes.show, name="notes"),
    path("cases/<reference:reference>/notes/<uuid:note_id>/", notes.show_one, name="note"),
]
