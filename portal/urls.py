"""Where each room's pages hang: staff under /desk/, survivors everywhere else."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("people.urls")),
    path("desk/", include("cases.urls")),
    path("desk/states/", include("jurisdictions.urls")),
    path("", include("intake.urls")),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
