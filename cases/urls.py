"""Addresses of the workspace, under /desk/. References and random ids only; nothing in them tells anything."""

from django.urls import path, register_converter

from cases.converters import ReferenceConverter
from cases.views import account, approvals, case, dossiers, facts, lawyer, letters, queue

register_converter(ReferenceConverter, "reference")

app_name = "cases"
urlpatterns = [
    path("", queue.show, name="queue"),
    path("cases/<reference:reference>/", case.show, name="case"),
    path("cases/<reference:reference>/take/", case.take, name="take"),
    path("cases/<reference:reference>/assign/", case.assign_to, name="assign"),
    path("cases/<reference:reference>/account/", account.read, name="account"),
    path("cases/<reference:reference>/account/open/", account.open_with_purpose, name="open-account"),
    path("cases/<reference:reference>/exhibits/<uuid:exhibit_id>/", account.download_exhibit, name="exhibit"),
    path("cases/<reference:reference>/letters/", letters.show, name="letters"),
    path("cases/<reference:reference>/facts/", facts.confirm, name="facts"),
    path("cases/<reference:reference>/routes/", facts.show_routes, name="routes"),
    path("cases/<reference:reference>/routes/<slug:key>/", facts.show_route, name="route"),
    path("cases/<reference:reference>/routes/<slug:key>/dossier/", dossiers.ask, name="ask-dossier"),
    path("cases/<reference:reference>/dossiers/<int:number>/", dossiers.progress, name="progress"),
    path("cases/<reference:reference>/dossiers/<int:number>/again/", dossiers.again, name="again"),
    path("approvals/", approvals.show, name="approvals"),
    path("approvals/<uuid:dossier_id>/", approvals.decide, name="approval"),
    path("dossiers/", lawyer.show, name="dossiers"),
    path("dossiers/<uuid:dossier_id>/", lawyer.show_one, name="dossier"),
    path("dossiers/<uuid:dossier_id>/package/", lawyer.download, name="package"),
    path("dossiers/<uuid:dossier_id>/received/", lawyer.receive, name="acknowledge"),
    path("dossiers/<uuid:dossier_id>/trouble/", lawyer.report, name="trouble"),
]
