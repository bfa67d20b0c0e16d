"""The survivor's pages. The language is in the path; no address names the subject."""

from django.urls import path, register_converter

from intake.converters import LanguageConverter
from intake.views import (
    about,
    cards,
    check,
    consents,
    ending,
    files,
    first,
    leave,
    letter,
    number,
    opened,
    page,
    parts,
    plain,
    turn,
)
from intake.views.elsewhere import told_in_some

register_converter(LanguageConverter, "lang")

app_name = "intake"
urlpatterns = [
    path("", plain.languages, name="languages"),
    path("exit/", leave.leave, name="exit"),
    path("<lang:lang>/", plain.start, name="start"),
    path("<lang:lang>/about/", about.about, name="about"),
    path("<lang:lang>/about/<slug:slug>/", about.about_page, name="about-page"),
    path("<lang:lang>/leaving/", plain.leaving, name="leaving"),
    path("<lang:lang>/safe/", plain.safe, name="safe"),
    path("<lang:lang>/kept/", plain.kept, name="kept"),
    path("<lang:lang>/tor/", plain.tor, name="tor"),
    path("<lang:lang>/person/", plain.person, name="person"),
    path("<lang:lang>/pause/", plain.pause, name="pause"),
    path("<lang:lang>/help/", plain.urgent, name="help"),
    path("<lang:lang>/way/<int:number>/", plain.way, name="way"),
    path("<lang:lang>/erased/", plain.erased, name="erased"),
    path("<lang:lang>/close/", plain.close, name="close"),
    path("<lang:lang>/closed/", plain.closed, name="closed"),
    path("<lang:lang>/q/<int:number>/", first.first, name="first"),
    path("<lang:lang>/number/", number.number, name="number"),
    path("<lang:lang>/turn/", turn.turn, name="turn"),
    path("<lang:lang>/sent/", number.sent, name="sent"),
    path("<lang:lang>/parts/", told_in_some(parts.parts), name="parts"),
    path("<lang:lang>/files/", told_in_some(files.files), name="files"),
    path("<lang:lang>/files/advice/", told_in_some(plain.advice), name="advice"),
    path("<lang:lang>/parts/<slug:slug>/", told_in_some(parts.section), name="section"),
    path("<lang:lang>/parts/<slug:slug>/cards/", told_in_some(cards.cards), name="cards"),
    path("<lang:lang>/parts/<slug:slug>/answers/", told_in_some(cards.parted), name="parted"),
    path("<lang:lang>/parts/<slug:slug>/remove/", told_in_some(cards.remove), name="remove"),
    path("<lang:lang>/parts/<slug:slug>/<int:number>/", told_in_some(parts.step), name="step"),
    path("<lang:lang>/check/", told_in_some(check.check), name="check"),
    path("<lang:lang>/thanks/", check.thanks, name="thanks"),
    path("<lang:lang>/back/", page.back, name="back"),
    path("<lang:lang>/page/", page.page, name="page"),
    path("<lang:lang>/page/letter/", letter.letter, name="letter"),
    path("<lang:lang>/page/opened/", opened.opened, name="opened"),
    path("<lang:lang>/page/permissions/", consents.permissions, name="permissions"),
    path("<lang:lang>/page/extend/", ending.extend, name="extend"),
    path("<lang:lang>/page/erase/", ending.erase, name="erase"),
    path("<lang:lang>/page/end/", ending.end, name="end"),
    path("<lang:lang>/ended/", ending.ended, name="ended"),
]
