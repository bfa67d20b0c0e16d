"""Addresses about lawyers: the team's, and the lawyer's own."""

from django.urls import path

from cases.views import briefs, dates, interview, lawyers, mandates, offers, office, papers

CASE = "cases/<reference:reference>"
urlpatterns = [
    path("lawyers/", lawyers.show_all, name="lawyer-records"),
    path("lawyers/<uuid:person_id>/", lawyers.show_record, name="lawyer-record"),
    path("lawyers/<uuid:person_id>/bar/", lawyers.note_bar, name="lawyer-bar"),
    path(f"{CASE}/lawyers/", lawyers.show, name="lawyers"),
    path(f"{CASE}/lawyers/<uuid:person_id>/name/", lawyers.name, name="name-lawyer"),
    path(f"{CASE}/lawyers/offer/", lawyers.offer, name="offer-case"),
    path(f"{CASE}/lawyers/take-back/", lawyers.take_back, name="take-lawyer-back"),
    path(f"{CASE}/lawyers/waive/", lawyers.waive, name="waive-conflict"),
    path(f"{CASE}/brief/", briefs.brief, name="brief"),
    path(f"{CASE}/brief/hand-over/", briefs.hand_over, name="hand-over-brief"),
    path(f"{CASE}/brief/end/", briefs.end, name="end-mandate"),
    path(f"{CASE}/papers/", papers.of_case, name="papers"),
    path(f"{CASE}/papers/<uuid:paper_id>/", papers.paper, name="paper"),
    path(f"{CASE}/forms/<slug:form>/", papers.form_to_sign, name="form-to-sign"),
    path(f"{CASE}/plan/", interview.plan_of_case, name="plan"),
    path(f"{CASE}/plan/answer/", interview.copy_answer, name="copy-plan-answer"),
    path(f"{CASE}/plan/care/", interview.note_care, name="aftercare"),
    path(f"{CASE}/dates/", dates.of_case, name="dates"),
    path(f"{CASE}/dates/file/", dates.case_file, name="dates-file"),
    path("offers/<uuid:proposal_id>/", offers.offer, name="own-offer"),
    path("offers/<uuid:proposal_id>/accept/", offers.accept, name="accept-offer"),
    path("offers/<uuid:proposal_id>/decline/", offers.decline, name="decline-offer"),
    path("briefs/<uuid:proposal_id>/", offers.brief, name="own-brief"),
    path("briefs/<uuid:proposal_id>/files/<uuid:exhibit_id>/", offers.download, name="brief-file"),
    path("briefs/<uuid:proposal_id>/danger/", mandates.danger, name="own-danger"),
    path("briefs/<uuid:proposal_id>/back/", mandates.back, name="give-mandate-back"),
    path("briefs/<uuid:proposal_id>/papers/", papers.own, name="own-papers"),
    path("briefs/<uuid:proposal_id>/papers/<uuid:paper_id>/", papers.own_paper, name="own-paper"),
    path("briefs/<uuid:proposal_id>/forms/<slug:form>/", papers.own_form, name="own-form"),
    path("briefs/<uuid:proposal_id>/plan/", interview.own_plan, name="own-plan"),
    path("briefs/<uuid:proposal_id>/step/", interview.own_step, name="own-step"),
    path("briefs/<uuid:proposal_id>/care/", interview.own_care, name="own-aftercare"),
    path("office/", office.own, name="own-office"),
    path("dates/", dates.own, name="own-dates"),
    path("dates/file/", dates.own_file, name="own-dates-file"),
]
