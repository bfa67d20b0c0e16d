"""The bare form page that journeys are measured against: Django with one field, CSRF, a session, a language.

What anybody gets who writes such a page as the tutorial does, in the same gunicorn and the same database; nothing is
sealed, padded, checked or remembered beyond the one answer.
"""

from __future__ import annotations

import os

import environ
from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context, Template
from django.template.context_processors import csrf
from django.urls import path

from portal.environment import BASE_DIR

PAGE = """{% load i18n %}<!doctype html><html lang="{{ lang }}"><title>{% translate "Your number" %}</title>
<h1>{% translate "Write down this number" %}</h1>
<p>{% translate "Spaces do not matter. The number can be said aloud." %}</p>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{{ csrf_token }}">{{ form }}
<button name="do" value="go">{% translate "Continue" %}</button></form></html>"""

settings.configure(
    SECRET_KEY=os.urandom(32).hex(),
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    DATABASES={"default": environ.Env.db_url_config(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 60}},
    INSTALLED_APPS=["django.contrib.sessions", "django.forms"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    LANGUAGE_CODE="be",
    LANGUAGES=[("be", "be"), ("ru", "ru"), ("en", "en")],
    LOCALE_PATHS=[BASE_DIR / "locale"],
    USE_TZ=True,
    CSRF_TRUSTED_ORIGINS=["http://localhost"],
)
application = get_wsgi_application()
TEMPLATE = Template(PAGE)


class Answer(forms.Form):
    """One question."""

    value = forms.CharField(max_length=200)


def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the question, or keep the answer and go on."""
    form = Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[f"answer-{number}"] = form.cleaned_data["value"]
        return redirect("page", number + 1)
    context = {"form": form, "lang": request.LANGUAGE_CODE, **csrf(request)}
    return HttpResponse(TEMPLATE.render(Context(context)))


urlpatterns = [path("<int:number>/", page, name="page")]
