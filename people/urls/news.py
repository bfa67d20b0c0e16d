"""Addresses of announcements and alarms."""

from django.urls import path

from people.views import news

urlpatterns = [
    path("news/", news.show, name="news"),
    path("news/seen/", news.seen, name="news-seen"),
    path("alarms/", news.show_alarms, name="alarms"),
    path("alarms/reviewed/", news.review_alarm, name="alarm-reviewed"),
]
