"""Addresses of cases, approvals and dossiers. References and random ids only; nothing in them tells anything."""

from django.urls import path

from cases.views import account, approvals, assigning, case, dossiers, facts, lawyer, leaving, letters, moved, queue

urlpatterns = [
    path("", queue.show, name="queue"),
    path("cases/<reference:reference>/", case.show, name="case"),
    path("cases/<reference:reference>/take/", assigning.take, name="take"),
    path("cases/<reference:reference>/assign/", assigning.assign_to, name="assign"),
    path("cases/<reference:reference>/accept/", assigning.accept, name="accept"),
    path("cases/<reference:reference>/decline/", assigning.decline, name="decline"),
    path("cases/<reference:reference>/end/<uuid:person_id>/", assigning.end, name="unassign"),
    path("cases/<reference:reference>/account/", account.read, name="account"),
    path("cases/<reference:reference>/account/open/", account.open_with_purpose, name="open-account"),
    path("cases/<reference:reference>/account/unfold/", account.unfold, name="unfold"),
    path("cases/<reference:reference>/exhibits/<uuid:exhibit_id>/", account.download_exhibit, name="exhibit"),
    path("cases/<reference:reference>/letters/", letters.show, name="letters"),
    path("cases/<reference:reference>/letters/notice/", letters.tell_by_mail, name="notice"),
    path("cases/<reference:reference>/facts/", facts.confirm, name="facts"),
    path("cases/<reference:reference>/routes/", facts.show_routes, name="routes"),
    path("cases/<reference:reference>/what-if/", facts.what_if, name="what-if"),
    path("cases/<reference:reference>/routes/<slug:key>/", facts.show_route, name="route"),
    path("cases/<reference:reference>/routes/<slug:key>/dossier/", dossiers.ask, name="ask-dossier"),
    path("cases/<reference:reference>/dossiers/<int:number>/", dossiers.progress, name="progress"),
    path("cases/<reference:reference>/dossiers/<int:number>/again/", dossiers.again, name="again"),
    path("people/<uuid:person_id>/remove/", leaving.remove, name="remove-person"),
    path("moved/", moved.show, name="moved"),
    path("cases/<reference:reference>/moved/", moved.say_seen, name="moved-seen"),
    path("approvals/", approvals.show, name="approvals"),
    path("approvals/<uuid:dossier_id>/", approvals.decide, name="approval"),
    path("dossiers/", lawyer.show, name="dossiers"),
    path("dossiers/<uuid:dossier_id>/", lawyer.show_one, name="dossier"),
    path("dossiers/<uuid:dossier_id>/package/", lawyer.download, name="package"),
    path("dossiers/<uuid:dossier_id>/received/", lawyer.receive, name="acknowledge"),
    path("dossiers/<uuid:dossier_id>/trouble/", lawyer.report, name="trouble"),
]
