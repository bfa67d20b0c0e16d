"""Addresses of recording an account for a person, under /desk/recordings/; random ids only."""

from django.urls import path

from intake.recording import asking, beginning, first, overview, sending

app_name = "recording"
urlpatterns = [
    path("", beginning.show_all, name="all"),
    path("new/<slug:language>/", beginning.begin, name="begin"),
    path("more/<reference:reference>/", beginning.more, name="more"),
    path("<uuid:recording_id>/", overview.show, name="sections"),
    path("<uuid:recording_id>/first/", first.ask, name="first"),
    path("<uuid:recording_id>/number/", first.number, name="number"),
    path("<uuid:recording_id>/check/", sending.check, name="check"),
    path("<uuid:recording_id>/discard/", sending.discard_it, name="discard"),
    path("<uuid:recording_id>/parts/<slug:slug>/", overview.part, name="part"),
    path("<uuid:recording_id>/parts/<slug:slug>/<int:number>/", asking.step, name="step"),
]
