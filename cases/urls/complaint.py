"""Addresses of the facts of a complaint: the team's page and the lawyer's."""

from django.urls import path

from cases.views import complaint

urlpatterns = [
    path("cases/<reference:reference>/sentences/", complaint.first, name="complaint-first"),
    path("cases/<reference:reference>/sentences/<slug:variant>/", complaint.show, name="complaint"),
    path("briefs/<uuid:proposal_id>/sentences/", complaint.own_first, name="own-complaint-first"),
    path("briefs/<uuid:proposal_id>/sentences/<slug:variant>/", complaint.own, name="own-complaint"),
]
