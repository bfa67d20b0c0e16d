"""Addresses of inviting, admitting, suspending and removing people, deputies."""

from django.urls import path

from people.views import acts, join, members

urlpatterns = [
    path("people/", members.show, name="people"),
    path("people/invite/", members.invite, name="invite"),
    path("people/invitations/<uuid:invitation_id>/", members.admit, name="admit"),
    path("people/invitations/<uuid:invitation_id>/withdraw/", members.withdraw, name="withdraw"),
    path("people/<uuid:person_id>/", members.show_one, name="person"),
    path("people/<uuid:person_id>/suspend/", acts.suspend, name="suspend"),
    path("people/<uuid:person_id>/reinstate/", acts.reinstate, name="reinstate"),
    path("people/<uuid:person_id>/new-keys/", acts.new_keys, name="new-keys"),
    path("people/<uuid:person_id>/intake/", acts.name_intake, name="name-intake"),
    path("people/<uuid:person_id>/intake/end/", acts.end_intake, name="end-intake"),
    path("people/<uuid:person_id>/deputy/", acts.deputy, name="deputy"),
    path("people/<uuid:person_id>/deputy/end/", acts.end_deputy, name="end-deputy"),
    path("join/<slug:token>/", join.join, name="join"),
    path("joined/", join.joined, name="joined"),
]
