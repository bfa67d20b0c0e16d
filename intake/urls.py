"""The survivor's pages. The language is in the path; no address names the subject."""

from django.urls import path, register_converter

from intake.converters import LanguageConverter
from intake.views import check, files, first, leave, letter, number, opened, page, parts, plain

register_converter(LanguageConverter, "lang")

app_name = "intake"
urlpatterns = [
    path("", plain.languages, name="languages"),
    path("exit/", leave.leave, name="exit"),
    path("<lang:lang>/", plain.start, name="start"),
    path("<lang:lang>/leaving/", plain.leaving, name="leaving"),
    path("<lang:lang>/safe/", plain.safe, name="safe"),
    path("<lang:lang>/kept/", plain.kept, name="kept"),
    path("<lang:lang>/tor/", plain.tor, name="tor"),
    path("<lang:lang>/person/", plain.person, name="person"),
    path("<lang:lang>/pause/", plain.pause, name="pause"),
    path("<lang:lang>/help/", plain.urgent, name="help"),
    path("<lang:lang>/erased/", plain.erased, name="erased"),
    path("<lang:lang>/close/", plain.close, name="close"),
    path("<lang:lang>/closed/", plain.closed, name="closed"),
    path("<lang:lang>/q/<int:number>/", first.first, name="first"),
    path("<lang:lang>/number/", number.number, name="number"),
    path("<lang:lang>/sent/", number.sent, name="sent"),
    path("<lang:lang>/parts/", parts.parts, name="parts"),
    path("<lang:lang>/parts/files/", files.files, name="files"),
    path("<lang:lang>/parts/<slug:slug>/", parts.section, name="section"),
    path("<lang:lang>/parts/<slug:slug>/<int:number>/", parts.step, name="step"),
    path("<lang:lang>/check/", check.check, name="check"),
    path("<lang:lang>/thanks/", check.thanks, name="thanks"),
    path("<lang:lang>/back/", page.back, name="back"),
    path("<lang:lang>/page/", page.page, name="page"),
    path("<lang:lang>/page/letter/", letter.letter, name="letter"),
    path("<lang:lang>/page/opened/", opened.opened, name="opened"),
]
