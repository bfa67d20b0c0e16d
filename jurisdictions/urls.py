"""Pages on States, under /desk/states/; only signed-in staff come here (people.middleware)."""

from django.urls import path

from jurisdictions import law_urls, views

app_name = "jurisdictions"

urlpatterns = [
    path("", views.states, name="states"),
    path("compare/", views.compare, name="compare"),
    path("map/", views.map_of_states, name="map"),
    path("what-if/", views.what_if, name="what-if"),
    *law_urls.urlpatterns,
    path("<str:iso2>/", views.state, name="state"),
]
