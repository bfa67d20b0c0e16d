"""Address of the search. What is looked for never stands in it."""

from django.urls import path

from cases.views import search

urlpatterns = [path("search/", search.search, name="search")]
