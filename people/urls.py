"""Addresses of signing in, under /desk/."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("code/", views.enter_code, name="code"),
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
