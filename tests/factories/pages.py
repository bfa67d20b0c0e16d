"""A small site behind the portal's real middleware: pages of every kind that headers and errors are tested on."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import get_language

from people.permissions import open_to_all


def html(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<!doctype html><title>Form</title><p>{get_language()}")


def long(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>" + "x" * 5000)


def data(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"a": 1})


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def chunks() -> Iterator[bytes]:
        yield b"one"

    return StreamingHttpResponse(chunks(), content_type="text/html")


def squeezed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"", headers={"Content-Encoding": "gzip"})


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("took it" if request.method == "POST" else get_token(request))


def remember(request: HttpRequest) -> HttpResponse:
    request.session["word"] = "kept"
    return HttpResponse("kept")


def recall(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.session.get("word", "nothing"))


def forget(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponse("gone")


def fails(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "remembering":
        request.session["word"] = "kept"
        return HttpResponse(status=500)
    raise {
        "404": Http404("Marker404"),
        "403": PermissionDenied("Marker403"),
        "400": SuspiciousOperation("Marker400"),
        "413": RequestDataTooBig("Marker413"),
    }.get(kind, ValueError("MarkerValue"))


PAGES = {
    "html/": html,
    "long/": long,
    "data/": data,
    "stream/": stream,
    "squeezed/": squeezed,
    "form/": form,
    "remember/": remember,
    "recall/": recall,
    "forget/": forget,
    "fails/<kind>/": fails,
}
urlpatterns = [
    path(prefix + where, open_to_all(view))
    for prefix in ("be/", "ru/", "en/", "ar/", "desk/", "")
    for where, view in PAGES.items()
]
handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
