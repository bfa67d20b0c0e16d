"""Addresses of the workspace, under /desk/; one module for each part."""

from cases import converters
from cases.urls import erasing, notes, sealed, steps, trail, work

app_name = "cases"
urlpatterns = [
    *work.urlpatterns,
    *sealed.urlpatterns,
    *steps.urlpatterns,
    *notes.urlpatterns,
    *trail.urlpatterns,
    *erasing.urlpatterns,
]
__all__ = ["app_name", "converters", "urlpatterns"]
