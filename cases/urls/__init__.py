"""Addresses of the workspace, under /desk/; one module for each part."""

from cases import converters
from cases.urls import erasing, lawyers, notes, sealed, steps, trail, work

app_name = "cases"
urlpatterns = [
    *work.urlpatterns,
    *sealed.urlpatterns,
    *lawyers.urlpatterns,
    *steps.urlpatterns,
    *notes.urlpatterns,
    *trail.urlpatterns,
    *erasing.urlpatterns,
]
__all__ = ["app_name", "converters", "urlpatterns"]
