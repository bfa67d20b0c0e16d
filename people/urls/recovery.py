"""Addresses of the first run, the recovery kit, rehearsals and recovery."""

from django.urls import path

from people.views import first_run, recovery

urlpatterns = [
    path("first-run/<str:token>/", first_run.begin, name="first-run"),
    path("recovery/", recovery.kit, name="recovery"),
    path("recovery/share/", recovery.share, name="recovery-share"),
    path("recovery/rehearsal/", recovery.rehearsal, name="rehearsal"),
    path("recovery/use/", recovery.use, name="recovery-use"),
]
