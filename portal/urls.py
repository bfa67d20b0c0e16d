"""Where each room's pages hang: staff under /desk/, survivors everywhere else."""

from django.urls import include, path

from portal import verify
from portal.registers import admin
from portal.views import no_icon, robots

urlpatterns = [
    path("favicon.ico", no_icon),
    path("robots.txt", robots),
    path("verify/", verify.show, name="verify"),
    path("desk/admin/", admin.urls),
    path("desk/", include("people.urls")),
    path("desk/", include("cases.urls")),
    path("desk/recordings/", include("intake.recording.urls")),
    path("desk/states/", include("jurisdictions.urls")),
    path("", include("intake.urls")),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
