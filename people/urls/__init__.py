"""Addresses of signing in, people and keys, under /desk/; one module for each part."""

from people.urls import account, entry, keys, members, news, recovery, trail

app_name = "people"
urlpatterns = [
    *entry.urlpatterns,
    *account.urlpatterns,
    *members.urlpatterns,
    *keys.urlpatterns,
    *recovery.urlpatterns,
    *news.urlpatterns,
    *trail.urlpatterns,
]
