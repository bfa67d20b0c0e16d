"""Changes of the law and their review, under /desk/states/law/."""

from django.urls import path

from jurisdictions.views import changes, review

urlpatterns = [
    path("law/changes/", changes.changes, name="changes"),
    path("law/checks/", review.work_list, name="checks"),
    path("law/values/<str:iso2>/", review.all_values, name="values"),
    path("law/proposals/", review.proposals, name="proposals"),
    path("law/proposals/<int:proposal_id>/", review.proposal, name="proposal"),
    path("law/proposals/<int:proposal_id>/sign/", review.sign_proposal, name="sign"),
    path("law/proposals/<int:proposal_id>/refuse/", review.refuse_proposal, name="refuse"),
    path("law/propose/<slug:kind>/<path:key>/<slug:field>/", review.propose_value, name="propose"),
]
