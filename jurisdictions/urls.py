"""Pages on States, under /desk/states/; only signed-in staff come here (people.middleware)."""

from django.urls import path

from jurisdictions import views

app_name = "jurisdictions"

urlpatterns = [
    path("", views.states, name="states"),
    path("compare/", views.compare, name="compare"),
    path("<str:iso2>/", views.state, name="state"),
]
