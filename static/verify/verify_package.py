#!/usr/bin/env python3
"""Verify the package of a dossier, on any machine, without the portal and without the network.

    python3 verify_package.py PACKAGE --fingerprint "..." --tsa-certificate authority.pem

PACKAGE is the ZIP or the folder into which it was unpacked. Nothing is written and nothing is unpacked. What is
checked: two signatures over the manifest, the hash of every file, missing and added files, time stamps, the signatures
in the documents. It needs Python 3.9 or newer and the package `cryptography`; without that one only hashes are checked,
and it says so. The format is in docs/package-format.md of the portal, so that anybody can write another verifier.

Exit codes (of several the smallest): 0 whole, and everything was checked. 10 nothing is wrong, but not everything was
checked. 20 this is no package, or it is cut. 21 dangerous to unpack. 22 the signatures of the manifest. 23 files are
missing, added or changed. 24 a time stamp. 25 the signature in a document. 1 this program failed. 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import locale
import os
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
    from cryptography.hazmat.primitives.serialization import Encoding

    HAS_CRYPTOGRAPHY = hasattr(x509.Certificate, "verify_directly_issued_by")  # since 40; an older one is of no use
except ImportError:
    HAS_CRYPTOGRAPHY = False
try:
    from cryptography.hazmat.primitives.asymmetric import mldsa
except ImportError:
    mldsa = None  # type: ignore[assignment]

VERSION = "2.0"
FORMAT = "dossier-package/2"
KEYS_FORMAT = "dossier-package-keys/2"
WHOLE, OPEN, UNREADABLE, DANGEROUS, SIGNATURE, FILES, TIME, DOCUMENT = 0, 10, 20, 21, 22, 23, 24, 25

MANIFEST, SUMS, KEYS = "manifest.json", "SHA256SUMS", "keys.json"
SIGNATURES = {"Ed25519": "manifest.ed25519", "ML-DSA-65": "manifest.mldsa65"}
TOKEN = re.compile(r"manifest(-[2-9])?\.tsr\Z")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\Z")
HEX = re.compile(r"[0-9a-f]{64}\Z")
BLOCK = 1 << 16
LARGEST_MANIFEST = 16 << 20
LARGEST_SMALL = 1 << 20  # keys, sums of many files have a limit of their own
LARGEST_GAP = 1 << 20  # the room of a signature in a PDF
MOST_FILES = 100_000
RATIO = 200  # a packed file may grow that many times; more is a bomb


class Unreadable(Exception):
    """What is read is not what it should be."""


# --- words ----------------------------------------------------------------------------------------------------
TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "head": "Package {name}, checked by verify_package {version}",
        "signature-good": "The {algorithm} signature over the manifest is right.",
        "signature-missing": "The signature {name} is missing.",
        "signature-wrong": "The {algorithm} signature does not fit: the manifest was changed, or other keys signed it.",
        "algorithm-open": "The {algorithm} signature was not checked: this version of 'cryptography' does not know it.",
        "keys-missing": "keys.json is missing or cannot be read: nobody can say who signed.",
        "keys-other": "keys.json does not fit the manifest: it names other keys.",
        "foreign": "FOREIGN KEYS: this package is signed by other keys than those whose fingerprint you gave. Its own: {fingerprint}",
        "fingerprint-good": "The keys are those whose fingerprint you gave.",
        "fingerprint-open": "Whose keys these are was NOT checked: the only keys here are those in the package. Whoever makes a false package puts own keys in. Get the fingerprint from the organisation or the lawyer by another way and compare: {fingerprint}",
        "organisation": "The package names as its maker: {organisation}",
        "self-made": "The keys were made on the organisation's own machine; no authority vouches for them.",
        "draft": "DRAFT. The package says of itself: {status}",
        "pseudonymised": "PSEUDONYMISED COPY. Names are replaced by codes; exhibits are sheets. The full package is with the lawyer.",
        "files-good": "Files that are there with the size and hash of the manifest: {count}. Nothing is missing, nothing was added.",
        "counsel": "{name} is not there. It is for counsel alone and may be left out.",
        "sealed": "{name} is not there. It belongs to the sealed envelope, which is handed over apart: not checked.",
        "missing": "{name} is missing.",
        "added": "{name} was added: the manifest does not list it.",
        "changed": "{name} was changed.",
        "swapped": "{name} holds what belongs in {other}.",
        "larger": "{name} is larger than the manifest says; it was not read to its end.",
        "file-damaged": "{name} is damaged and cannot be read.",
        "sums-good": "SHA256SUMS says the same as the manifest.",
        "sums-wrong": "SHA256SUMS was changed: it says something else than the manifest.",
        "not-found": "{name} cannot be opened.",
        "cut": "This is no whole ZIP: it is cut, damaged or something else.",
        "manifest-missing": "There is no manifest.json: this is no such package.",
        "manifest-bad": "manifest.json cannot be read: damaged, or not written by the portal.",
        "format-unknown": "The manifest is of the format {format}; this program knows {known}.",
        "name-bad": "DANGEROUS: {name} would be written outside the folder when it is unpacked. Do not unpack this package.",
        "name-twice": "DANGEROUS: the name {name} is there twice. Which of the two is shown depends on the program.",
        "link": "DANGEROUS: {name} is a link or a device, not a file.",
        "packed": "DANGEROUS: {name} is encrypted or packed in an unknown way.",
        "bomb": "DANGEROUS: {name} would grow far too much when it is unpacked. It was not read.",
        "time-none": "There is no time stamp here. If one came after the package, give it with --token.",
        "time-good": "Time stamp {name}: this manifest existed on {time}, says the authority whose certificate you gave.",
        "time-open": "Time stamp {name}: over this manifest, of {time}. Whether you trust its authority was not checked: give its certificate with --tsa-certificate.",
        "time-foreign": "Time stamp {name}, of {time}, is not by the authority whose certificate you gave.",
        "time-other": "Time stamp {name}, of {time}, belongs to another manifest.",
        "time-old": "Time stamp {name} is OLD: of {time}, before this package was built ({built_on}), and over something else.",
        "time-early": "Time stamp {name} is of {time}, but the package says that it was built on {built_on}. That cannot be.",
        "time-wrong": "Time stamp {name} does not hold: its signature or its certificate is wrong.",
        "pdf-good": "{name}: signed as a whole with the package's certificate and not changed since.",
        "pdf-time-good": "{name}: the time stamp in its signature is of {time}.",
        "pdf-time": "{name}: the time stamp in its signature is missing or does not hold.",
        "pdf-time-late": "{name}: the time stamp in its signature is of {time}, later than that of the manifest which lists it. That cannot be.",
        "pdf-unsigned": "{name} has no signature, although the manifest says so.",
        "pdf-added": "{name}: something was added after it was signed.",
        "pdf-changed": "{name}: its signature does not hold; it was changed after it was signed.",
        "pdf-foreign": "{name} is signed with another certificate than the package's.",
        "not-asked": "Never checked by this program: whether a certificate was revoked, and who issued the one for documents.",
        "hashes-only": "ONLY HASHES WERE CHECKED, without the package 'cryptography'. Whoever changed files and manifest together is not noticed; signatures and time stamps were not looked at.",
        "whole": "THE PACKAGE IS WHOLE. Everything was checked.",
        "whole-but": "NOTHING IS WRONG WITH WHAT WAS CHECKED, but not everything was: see the lines with [??].",
        "broken": "THE PACKAGE IS NOT AS IT WAS MADE. See the lines with [NO].",
        "failed": "This program failed ({error}). That says nothing about the package.",
    },
    "ru": {
        "head": "Пакет {name}, проверка: verify_package {version}",
        "signature-good": "Подпись {algorithm} под манифестом верна.",
        "signature-missing": "Нет подписи {name}.",
        "signature-wrong": "Подпись {algorithm} не подходит: манифест изменён или подписан другими ключами.",
        "algorithm-open": "Подпись {algorithm} не проверена: эта версия 'cryptography' её не знает.",
        "keys-missing": "Файла keys.json нет или он не читается: нельзя сказать, кто подписал.",
        "keys-other": "Файл keys.json не подходит к манифесту: в нём другие ключи.",
        "foreign": "ЧУЖИЕ КЛЮЧИ: пакет подписан не теми ключами, чей отпечаток вы указали. Его собственный: {fingerprint}",
        "fingerprint-good": "Ключи те самые, чей отпечаток вы указали.",
        "fingerprint-open": "Чьи это ключи, НЕ проверено: здесь есть только ключи из самого пакета. Кто делает поддельный пакет, кладёт в него свои. Узнайте отпечаток у организации или адвоката другим путём и сравните: {fingerprint}",
        "organisation": "Пакет называет своим составителем: {organisation}",
        "self-made": "Ключи созданы на машине самой организации; ни один удостоверяющий центр за них не ручается.",
        "draft": "ЧЕРНОВИК. Пакет говорит о себе: {status}",
        "pseudonymised": "ПСЕВДОНИМИЗИРОВАННАЯ КОПИЯ. Имена заменены кодами, вместо доказательств листы. Полный пакет у адвоката.",
        "files-good": "Файлов на месте, с размером и хешем из манифеста: {count}. Ничто не пропало, ничто не добавлено.",
        "counsel": "Файла {name} нет. Он только для адвоката, его можно не прилагать.",
        "sealed": "Файла {name} нет. Он из запечатанного конверта, который передают отдельно: не проверено.",
        "missing": "Файла {name} нет.",
        "added": "Файл {name} добавлен: в манифесте его нет.",
        "changed": "Файл {name} изменён.",
        "swapped": "В файле {name} лежит содержимое файла {other}.",
        "larger": "Файл {name} больше, чем сказано в манифесте; до конца он не прочитан.",
        "file-damaged": "Файл {name} повреждён и не читается.",
        "sums-good": "SHA256SUMS совпадает с манифестом.",
        "sums-wrong": "SHA256SUMS изменён: он не совпадает с манифестом.",
        "not-found": "{name} не открывается.",
        "cut": "Это не целый ZIP: он обрезан, повреждён или это что-то другое.",
        "manifest-missing": "Файла manifest.json нет: это не такой пакет.",
        "manifest-bad": "manifest.json не читается: повреждён или написан не порталом.",
        "format-unknown": "Формат манифеста {format}; эта программа знает {known}.",
        "name-bad": "ОПАСНО: при распаковке {name} запишется вне папки. Не распаковывайте этот пакет.",
        "name-twice": "ОПАСНО: имя {name} встречается дважды. Какой из двух файлов покажут, зависит от программы.",
        "link": "ОПАСНО: {name} — ссылка или устройство, а не файл.",
        "packed": "ОПАСНО: файл {name} зашифрован или сжат неизвестным способом.",
        "bomb": "ОПАСНО: при распаковке {name} слишком сильно вырастет. Файл не прочитан.",
        "time-none": "Метки времени здесь нет. Если она пришла после пакета, укажите её: --token.",
        "time-good": "Метка времени {name}: этот манифест существовал {time}, подтверждает служба, чей сертификат вы указали.",
        "time-open": "Метка времени {name}: под этим манифестом, {time}. Доверяете ли вы её службе, не проверено: укажите сертификат службы, --tsa-certificate.",
        "time-foreign": "Метка времени {name}, {time}, не от той службы, чей сертификат вы указали.",
        "time-other": "Метка времени {name}, {time}, от другого манифеста.",
        "time-old": "Метка времени {name} СТАРАЯ: {time}, до составления этого пакета ({built_on}), и стоит под чем-то другим.",
        "time-early": "Метка времени {name}: {time}, но пакет говорит, что составлен {built_on}. Так быть не может.",
        "time-wrong": "Метка времени {name} недействительна: неверна её подпись или сертификат.",
        "pdf-good": "{name}: подписан целиком сертификатом пакета и с тех пор не менялся.",
        "pdf-time-good": "{name}: метка времени в его подписи: {time}.",
        "pdf-time": "{name}: метки времени в его подписи нет или она недействительна.",
        "pdf-time-late": "{name}: метка времени в его подписи: {time}, позже метки манифеста, в котором он указан. Так быть не может.",
        "pdf-unsigned": "{name}: подписи нет, хотя в манифесте она указана.",
        "pdf-added": "{name}: после подписания что-то добавлено.",
        "pdf-changed": "{name}: подпись недействительна; файл изменён после подписания.",
        "pdf-foreign": "{name}: подписан другим сертификатом, не сертификатом пакета.",
        "not-asked": "Эта программа никогда не проверяет, отозван ли сертификат и кто выдал сертификат для документов.",
        "hashes-only": "ПРОВЕРЕНЫ ТОЛЬКО ХЕШИ, без пакета 'cryptography'. Если файлы и манифест изменены вместе, это не заметно; подписи и метки времени не проверялись.",
        "whole": "ПАКЕТ ЦЕЛ. Проверено всё.",
        "whole-but": "В ТОМ, ЧТО ПРОВЕРЕНО, ВСЁ ВЕРНО, но проверено не всё: см. строки с [??].",
        "broken": "ПАКЕТ НЕ ТАКОВ, КАКИМ ЕГО СОСТАВИЛИ. См. строки с [NO].",
        "failed": "Сбой этой программы ({error}). О пакете это ничего не говорит.",
    },
    "pl": {
        "head": "Pakiet {name}, sprawdzony programem verify_package {version}",
        "signature-good": "Podpis {algorithm} pod manifestem jest prawidłowy.",
        "signature-missing": "Brakuje podpisu {name}.",
        "signature-wrong": "Podpis {algorithm} nie pasuje: manifest zmieniono albo podpisano innymi kluczami.",
        "algorithm-open": "Podpisu {algorithm} nie sprawdzono: ta wersja 'cryptography' go nie zna.",
        "keys-missing": "Brakuje pliku keys.json albo nie da się go odczytać: nie wiadomo, kto podpisał.",
        "keys-other": "Plik keys.json nie pasuje do manifestu: zawiera inne klucze.",
        "foreign": "OBCE KLUCZE: pakiet podpisano innymi kluczami niż te, których odcisk podano. Jego własny: {fingerprint}",
        "fingerprint-good": "To są klucze, których odcisk podano.",
        "fingerprint-open": "NIE sprawdzono, czyje to klucze: są tu tylko klucze z samego pakietu. Kto tworzy fałszywy pakiet, wkłada własne. Proszę uzyskać odcisk od organizacji lub adwokata inną drogą i porównać: {fingerprint}",
        "organisation": "Pakiet podaje jako autora: {organisation}",
        "self-made": "Klucze utworzono na komputerze samej organizacji; żaden urząd certyfikacji za nie nie ręczy.",
        "draft": "PROJEKT. Pakiet mówi o sobie: {status}",
        "pseudonymised": "KOPIA SPSEUDONIMIZOWANA. Nazwiska zastąpiono kodami, zamiast dowodów są karty. Pełny pakiet ma pełnomocnik.",
        "files-good": "Pliki obecne, o rozmiarze i skrócie z manifestu: {count}. Niczego nie brakuje, niczego nie dodano.",
        "counsel": "Nie ma pliku {name}. Jest tylko dla pełnomocnika i wolno go pominąć.",
        "sealed": "Nie ma pliku {name}. Należy do zapieczętowanej koperty, przekazywanej oddzielnie: nie sprawdzono.",
        "missing": "Brakuje pliku {name}.",
        "added": "Dodano plik {name}: nie ma go w manifeście.",
        "changed": "Plik {name} zmieniono.",
        "swapped": "Plik {name} zawiera to, co należy do {other}.",
        "larger": "Plik {name} jest większy, niż podaje manifest; nie odczytano go do końca.",
        "file-damaged": "Plik {name} jest uszkodzony i nie da się go odczytać.",
        "sums-good": "SHA256SUMS zgadza się z manifestem.",
        "sums-wrong": "SHA256SUMS zmieniono: nie zgadza się z manifestem.",
        "not-found": "Nie można otworzyć: {name}.",
        "cut": "To nie jest cały plik ZIP: jest ucięty, uszkodzony albo to coś innego.",
        "manifest-missing": "Nie ma pliku manifest.json: to nie jest taki pakiet.",
        "manifest-bad": "Nie da się odczytać manifest.json: jest uszkodzony albo nie napisał go portal.",
        "format-unknown": "Manifest ma format {format}; ten program zna {known}.",
        "name-bad": "NIEBEZPIECZNE: przy rozpakowaniu {name} zostałby zapisany poza folderem. Proszę nie rozpakowywać tego pakietu.",
        "name-twice": "NIEBEZPIECZNE: nazwa {name} występuje dwa razy. Który plik się pokaże, zależy od programu.",
        "link": "NIEBEZPIECZNE: {name} to dowiązanie lub urządzenie, a nie plik.",
        "packed": "NIEBEZPIECZNE: plik {name} jest zaszyfrowany albo spakowany w nieznany sposób.",
        "bomb": "NIEBEZPIECZNE: {name} po rozpakowaniu urósłby o wiele za bardzo. Nie odczytano go.",
        "time-none": "Nie ma tu znacznika czasu. Jeśli przyszedł po pakiecie, proszę go podać: --token.",
        "time-good": "Znacznik czasu {name}: ten manifest istniał {time}, poświadcza urząd, którego certyfikat podano.",
        "time-open": "Znacznik czasu {name}: dla tego manifestu, {time}. Nie sprawdzono, czy jego urzędowi można ufać: proszę podać certyfikat urzędu, --tsa-certificate.",
        "time-foreign": "Znacznik czasu {name}, {time}, nie pochodzi od urzędu, którego certyfikat podano.",
        "time-other": "Znacznik czasu {name}, {time}, należy do innego manifestu.",
        "time-old": "Znacznik czasu {name} jest STARY: {time}, sprzed utworzenia tego pakietu ({built_on}), i dotyczy czegoś innego.",
        "time-early": "Znacznik czasu {name} jest z {time}, a pakiet podaje, że utworzono go {built_on}. To niemożliwe.",
        "time-wrong": "Znacznik czasu {name} jest nieważny: jego podpis lub certyfikat jest błędny.",
        "pdf-good": "{name}: podpisany w całości certyfikatem pakietu i od tego czasu niezmieniony.",
        "pdf-time-good": "{name}: znacznik czasu w jego podpisie: {time}.",
        "pdf-time": "{name}: znacznika czasu w jego podpisie brakuje albo jest nieważny.",
        "pdf-time-late": "{name}: znacznik czasu w jego podpisie jest z {time}, późniejszy niż znacznik manifestu, który go wymienia. To niemożliwe.",
        "pdf-unsigned": "{name} nie ma podpisu, choć manifest go podaje.",
        "pdf-added": "{name}: po podpisaniu coś dodano.",
        "pdf-changed": "{name}: podpis jest nieważny; plik zmieniono po podpisaniu.",
        "pdf-foreign": "{name} podpisano innym certyfikatem niż certyfikat pakietu.",
        "not-asked": "Ten program nigdy nie sprawdza, czy certyfikat unieważniono ani kto wystawił certyfikat dokumentów.",
        "hashes-only": "SPRAWDZONO TYLKO SKRÓTY, bez pakietu 'cryptography'. Nie widać, czy ktoś zmienił pliki i manifest razem; podpisów i znaczników czasu nie badano.",
        "whole": "PAKIET JEST NIENARUSZONY. Sprawdzono wszystko.",
        "whole-but": "W TYM, CO SPRAWDZONO, NIE MA BŁĘDÓW, ale nie sprawdzono wszystkiego: patrz wiersze z [??].",
        "broken": "PAKIET NIE JEST TAKI, JAK GO UTWORZONO. Patrz wiersze z [NO].",
        "failed": "Błąd tego programu ({error}). Nie mówi to nic o pakiecie.",
    },
    "lt": {
        "head": "Paketas {name}, patikrintas programa verify_package {version}",
        "signature-good": "Manifesto parašas {algorithm} teisingas.",
        "signature-missing": "Trūksta parašo {name}.",
        "signature-wrong": "Parašas {algorithm} netinka: manifestas pakeistas arba pasirašytas kitais raktais.",
        "algorithm-open": "Parašas {algorithm} nepatikrintas: ši 'cryptography' versija jo nežino.",
        "keys-missing": "Failo keys.json nėra arba jo negalima perskaityti: neaišku, kas pasirašė.",
        "keys-other": "Failas keys.json netinka manifestui: jame kiti raktai.",
        "foreign": "SVETIMI RAKTAI: paketas pasirašytas ne tais raktais, kurių atspaudą nurodėte. Jo paties atspaudas: {fingerprint}",
        "fingerprint-good": "Tai raktai, kurių atspaudą nurodėte.",
        "fingerprint-open": "Kieno tai raktai, NEPATIKRINTA: čia yra tik paties paketo raktai. Kas gamina netikrą paketą, įdeda savus. Gaukite atspaudą iš organizacijos ar advokato kitu keliu ir palyginkite: {fingerprint}",
        "organisation": "Paketas nurodo rengėją: {organisation}",
        "self-made": "Raktai sukurti pačios organizacijos kompiuteryje; jokia sertifikavimo įstaiga už juos neatsako.",
        "draft": "PROJEKTAS. Paketas apie save sako: {status}",
        "pseudonymised": "PSEUDONIMIZUOTA KOPIJA. Vardai pakeisti kodais, vietoj įrodymų yra lapeliai. Visas paketas yra pas advokatą.",
        "files-good": "Failų, kurių dydis ir maiša sutampa su manifestu: {count}. Nieko netrūksta ir niekas nepridėta.",
        "counsel": "Failo {name} nėra. Jis skirtas tik advokatui, jo galima nepridėti.",
        "sealed": "Failo {name} nėra. Jis yra užklijuotame voke, kuris įteikiamas atskirai: nepatikrinta.",
        "missing": "Trūksta failo {name}.",
        "added": "Pridėtas failas {name}: manifeste jo nėra.",
        "changed": "Failas {name} pakeistas.",
        "swapped": "Faile {name} yra tai, kas priklauso failui {other}.",
        "larger": "Failas {name} didesnis, nei nurodo manifestas; iki galo jis neperskaitytas.",
        "file-damaged": "Failas {name} sugadintas, jo negalima perskaityti.",
        "sums-good": "SHA256SUMS sutampa su manifestu.",
        "sums-wrong": "SHA256SUMS pakeistas: jis nesutampa su manifestu.",
        "not-found": "Nepavyksta atverti: {name}.",
        "cut": "Tai ne visas ZIP failas: jis nukirptas, sugadintas arba tai kas nors kita.",
        "manifest-missing": "Failo manifest.json nėra: tai ne toks paketas.",
        "manifest-bad": "Failo manifest.json negalima perskaityti: jis sugadintas arba parašytas ne portalo.",
        "format-unknown": "Manifesto formatas {format}; ši programa žino {known}.",
        "name-bad": "PAVOJINGA: išpakuojant {name} būtų įrašytas už aplanko ribų. Šio paketo neišpakuokite.",
        "name-twice": "PAVOJINGA: vardas {name} yra du kartus. Kuris failas bus parodytas, priklauso nuo programos.",
        "link": "PAVOJINGA: {name} yra nuoroda arba įrenginys, o ne failas.",
        "packed": "PAVOJINGA: failas {name} užšifruotas arba supakuotas nežinomu būdu.",
        "bomb": "PAVOJINGA: išpakuojant {name} pernelyg išaugtų. Jis neperskaitytas.",
        "time-none": "Laiko žymos čia nėra. Jei ji atėjo po paketo, nurodykite ją: --token.",
        "time-good": "Laiko žyma {name}: šis manifestas egzistavo {time}, patvirtina tarnyba, kurios sertifikatą nurodėte.",
        "time-open": "Laiko žyma {name}: šio manifesto, {time}. Ar pasitikite jos tarnyba, nepatikrinta: nurodykite tarnybos sertifikatą, --tsa-certificate.",
        "time-foreign": "Laiko žyma {name}, {time}, ne tos tarnybos, kurios sertifikatą nurodėte.",
        "time-other": "Laiko žyma {name}, {time}, priklauso kitam manifestui.",
        "time-old": "Laiko žyma {name} SENA: {time}, anksčiau, nei parengtas šis paketas ({built_on}), ir skirta kam kitam.",
        "time-early": "Laiko žyma {name} yra {time}, bet paketas sako, kad parengtas {built_on}. Taip būti negali.",
        "time-wrong": "Laiko žyma {name} negalioja: neteisingas jos parašas arba sertifikatas.",
        "pdf-good": "{name}: visas pasirašytas paketo sertifikatu ir nuo to laiko nepakeistas.",
        "pdf-time-good": "{name}: laiko žyma jo paraše: {time}.",
        "pdf-time": "{name}: laiko žymos jo paraše nėra arba ji negalioja.",
        "pdf-time-late": "{name}: laiko žyma jo paraše yra {time}, vėlesnė nei manifesto, kuriame jis nurodytas. Taip būti negali.",
        "pdf-unsigned": "{name} neturi parašo, nors manifestas jį nurodo.",
        "pdf-added": "{name}: po pasirašymo kažkas pridėta.",
        "pdf-changed": "{name}: parašas negalioja; failas pakeistas po pasirašymo.",
        "pdf-foreign": "{name} pasirašytas kitu sertifikatu, ne paketo.",
        "not-asked": "Ši programa niekada netikrina, ar sertifikatas atšauktas ir kas išdavė dokumentų sertifikatą.",
        "hashes-only": "PATIKRINTOS TIK MAIŠOS, be paketo 'cryptography'. Jei failai ir manifestas pakeisti kartu, to nematyti; parašai ir laiko žymos netikrinti.",
        "whole": "PAKETAS NEPAKEISTAS. Patikrinta viskas.",
        "whole-but": "KAS PATIKRINTA, TEISINGA, bet patikrinta ne viskas: žr. eilutes su [??].",
        "broken": "PAKETAS NE TOKS, KOKS BUVO PARENGTAS. Žr. eilutes su [NO].",
        "failed": "Šios programos klaida ({error}). Apie paketą tai nieko nesako.",
    },
    "de": {
        "head": "Paket {name}, geprüft mit verify_package {version}",
        "signature-good": "Die {algorithm}-Signatur über das Manifest stimmt.",
        "signature-missing": "Die Signatur {name} fehlt.",
        "signature-wrong": "Die {algorithm}-Signatur passt nicht: Das Manifest wurde geändert oder mit anderen Schlüsseln signiert.",
        "algorithm-open": "Die {algorithm}-Signatur wurde nicht geprüft: Diese Version von 'cryptography' kennt sie nicht.",
        "keys-missing": "keys.json fehlt oder ist nicht lesbar: Niemand kann sagen, wer signiert hat.",
        "keys-other": "keys.json passt nicht zum Manifest: Dort stehen andere Schlüssel.",
        "foreign": "FREMDE SCHLÜSSEL: Das Paket ist mit anderen Schlüsseln signiert als denen, deren Fingerabdruck Sie angegeben haben. Sein eigener: {fingerprint}",
        "fingerprint-good": "Es sind die Schlüssel, deren Fingerabdruck Sie angegeben haben.",
        "fingerprint-open": "Wessen Schlüssel das sind, wurde NICHT geprüft: Hier liegen nur die Schlüssel aus dem Paket selbst. Wer ein falsches Paket macht, legt eigene hinein. Lassen Sie sich den Fingerabdruck von der Organisation oder der Anwältin auf anderem Weg geben und vergleichen Sie: {fingerprint}",
        "organisation": "Das Paket nennt als seine Urheberin: {organisation}",
        "self-made": "Die Schlüssel wurden auf dem Rechner der Organisation selbst erzeugt; keine Zertifizierungsstelle steht dafür ein.",
        "draft": "ENTWURF. Das Paket sagt von sich: {status}",
        "pseudonymised": "PSEUDONYMISIERTE FASSUNG. Namen sind durch Kürzel ersetzt, statt der Beweismittel liegen Blätter bei. Das vollständige Paket hat der Rechtsbeistand.",
        "files-good": "Dateien, die mit Größe und Hash des Manifests da sind: {count}. Nichts fehlt, nichts kam hinzu.",
        "counsel": "{name} ist nicht da. Die Datei ist nur für den Rechtsbeistand und darf weggelassen werden.",
        "sealed": "{name} ist nicht da. Die Datei gehört in den gesondert übergebenen Umschlag: nicht geprüft.",
        "missing": "{name} fehlt.",
        "added": "{name} wurde hinzugefügt: Im Manifest steht die Datei nicht.",
        "changed": "{name} wurde geändert.",
        "swapped": "In {name} liegt, was in {other} gehört.",
        "larger": "{name} ist größer, als das Manifest sagt; die Datei wurde nicht zu Ende gelesen.",
        "file-damaged": "{name} ist beschädigt und nicht lesbar.",
        "sums-good": "SHA256SUMS sagt dasselbe wie das Manifest.",
        "sums-wrong": "SHA256SUMS wurde geändert: Dort steht etwas anderes als im Manifest.",
        "not-found": "{name} lässt sich nicht öffnen.",
        "cut": "Das ist kein ganzes ZIP: Es ist abgeschnitten, beschädigt oder etwas anderes.",
        "manifest-missing": "Es gibt keine manifest.json: Das ist kein solches Paket.",
        "manifest-bad": "manifest.json ist nicht lesbar: beschädigt oder nicht vom Portal geschrieben.",
        "format-unknown": "Das Manifest hat das Format {format}; dieses Programm kennt {known}.",
        "name-bad": "GEFÄHRLICH: {name} würde beim Entpacken außerhalb des Ordners landen. Entpacken Sie dieses Paket nicht.",
        "name-twice": "GEFÄHRLICH: Den Namen {name} gibt es zweimal. Welche der beiden Dateien man sieht, hängt vom Programm ab.",
        "link": "GEFÄHRLICH: {name} ist eine Verknüpfung oder ein Gerät, keine Datei.",
        "packed": "GEFÄHRLICH: {name} ist verschlüsselt oder auf unbekannte Weise gepackt.",
        "bomb": "GEFÄHRLICH: {name} würde beim Entpacken viel zu groß. Die Datei wurde nicht gelesen.",
        "time-none": "Hier ist kein Zeitstempel. Kam einer nach dem Paket, geben Sie ihn mit --token an.",
        "time-good": "Zeitstempel {name}: Dieses Manifest gab es am {time}, sagt die Stelle, deren Zertifikat Sie angegeben haben.",
        "time-open": "Zeitstempel {name}: über dieses Manifest, vom {time}. Ob Sie seiner Stelle trauen, wurde nicht geprüft: Geben Sie ihr Zertifikat mit --tsa-certificate an.",
        "time-foreign": "Zeitstempel {name} vom {time} ist nicht von der Stelle, deren Zertifikat Sie angegeben haben.",
        "time-other": "Zeitstempel {name} vom {time} gehört zu einem anderen Manifest.",
        "time-old": "Zeitstempel {name} ist ALT: vom {time}, vor der Herstellung dieses Pakets ({built_on}), und über etwas anderes.",
        "time-early": "Zeitstempel {name} ist vom {time}, aber das Paket sagt, es sei am {built_on} hergestellt. Das kann nicht sein.",
        "time-wrong": "Zeitstempel {name} hält nicht: Seine Signatur oder sein Zertifikat ist falsch.",
        "pdf-good": "{name}: als Ganzes mit dem Zertifikat des Pakets signiert und seitdem nicht geändert.",
        "pdf-time-good": "{name}: Der Zeitstempel in der Signatur ist vom {time}.",
        "pdf-time": "{name}: Der Zeitstempel in der Signatur fehlt oder hält nicht.",
        "pdf-time-late": "{name}: Der Zeitstempel in der Signatur ist vom {time}, später als der des Manifests, das die Datei nennt. Das kann nicht sein.",
        "pdf-unsigned": "{name} hat keine Signatur, obwohl das Manifest eine nennt.",
        "pdf-added": "{name}: Nach dem Signieren kam etwas hinzu.",
        "pdf-changed": "{name}: Die Signatur hält nicht; die Datei wurde nach dem Signieren geändert.",
        "pdf-foreign": "{name} ist mit einem anderen Zertifikat signiert als dem des Pakets.",
        "not-asked": "Dieses Programm prüft nie, ob ein Zertifikat widerrufen wurde und wer das der Dokumente ausgestellt hat.",
        "hashes-only": "NUR HASHES WURDEN GEPRÜFT, ohne das Paket 'cryptography'. Wer Dateien und Manifest zusammen geändert hat, fällt nicht auf; Signaturen und Zeitstempel wurden nicht angesehen.",
        "whole": "DAS PAKET IST UNVERSEHRT. Alles wurde geprüft.",
        "whole-but": "AM GEPRÜFTEN IST NICHTS FALSCH, aber nicht alles wurde geprüft: siehe die Zeilen mit [??].",
        "broken": "DAS PAKET IST NICHT, WIE ES HERGESTELLT WURDE. Siehe die Zeilen mit [NO].",
        "failed": "Dieses Programm ist gescheitert ({error}). Das sagt nichts über das Paket.",
    },
}


def clean(value: object, longest: int = 160) -> str:
    """A name or text of the package as it may be printed: no control character reaches the terminal."""
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return text if len(text) <= longest else text[:longest] + "..."


def language_of(given: str | None) -> str:
    """The language that was asked for, else that of this machine, else English."""
    if given:
        return given
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    with contextlib.suppress(ValueError):
        names.append(locale.getlocale()[0] or "")
    for name in names:
        if name[:2].lower() in TEXTS:
            return name[:2].lower()
    return "en"


class Report:
    """Collects what was found and prints it as it comes."""

    MARKS: ClassVar = {"good": "[ok]", "open": "[??]", "bad": "[NO]", "info": "[--]"}

    def __init__(self, language: str) -> None:
        self.words = TEXTS[language]
        self.kinds: set[int] = set()
        self.is_open = False

    def say(self, mark: str, code: str, **values: object) -> None:
        print(self.MARKS[mark], self.words[code].format(**{key: clean(value) for key, value in values.items()}))

    def good(self, code: str, **values: object) -> None:
        self.say("good", code, **values)

    def info(self, code: str, **values: object) -> None:
        self.say("info", code, **values)

    def open(self, code: str, **values: object) -> None:
        self.is_open = True
        self.say("open", code, **values)

    def bad(self, kind: int, code: str, **values: object) -> None:
        self.kinds.add(kind)
        self.say("bad", code, **values)

    def verdict(self) -> int:
        """The last line and the exit code."""
        print()
        if self.kinds:
            print(self.words["broken"])
            return min(self.kinds)
        print(self.words["whole-but" if self.is_open else "whole"])
        return OPEN if self.is_open else WHOLE


# --- where the files are --------------------------------------------------------------------------------------


class Source:
    """Where the files are."""

    def look(self, report: Report) -> list[str]:
        """Say what is dangerous before anything is read; give the names."""
        raise NotImplementedError

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. Raises Unreadable for one that is damaged."""
        raise NotImplementedError


class ZipSource(Source):
    """The files of a ZIP, read where they lie."""

    def __init__(self, path: str) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
            self.listed = [info for info in self.archive.infolist() if not info.orig_filename.endswith("/")]
        except (zipfile.BadZipFile, zlib.error, ValueError, OverflowError, NotImplementedError, UnicodeError) as error:
            raise Unreadable("cut") from error
        if len(self.listed) > MOST_FILES:
            raise Unreadable("cut")
        self.infos: dict[str, zipfile.ZipInfo] = {}

    def look(self, report: Report) -> list[str]:
        """Say what is dangerous before anything is read; give the names."""
        seen = set()
        for info in self.archive.infolist():
            name = info.orig_filename
            if is_dangerous(name.rstrip("/")):
                report.bad(DANGEROUS, "name-bad", name=name)
            if name.casefold() in seen:
                report.bad(DANGEROUS, "name-twice", name=name)
            seen.add(name.casefold())
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
                report.bad(DANGEROUS, "link", name=name)
            self._packing(info, report)
        self.infos = {info.orig_filename: info for info in reversed(self.listed)}
        return list(self.infos)

    def _packing(self, info: zipfile.ZipInfo, report: Report) -> None:
        is_known = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not info.flag_bits & 1
        if not is_known:
            report.bad(DANGEROUS, "packed", name=info.orig_filename)
        elif info.file_size > RATIO * info.compress_size + BLOCK:
            report.bad(DANGEROUS, "bomb", name=info.orig_filename)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. Raises Unreadable for a damaged one."""
        info = self.infos[name]
        is_bomb = info.file_size > RATIO * info.compress_size + BLOCK
        if is_bomb or info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(name)
        try:
            with self.archive.open(info) as source:
                yield from iter(lambda: source.read(BLOCK), b"")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as e:
            raise Unreadable(name) from e


class FolderSource(Source):
    """The files of a folder; links are named, never followed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.links: list[str] = []
        self.names: list[str] = []
        self._walk(path, "")

    def _walk(self, folder: str, before: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                name = before + entry.name
                if entry.is_dir(follow_symlinks=False):
                    self._walk(entry.path, name + "/")
                elif entry.is_file(follow_symlinks=False):
                    self.names.append(name)
                else:
                    self.links.append(name)
                if len(self.names) > MOST_FILES:
                    raise Unreadable("cut")

    def look(self, report: Report) -> list[str]:
        """Say what is dangerous before anything is read; give the names."""
        for name in self.links:
            report.bad(DANGEROUS, "link", name=name)
        seen = set()
        for name in self.names:
            if name.casefold() in seen:
                report.bad(DANGEROUS, "name-twice", name=name)
            seen.add(name.casefold())
        return self.names

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. Raises Unreadable for one that cannot be read."""
        try:
            with open(os.path.join(self.path, *name.split("/")), "rb") as source:
                yield from iter(lambda: source.read(BLOCK), b"")
        except OSError as error:
            raise Unreadable(name) from error


def is_dangerous(name: str) -> bool:
    """Could a program that unpacks this name write somewhere else?"""
    parts = name.replace("\\", "/").split("/")
    return (
        not name or name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in parts
        or any(not character.isprintable() for character in name)
    )  # fmt: skip


def small(source: Source, name: str, largest: int) -> bytes:
    """A whole file of at most so many bytes. Raises Unreadable."""
    found = b""
    for block in source.blocks(name):
        found += block
        if len(found) > largest:
            raise Unreadable(name)
    return found


# --- the manifest ---------------------------------------------------------------------------------------------


def strict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no name stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def read_json(body: bytes) -> dict[str, Any]:
    """JSON in ASCII or UTF-8 as an object. Raises Unreadable."""
    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=strict)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json") from error
    if not isinstance(found, dict):
        raise Unreadable("json")
    return found


def read_manifest(body: bytes) -> dict[str, Any]:
    """The manifest, in the shape that docs/package-format.md gives. Raises Unreadable."""
    found = read_json(body)
    if found.get("format") != FORMAT:
        return found
    files = found.get("files")
    if not isinstance(files, list) or len(files) > MOST_FILES or not all(is_entry(each) for each in files):
        raise Unreadable("files")
    names = [each["name"] for each in files]
    if len({name.casefold() for name in names}) != len(names) or any(is_ours(name) for name in names):
        raise Unreadable("names")
    if not re.match(r"\d{4}-\d\d-\d\d\Z", str(found.get("built_on"))):
        raise Unreadable("built_on")
    return found


def is_entry(entry: dict[str, Any]) -> bool:
    """Does an entry of the manifest have a sane name, size and hash?"""
    if not isinstance(entry, dict):
        return False
    name, size, digest = entry.get("name"), entry.get("bytes"), entry.get("sha256")
    return (
        isinstance(name, str) and bool(NAME.match(name)) and isinstance(size, int) and not isinstance(size, bool)
        and size >= 0 and isinstance(digest, str) and bool(HEX.match(digest))
    )  # fmt: skip


def is_ours(name: str) -> bool:
    """Is it a name that the manifest does not list: itself, and what is made of it?"""
    return name in (MANIFEST, SUMS) or name in SIGNATURES.values() or bool(TOKEN.match(name))


# --- signatures over the manifest -----------------------------------------------------------------------------


def check_signatures(
    source: Source, names: list[str], manifest: dict[str, Any], body: bytes, given: str | None, report: Report
) -> dict[str, Any]:
    """Both signatures and the keys; gives the statement about the keys, or {} where nothing of it can be used."""
    for name in SIGNATURES.values():
        if name not in names:
            report.bad(SIGNATURE, "signature-missing", name=name)
    try:
        keys = read_json(small(source, KEYS, LARGEST_SMALL)) if KEYS in names else None
        public = public_keys(keys)
    except Unreadable:
        keys, public = None, None
    if keys is None or public is None:
        report.bad(SIGNATURE, "keys-missing")
        return {}
    fingerprint = fingerprint_of(public)
    if fingerprint != manifest.get("key_fingerprint"):
        report.bad(SIGNATURE, "keys-other")
    if given and fingerprint != given:
        report.bad(SIGNATURE, "foreign", fingerprint=grouped(fingerprint))
    if not HAS_CRYPTOGRAPHY:
        return keys
    for algorithm, name in SIGNATURES.items():
        if name in names:
            check_signature(algorithm, public[algorithm], signature_in(source, name), body, report)
    if given and fingerprint == given:
        report.good("fingerprint-good")
    elif not given:
        report.open("fingerprint-open", fingerprint=grouped(fingerprint))
    report.info("organisation", organisation=keys.get("organisation"))
    if keys.get("origin") != "organisation":
        report.info("self-made")
    return keys


def signature_in(source: Source, name: str) -> bytes:
    """The bytes of a signature; what cannot be read is no signature."""
    try:
        return small(source, name, LARGEST_SMALL)
    except Unreadable:
        return b""


def public_keys(keys: dict[str, Any] | None) -> dict[str, bytes]:
    """The two public keys by name of the algorithm. Raises Unreadable."""
    if not keys or keys.get("format") != KEYS_FORMAT:
        raise Unreadable(KEYS)
    try:
        found = {"Ed25519": bytes.fromhex(keys["ed25519"]), "ML-DSA-65": bytes.fromhex(keys["mldsa65"])}
    except (KeyError, ValueError, TypeError) as error:
        raise Unreadable(KEYS) from error
    if [len(each) for each in found.values()] != [32, 1952]:
        raise Unreadable(KEYS)
    return found


def fingerprint_of(public: dict[str, bytes]) -> str:
    """SHA-256 over a fixed text and both public keys."""
    return hashlib.sha256(b"dossier-package-keys/2\n" + public["Ed25519"] + public["ML-DSA-65"]).hexdigest()


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of eight, to be compared by eye."""
    return " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))


def check_signature(algorithm: str, public: bytes, signature: bytes, body: bytes, report: Report) -> None:
    """One signature over the manifest as it stands."""
    if algorithm == "ML-DSA-65" and mldsa is None:
        report.open("algorithm-open", algorithm=algorithm)
        return
    try:
        if algorithm == "Ed25519":
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
        else:
            mldsa.MLDSA65PublicKey.from_public_bytes(public).verify(signature, body)
    except UnsupportedAlgorithm:
        report.open("algorithm-open", algorithm=algorithm)
    except (InvalidSignature, ValueError):
        report.bad(SIGNATURE, "signature-wrong", algorithm=algorithm)
    else:
        report.good("signature-good", algorithm=algorithm)


# --- files ----------------------------------------------------------------------------------------------------


def check_files(source: Source, names: list[str], manifest: dict[str, Any], body: bytes, report: Report) -> set[str]:
    """Every listed file, what is missing or added, and the list for sha256sum. Gives the names that are right."""
    files = manifest["files"]
    owners = {entry["sha256"]: entry["name"] for entry in files}
    right = set()
    for entry in files:
        if entry["name"] not in names:
            missing(entry, report)
        elif check_file(source, entry, owners, report):
            right.add(entry["name"])
    listed = {entry["name"] for entry in files}
    added = [name for name in names if name not in listed and not is_ours(name)]
    for name in added:
        report.bad(FILES, "added", name=name)
    left_out = {entry["name"] for entry in files if may_be_apart(entry) and entry["name"] not in names}
    if len(right) + len(left_out) == len(files) and not added:
        report.good("files-good", count=len(right))
    check_sums(source, names, files, body, report)
    return right


def may_be_apart(entry: dict[str, Any]) -> bool:
    """Does the manifest, which is signed, allow that a file is not with the others?"""
    return entry.get("for_counsel") is True or entry.get("sealed") is True


def missing(entry: dict[str, Any], report: Report) -> None:
    """A listed file that is not there; what is for counsel alone may be left out, a sealed one may be elsewhere."""
    if entry.get("for_counsel") is True:
        report.info("counsel", name=entry["name"])
    elif entry.get("sealed") is True:
        report.open("sealed", name=entry["name"])
    else:
        report.bad(FILES, "missing", name=entry["name"])


def check_file(source: Source, entry: dict[str, Any], owners: dict[str, str], report: Report) -> bool:
    """Size and hash of one file. Reading stops where the manifest says that it ends."""
    digest, size = hashlib.sha256(), 0
    try:
        for block in source.blocks(entry["name"]):
            size += len(block)
            if size > entry["bytes"]:
                break
            digest.update(block)
    except Unreadable:
        report.bad(FILES, "file-damaged", name=entry["name"])
        return False
    if size > entry["bytes"]:
        report.bad(FILES, "larger", name=entry["name"])
        return False
    found = digest.hexdigest()
    if found == entry["sha256"]:
        return True
    if found in owners:
        report.bad(FILES, "swapped", name=entry["name"], other=owners[found])
    else:
        report.bad(FILES, "changed", name=entry["name"])
    return False


def check_sums(source: Source, names: list[str], files: list[dict[str, Any]], body: bytes, report: Report) -> None:
    """SHA256SUMS must be exactly what the manifest makes of it."""
    if SUMS not in names:
        report.bad(FILES, "missing", name=SUMS)
        return
    lines = [(each["sha256"], each["name"]) for each in sorted(files, key=lambda each: each["name"])]
    lines.append((hashlib.sha256(body).hexdigest(), MANIFEST))
    wanted = "".join(f"{digest}  {name}\n" for digest, name in lines).encode()
    try:
        is_same = small(source, SUMS, len(wanted)) == wanted
    except Unreadable:
        is_same = False
    if is_same:
        report.good("sums-good")
    else:
        report.bad(FILES, "sums-wrong")


# --- DER and CMS: as much of them as signatures and time stamps need ------------------------------------------

SIGNED_DATA, TST_INFO, DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4", "1.2.840.113549.1.7.1"
CONTENT_TYPE, DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
CERTIFICATE_1, CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
SIGNATURE_TIME = "1.2.840.113549.1.9.16.2.14"
HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512",
}  # fmt: skip
PSS = "1.2.840.113549.1.1.10"
DEEPEST = 40


class Der:
    """One value: its tag, what is in it, and itself as it was written."""

    def __init__(self, tag: int, body: bytes, raw: bytes) -> None:
        self.tag, self.body, self.raw = tag, body, raw

    def parts(self) -> list[Der]:
        """The values inside."""
        found, at = [], 0
        while at < len(self.body):
            part = der(self.body, at)
            found.append(part)
            at += len(part.raw)
        return found

    def oid(self) -> str:
        """An object identifier as text."""
        if self.tag != 6 or not self.body or len(self.body) > DEEPEST:
            raise Unreadable("oid")
        numbers, value = [], 0
        for byte in self.body:
            value = value << 7 | byte & 127
            if not byte & 128:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(str(number) for number in [first, numbers[0] - 40 * first, *numbers[1:]])

    def number(self) -> int:
        """An integer."""
        return int.from_bytes(self.body, "big", signed=True)


def der(data: bytes, at: int = 0) -> Der:
    """The value that begins here; definite lengths only. Raises Unreadable."""
    if at + 2 > len(data):
        raise Unreadable("der")
    tag, length, start = data[at], data[at + 1], at + 2
    if length > 128:
        count = length & 127
        length, start = int.from_bytes(data[start : start + count], "big"), start + count
    elif length == 128:
        raise Unreadable("der")
    if tag & 31 == 31 or start + length > len(data):
        raise Unreadable("der")
    return Der(tag, data[start : start + length], data[at : start + length])


class Signed:
    """A CMS signature by one signer: what is signed, by whom, and the attributes. Raises Unreadable."""

    def __init__(self, data: bytes) -> None:
        try:
            self._read(der(data))
        except (IndexError, ValueError, KeyError, TypeError, StopIteration) as error:
            raise Unreadable("cms") from error

    def _read(self, outer: Der) -> None:
        kind, wrapped = outer.parts()[:2]
        if kind.oid() != SIGNED_DATA:
            raise Unreadable("cms")
        parts = wrapped.parts()[0].parts()
        content = parts[2].parts()
        self.content_type = content[0].oid()
        self.is_detached = len(content) == 1
        self.content = b"" if self.is_detached else content[1].parts()[0].body
        self.certificates = [x509.load_der_x509_certificate(each.raw) for part in parts[3:] if part.tag == 0xA0
                             for each in part.parts() if each.tag == 0x30]  # fmt: skip
        (signer,) = parts[-1].parts()
        fields = signer.parts()
        self.sid, self.digest = fields[1], HASHES[fields[2].parts()[0].oid()]
        if fields[3].tag != 0xA0:
            raise Unreadable("cms")
        self.attributes = {each.parts()[0].oid(): each.parts()[1].parts() for each in fields[3].parts()}
        if len(self.attributes) != len(fields[3].parts()):
            raise Unreadable("cms")
        self.signed = b"\x31" + fields[3].raw[1:]  # signed as a SET, written with a tag of its place
        self.algorithm, self.signature = fields[4].parts(), fields[5].body
        self.unsigned = {each.parts()[0].oid(): each.parts()[1].parts() for part in fields[6:] if part.tag == 0xA1
                         for each in part.parts()}  # fmt: skip
        self.signer = self._signer()

    def _signer(self) -> x509.Certificate:
        """The certificate that the signer names. Raises StopIteration when it is not there."""
        if self.sid.tag != 0x30:
            identifiers = {cert: _key_identifier(cert) for cert in self.certificates}
            return next(cert for cert in self.certificates if identifiers[cert] == self.sid.body)
        issuer, serial = self.sid.parts()
        return next(cert for cert in self.certificates
                    if cert.issuer.public_bytes() == issuer.raw and cert.serial_number == serial.number())  # fmt: skip

    def holds(self, digest: bytes) -> bool:
        """Does the signature hold over a content with this digest, by the certificate that it names?"""
        try:
            wanted = self.attributes[CONTENT_TYPE][0].oid() == self.content_type
            wanted = wanted and self.attributes[DIGEST][0].body == digest and self._names_signer()
            return wanted and self._verifies()
        except (KeyError, IndexError, ValueError, TypeError, Unreadable, UnsupportedAlgorithm):
            return False

    def _names_signer(self) -> bool:
        """The hash of the certificate is signed too, so that no other one can be put in its place."""
        whole = self.signer.public_bytes(Encoding.DER)
        if CERTIFICATE_2 in self.attributes:
            first = self.attributes[CERTIFICATE_2][0].parts()[0].parts()[0].parts()
            name = HASHES[first[0].parts()[0].oid()] if first[0].tag == 0x30 else "sha256"
            value = next(part for part in first if part.tag == 4).body
        else:
            first = self.attributes[CERTIFICATE_1][0].parts()[0].parts()[0].parts()
            name, value = "sha1", first[0].body
        return hashlib.new(name, whole).digest() == value

    def _verifies(self) -> bool:
        key, digest = self.signer.public_key(), _hash(self.digest)
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(self.signature, self.signed, self._padding(), digest)
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self.signature, self.signed, ec.ECDSA(digest))
            elif isinstance(key, ed25519.Ed25519PublicKey):
                key.verify(self.signature, self.signed)
            else:
                return False
        except InvalidSignature:
            return False
        return True

    def _padding(self) -> Any:
        if self.algorithm[0].oid() != PSS:
            return padding.PKCS1v15()
        digest = _hash(self.digest)
        return padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, ValueError):
        return None


def _hash(name: str) -> Any:
    return {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[name]


def is_proved(
    certificate: x509.Certificate, others: list[x509.Certificate], trusted: list[x509.Certificate], at: datetime
) -> bool:
    """Is there a chain from a certificate to a trusted one, each valid at that time?"""
    for _ in range(8):
        if not from_of(certificate) <= at <= until_of(certificate):
            return False
        if certificate in trusted:
            return True
        above = [each for each in [*trusted, *others] if each != certificate and is_issued(certificate, each, trusted)]
        if not above:
            return False
        certificate = above[0]
    return False


def is_issued(certificate: x509.Certificate, issuer: x509.Certificate, trusted: list[x509.Certificate]) -> bool:
    """Did this authority sign this certificate?"""
    try:
        certificate.verify_directly_issued_by(issuer)
        if issuer in trusted:
            return True
        return bool(issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound):
        return False


def from_of(certificate: x509.Certificate) -> datetime:
    """The first moment of a certificate; older versions of the package give it without a zone."""
    found = getattr(certificate, "not_valid_before_utc", None)
    return found or certificate.not_valid_before.replace(tzinfo=timezone.utc)


def until_of(certificate: x509.Certificate) -> datetime:
    """The last moment of a certificate."""
    found = getattr(certificate, "not_valid_after_utc", None)
    return found or certificate.not_valid_after.replace(tzinfo=timezone.utc)


# --- time stamps ----------------------------------------------------------------------------------------------


class Token:
    """A time stamp: whose hash it names, and when. Raises Unreadable."""

    def __init__(self, data: bytes) -> None:
        self.signed = Signed(data)
        if self.signed.content_type != TST_INFO or self.signed.is_detached:
            raise Unreadable("token")
        try:
            info = der(self.signed.content).parts()
            imprint = info[2].parts()
            self.hash, self.imprint = HASHES[imprint[0].parts()[0].oid()], imprint[1].body
            self.at = moment(info[4].body.decode("ascii"))
        except (IndexError, KeyError, ValueError) as error:
            raise Unreadable("token") from error

    def is_over(self, data: bytes) -> bool:
        """Is it a time stamp of these bytes?"""
        return hashlib.new(self.hash, data).digest() == self.imprint

    def holds(self) -> bool:
        """Is it signed by a certificate that is for time stamps, and was valid then?"""
        cert = self.signed.signer
        try:
            use = cert.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
            is_meant = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8") in use
        except (x509.ExtensionNotFound, ValueError):
            return False
        digest = hashlib.new(self.signed.digest, self.signed.content).digest()
        return is_meant and from_of(cert) <= self.at <= until_of(cert) and self.signed.holds(digest)

    def is_by(self, trusted: list[x509.Certificate]) -> bool:
        """Is its authority proved by a certificate that was given?"""
        return is_proved(self.signed.signer, self.signed.certificates, trusted, self.at)

    @property
    def words(self) -> str:
        """The time, in UTC."""
        return self.at.strftime("%Y-%m-%d %H:%M:%S UTC")


def moment(text: str) -> datetime:
    """A GeneralizedTime in UTC. Raises ValueError."""
    return datetime.strptime(text.rstrip("Z").split(".")[0], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)


def check_time(
    source: Source, names: list[str], body: bytes, built_on: str, arguments: argparse.Namespace, report: Report
) -> datetime | None:
    """Every time stamp in the package and every one that was given. Gives the earliest that holds, or None."""
    found = [(name, "") for name in names if TOKEN.match(name)]
    found += [(os.path.basename(path), path) for path in arguments.token]
    if not found:
        report.open("time-none")
    moments = []
    for name, path in sorted(found):
        try:
            token = token_of(read_file(path) if path else small(source, name, LARGEST_SMALL))
        except Unreadable:
            report.bad(TIME, "time-wrong", name=name)
            continue
        if check_token(name, token, body, built_on, arguments.trusted, report):
            moments.append(token.at)
    return min(moments, default=None)


def token_of(data: bytes) -> Token:
    """A token, or the answer of an authority that holds one."""
    outer = der(data)
    first = outer.parts()
    if first and first[0].tag == 0x30 and len(first) > 1:
        return Token(first[1].raw)
    return Token(data)


def check_token(
    name: str, token: Token, body: bytes, built_on: str, trusted: list[x509.Certificate], report: Report
) -> bool:
    """One time stamp: its signature, whether it is of this manifest, its day, and who gave it."""
    said = {"name": name, "time": token.words}
    is_early = token.at.date().isoformat() < built_on
    if not token.holds():
        report.bad(TIME, "time-wrong", name=name)
    elif not token.is_over(body):
        report.bad(TIME, "time-old" if is_early else "time-other", built_on=built_on, **said)
    elif is_early:
        report.bad(TIME, "time-early", built_on=built_on, **said)
    elif trusted and not token.is_by(trusted):
        report.bad(TIME, "time-foreign", **said)
    else:
        report.say("good" if trusted else "open", "time-good" if trusted else "time-open", **said)
        report.is_open = report.is_open or not trusted
        return True
    return False


# --- signed documents -----------------------------------------------------------------------------------------

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s*\]")
CLOCKS_DIFFER = timedelta(minutes=5)  # those of two authorities
WINDOW = 512  # longer than any such array


class Time:
    """Whose time stamps are believed, and when the manifest was stamped, if it was."""

    def __init__(self, trusted: list[x509.Certificate], stamped: datetime | None) -> None:
        self.trusted, self.stamped = trusted, stamped

    def is_after(self, moment: datetime) -> bool:
        """Is it later than the stamp of the manifest, by more than clocks differ?"""
        return self.stamped is not None and moment > self.stamped + CLOCKS_DIFFER


def check_documents(
    source: Source, right: set[str], manifest: dict[str, Any], keys: dict[str, Any], time: Time, report: Report
) -> None:
    """Each document that the manifest calls signed; one that was changed has been named already."""
    certificates = certificates_of(keys)
    for entry in manifest["files"]:
        if isinstance(entry.get("signature"), str) and entry["name"] in right:
            check_pdf(source, entry, certificates, time, report)


def certificates_of(keys: dict[str, Any]) -> list[x509.Certificate]:
    """The certificates that keys.json names, the signer's own first."""
    listed = keys.get("document_certificates")
    try:
        return [x509.load_pem_x509_certificate(each.encode("ascii")) for each in listed or []]
    except (TypeError, ValueError, AttributeError):
        return []


def check_pdf(
    source: Source, entry: dict[str, Any], certificates: list[x509.Certificate], time: Time, report: Report
) -> None:
    """The signature in a PDF: over the whole file, by the certificate of the package, with its time."""
    name = entry["name"]
    ranges = ranges_of(source, name)
    whole = [each for each in ranges if each[0] == 0 and each[1] < each[2] and each[2] + each[3] == entry["bytes"]]
    if not whole:
        report.bad(DOCUMENT, "pdf-added" if ranges else "pdf-unsigned", name=name)
        return
    try:
        gap, digests = read_around(source, name, whole[-1])
        signed = Signed(contents(gap))
    except Unreadable:
        report.bad(DOCUMENT, "pdf-changed", name=name)
        return
    if not signed.is_detached or signed.content_type != DATA or not signed.holds(digests[signed.digest]):
        report.bad(DOCUMENT, "pdf-changed", name=name)
    elif not certificates or signed.signer != certificates[0]:
        report.bad(DOCUMENT, "pdf-foreign", name=name)
    else:
        report.good("pdf-good", name=name)
        check_pdf_time(entry, signed, time, report)


def check_pdf_time(entry: dict[str, Any], signed: Signed, time: Time, report: Report) -> None:
    """The time stamp over the signature itself, where the manifest says that there is one."""
    name = entry["name"]
    if SIGNATURE_TIME not in signed.unsigned:
        if entry["signature"] == "PAdES B-T":
            report.bad(DOCUMENT, "pdf-time", name=name)
        return
    try:
        token = Token(signed.unsigned[SIGNATURE_TIME][0].raw)
        holds = token.holds() and token.is_over(signed.signature)
    except (Unreadable, IndexError):
        holds = False
    if not holds or (time.trusted and not token.is_by(time.trusted)):
        report.bad(DOCUMENT, "pdf-time", name=name)
    elif time.is_after(token.at):
        report.bad(TIME, "pdf-time-late", name=name, time=token.words)
    else:
        report.say("good" if time.trusted else "info", "pdf-time-good", name=name, time=token.words)


def ranges_of(source: Source, name: str) -> list[tuple[int, ...]]:
    """Every /ByteRange in a file, as numbers, read as a stream."""
    found, kept = {}, b""
    at = 0
    for block in source.blocks(name):
        window = kept + block
        for match in RANGE.finditer(window):
            found[at - len(kept) + match.start()] = tuple(int(number) for number in match.groups())
        at += len(block)
        kept = window[-WINDOW:]
        if len(found) > 1000:
            break
    return [found[place] for place in sorted(found)]


def read_around(source: Source, name: str, place: tuple[int, ...]) -> tuple[bytes, dict[str, bytes]]:
    """What a signature leaves out, and the digests of everything else. Raises Unreadable."""
    start, end = place[1], place[2]
    if end - start > LARGEST_GAP:
        raise Unreadable(name)
    digests = {each: hashlib.new(each) for each in HASHES.values()}
    gap, at = b"", 0
    for block in source.blocks(name):
        cut = [min(max(edge - at, 0), len(block)) for edge in (start, end)]
        gap += block[cut[0] : cut[1]]
        for digest in digests.values():
            digest.update(block[: cut[0]])
            digest.update(block[cut[1] :])
        at += len(block)
    return gap, {each: digest.digest() for each, digest in digests.items()}


def contents(gap: bytes) -> bytes:
    """The signature in the room that was left for it: hexadecimal digits and nothing else. Raises Unreadable."""
    if not re.match(rb"<([0-9A-Fa-f]{2})+>\Z", gap):
        raise Unreadable("contents")
    data = bytes.fromhex(gap[1:-1].decode("ascii"))
    found = der(data)
    if data[len(found.raw) :].strip(b"\0"):
        raise Unreadable("contents")
    return found.raw


# --- the whole ------------------------------------------------------------------------------------------------


def verify(arguments: argparse.Namespace, report: Report) -> int:
    """Check a package and give the exit code."""
    try:
        source = FolderSource(arguments.package) if os.path.isdir(arguments.package) else ZipSource(arguments.package)
        names = source.look(report)
        body = small(source, MANIFEST, LARGEST_MANIFEST) if MANIFEST in names else b""
        manifest = read_manifest(body) if body else None
    except OSError:
        report.bad(UNREADABLE, "not-found", name=arguments.package)
        return report.verdict()
    except Unreadable as error:
        report.bad(UNREADABLE, "cut" if str(error) in ("cut", MANIFEST) else "manifest-bad")
        return report.verdict()
    if manifest is None or manifest.get("format") != FORMAT:
        code = "manifest-missing" if manifest is None else "format-unknown"
        report.bad(UNREADABLE, code, format=(manifest or {}).get("format"), known=FORMAT)
        return report.verdict()
    check_all(source, names, manifest, body, arguments, report)
    return report.verdict()


def check_all(
    source: Source,
    names: list[str],
    manifest: dict[str, Any],
    body: bytes,
    arguments: argparse.Namespace,
    report: Report,
) -> None:
    """Every check on a package whose manifest can be read."""
    if "draft" in str(manifest.get("status", "")).lower():
        report.info("draft", status=manifest["status"])
    if manifest.get("rendering") == "pseudonymised":
        report.info("pseudonymised")
    keys = check_signatures(source, names, manifest, body, arguments.fingerprint, report)
    right = check_files(source, names, manifest, body, report)
    if not HAS_CRYPTOGRAPHY:
        report.open("hashes-only")
        return
    stamped = check_time(source, names, body, manifest["built_on"], arguments, report)
    check_documents(source, right, manifest, keys, Time(arguments.trusted, stamped), report)
    report.info("not-asked")


def read_file(path: str) -> bytes:
    """A file that was named in the arguments. Raises Unreadable for one that is too large."""
    with open(path, "rb") as source:
        data = source.read(LARGEST_SMALL + 1)
    if len(data) > LARGEST_SMALL:
        raise Unreadable(path)
    return data


def fingerprint_argument(text: str) -> str:
    """64 hexadecimal digits, however they are grouped."""
    found = re.sub(r"[\s:.-]", "", text).lower()
    if not HEX.match(found):
        raise argparse.ArgumentTypeError("64 hexadecimal digits")
    return found


def certificates_argument(path: str) -> list[x509.Certificate]:
    """The certificates of a file in PEM or DER."""
    if not HAS_CRYPTOGRAPHY:
        return []
    try:
        data = read_file(path)
        if b"-----BEGIN" not in data:
            return [x509.load_der_x509_certificate(data)]
        parts = re.findall(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", data, re.DOTALL)
        return [x509.load_pem_x509_certificate(part) for part in parts]
    except (OSError, ValueError, Unreadable) as error:
        raise argparse.ArgumentTypeError("a certificate in PEM or DER") from error


def token_argument(path: str) -> str:
    """A file that can be read."""
    if not os.path.isfile(path):
        raise argparse.ArgumentTypeError("a file")
    return path


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    """What was asked for; wrong arguments end with code 2."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", help="the ZIP, or the folder into which it was unpacked")
    parser.add_argument("--fingerprint", type=fingerprint_argument, help="of the keys, as you got it by another way")
    parser.add_argument("--tsa-certificate", type=certificates_argument, action="append", default=[],
                        help="of the time stamping authority, PEM or DER; may be given twice")  # fmt: skip
    parser.add_argument("--token", type=token_argument, action="append", default=[],
                        help="a time stamp that came after the package; may be given twice")  # fmt: skip
    parser.add_argument("--language", choices=sorted(TEXTS), help="default: that of this machine")
    parser.add_argument("--hashes-only", action="store_true", help="leave out everything that needs cryptography")
    arguments = parser.parse_args(given)
    arguments.trusted = [each for listed in arguments.tsa_certificate for each in listed]
    return arguments


def main(given: list[str] | None = None) -> int:
    """Entry: prints what was found, returns the exit code."""
    global HAS_CRYPTOGRAPHY
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = read_arguments(given)
    if arguments.hashes_only:
        HAS_CRYPTOGRAPHY = False
    words = TEXTS[language_of(arguments.language)]
    print(words["head"].format(name=clean(os.path.basename(os.path.abspath(arguments.package))), version=VERSION))
    print()
    try:
        return verify(arguments, Report(language_of(arguments.language)))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here must not look like a word about the package
        print(words["failed"].format(error=type(error).__name__))
        return 1


if __name__ == "__main__":
    sys.exit(main())
