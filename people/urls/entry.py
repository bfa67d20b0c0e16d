"""Addresses of signing in, under /desk/."""

from django.urls import path

from people.views import entry

urlpatterns = [
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("code/", entry.enter_code, name="code"),
    path("lock/", entry.lock, name="lock"),
    path("unlock/", entry.unlock, name="unlock"),
    path("sign-out/", entry.sign_out, name="sign-out"),
]
