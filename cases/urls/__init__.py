"""Addresses of the workspace, under /desk/; one module for each part."""

from cases import converters
from cases.urls import complaint, consents, erasing, flags, lawyers, notes, sealed, search, steps, texts, trail, work

app_name = "cases"
modules = (work, sealed, lawyers, complaint, flags, consents, steps, texts, notes, search, trail, erasing)
urlpatterns = [pattern for module in modules for pattern in module.urlpatterns]
__all__ = ["app_name", "converters", "urlpatterns"]
