"""Addresses of the steps of a case, and of what a lead is asked."""

from django.urls import path

from cases.views import agreement, comments, steps

urlpatterns = [
    path("cases/<reference:reference>/ways/", steps.show, name="ways"),
    path("cases/<reference:reference>/ask-lead/<slug:kind>/", steps.ask_lead, name="ask-lead"),
    path("cases/<reference:reference>/questions/", steps.questions, name="questions"),
    path("cases/<reference:reference>/look-again/", steps.look_again, name="look-again"),
    path("cases/<reference:reference>/comment/", comments.write, name="comment-draft"),
    path("approvals/asked/<uuid:approval_id>/", agreement.decide, name="agreement"),
    path("approvals/asked/<uuid:approval_id>/take-back/", agreement.take_back, name="take-back"),
]
