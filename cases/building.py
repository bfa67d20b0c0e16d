"""Building a dossier: claimed by one worker, opened with two shares, checkpointed by step, safe to run twice."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import chain
from pathlib import Path
from secrets import token_bytes
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cases import broken, changed, checkpoints, claims, records, stamping
from cases.actions.dossiers import KIND, PACKAGE
from cases.actions.withdrawing import drop
from cases.checkpoints import Checkpoints, Kept
from cases.conditions import conditions
from cases.dossier import final
from cases.dossier.ahead import ahead
from cases.dossier.annex_inputs import PaperInput
from cases.dossier.assemble import Documents, SignedDocuments, package_parts, render_all, sign_all
from cases.dossier.children import warm
from cases.dossier.envelope_parts import envelope_parts
from cases.dossier.errors import BadInput, PackageFailed, RenderFailed
from cases.dossier.exhibits import Prepared, prepare_exhibit
from cases.dossier.inputs import DossierInput, ExhibitInput
from cases.dossier.package import SALT, Package, write_package
from cases.dossier.points import open_in
from cases.dossier.render import Rendered
from cases.dossier.sign import STAMPED
from cases.hold import is_held
from cases.models import Case, Dossier, Exhibit
from cases.permission import is_stopped
from cases.release import NotReleased, Released, is_elsewhere, is_lost, open_released
from cases.signing import signing
from cases.waking import wake
from vault import audit, compartments, erasing, files, worker
from vault.errors import Forged, VaultError
from vault.keyring import Keyring
from vault.models import Compartment, SealedFile
from vault.writing import FileWriter

CHECKPOINT, EXPORTED = checkpoints.KIND, "dossier.exported"
LONGEST = 3 * 3600.0  # seconds of one attempt; the next one goes on from the checkpoints
# The same input would fail in the same way again.
HOPELESS = ("too-long", "depth", "fetch", "check-", "original-differs", "name-twice", "release-")
FORGED = ("same_person", "purpose", "missing")  # no honest way leads to such a release
Step = Dossier.Step
State = Dossier.State


def build(dossier_id: UUID) -> None:
    """Build one dossier if nobody else does. Whatever goes wrong is noted as a code; nothing is half delivered."""
    if not claims.take(dossier_id):
        return
    with claims.held(dossier_id):
        _build(dossier_id)
    if following := claims.following(dossier_id):
        wake(following)


def _build(dossier_id: UUID) -> None:
    dossier = Dossier.objects.select_related("case").get(id=dossier_id)
    if is_stopped(dossier.id):
        drop(dossier)
        return
    if is_held(dossier.case_id):
        claims.leave(dossier.id)
        return
    rings = worker.keyrings()
    try:
        job = _Job(dossier, open_released(dossier, rings))
        with warm(job.tmpfs):
            job.run()
    except NotReleased as error:
        if is_elsewhere(dossier, rings):
            claims.leave(dossier.id)
            return
        if str(error) in FORGED:
            broken.met(dossier.case, error)
        _stop(dossier, "worker_changed" if is_lost(dossier, rings) else f"not_released_{error}")
    except OnHold:
        claims.leave(dossier.id)
    except NotStamped:
        claims.leave(dossier.id)
        Dossier.objects.filter(id=dossier.id).update(trouble="waits_for_stamp")
    except TakenBack:
        drop(dossier)
    except BadInput as error:
        _stop(dossier, f"input_{error.code}"[:40])
    except (RenderFailed, PackageFailed) as error:
        again = _stop if error.code.startswith(HOPELESS) else _try_later
        again(dossier, f"render_{error.code}"[:40])
    except Forged as error:
        broken.met(dossier.case, error)
        _try_later(dossier, type(error).__name__.lower())
    except (VaultError, OSError) as error:
        _try_later(dossier, type(error).__name__.lower())


class OnHold(Exception):
    """The case is in safety hold: nothing is delivered."""


class NotStamped(Exception):
    """No authority gave the time for a dossier for filing: it waits, and is tried again."""


class TakenBack(Exception):
    """The survivor took the permission back, or the team the request, while it was built: nothing is delivered."""


class _Job:
    """One released request on its way through the steps."""

    def __init__(self, dossier: Dossier, released: Released) -> None:
        self.dossier = dossier
        self.released = released
        self.ring: Keyring = released.ring
        self.data = DossierInput.from_bytes(records.as_bytes(released.content))
        self.exhibits = {row.number: row for row in Exhibit.objects.filter(case=dossier.case).select_related("file")}
        self.signing = signing()
        self.notes = Checkpoints.of(dossier.id, self.ring)
        self.words = self.data.words
        self.until = monotonic() + LONGEST
        self.tmpfs = Path(settings.TMPFS_DIR)

    def run(self) -> None:
        """Do every step that no checkpoint holds yet, then deliver."""
        self._reached(Step.FACTS)
        prepared = self._exhibits()
        self._reached(Step.EXHIBITS)
        documents = self._documents(prepared)
        self._reached(Step.DOCUMENTS)
        signed = sign_all(self.data, documents, self.signing, tmpfs=self.tmpfs)
        with FileWriter() as writer:
            parts = chain(
                package_parts(self.data, signed, prepared, self._original, tmpfs=self.tmpfs),
                envelope_parts(self.data, self._paper, tmpfs=self.tmpfs),
            )
            package = write_package(self.data, parts, writer.write, signing=self.signing, salt=token_bytes(SALT))
            final.require(self.data, package.entries)
            self._require_stamped(signed, package)
            self._deliver(writer, package, documents)

    def _require_stamped(self, signed: SignedDocuments, package: Package) -> None:
        """What goes out for filing waits for its time stamps; a draft gets them later. Raises NotStamped."""
        levels = {signed.cover.level, signed.complaint.level}
        has_all = bool(package.tokens) and all(package.tokens) and levels == {STAMPED}
        if self.data.filing is not None and not has_all:
            raise NotStamped

    def _exhibits(self) -> list[Kept]:
        """Every exhibit, cleaned now or by an attempt before."""
        for exhibit, made in zip(self.data.exhibits, ahead(self._cleanings()), strict=True):
            if made is not None:
                self.notes.keep_exhibit(exhibit.number, made)
        return [self.notes.exhibit(exhibit.number) for exhibit in self.data.exhibits]

    def _cleanings(self) -> Iterator[Callable[[], Prepared | None]]:
        """What cleans each exhibit, or does nothing where that was done."""
        for exhibit in self.data.exhibits:
            self._go_on(part=exhibit.number)
            if self.notes.has_exhibit(exhibit.number):
                yield lambda: None
            else:
                yield partial(
                    prepare_exhibit, exhibit, self._whole(exhibit), reference=self.data.reference,
                    built_on=self.data.built_on, tmpfs=self.tmpfs, words=self.words,
                )  # fmt: skip

    def _documents(self, prepared: list[Kept]) -> Documents:
        note = self.notes.read("documents")
        if note is None:
            made = render_all(self.data, prepared, fingerprint=self.signing.keys.fingerprint, tmpfs=self.tmpfs)
            note = {name: [_text(part.body), part.pages, dict(part.attached)] for name, part in vars(made).items()}
            self.notes.write("documents", note)
        return Documents(**{name: Rendered(base64.b64decode(body), *more) for name, (body, *more) in note.items()})

    def _whole(self, exhibit: ExhibitInput) -> bytes:
        """The original, or nothing where it is withheld: no key to it came with the request."""
        return b"".join(self._original(exhibit)) if exhibit.sha256 else b""

    def _original(self, exhibit: ExhibitInput) -> Iterator[bytes]:
        """The original bytes of an exhibit, opened with the file key that the asker copied."""
        yield from self._opened(self.exhibits[exhibit.number].file)

    def _paper(self, paper: PaperInput) -> Iterator[bytes]:
        """The bytes of a signed paper, in the same way. Raises vault.errors.Forged when its file is not there."""
        file = SealedFile.objects.filter(id=paper.file).first()
        if file is None:
            raise Forged(f"dossier {self.dossier.id}: paper {paper.label} is gone")
        yield from self._opened(file)

    def _opened(self, file: SealedFile) -> Iterator[bytes]:
        stream = files.open_stream(files.find_key(file, self.released.opened))
        try:
            yield from stream.chunks()
        finally:
            stream.close()

    @transaction.atomic
    def _deliver(self, writer: FileWriter, package: Package, documents: Documents) -> None:
        """Seal the package to the lawyer and the asker, and erase everything that was copied for the job.

        Raises OnHold for a case that came into safety hold while this was built (the checkpoints wait), or TakenBack.
        """
        Case.objects.select_for_update().get(id=self.dossier.case_id)
        if is_held(self.dossier.case_id):
            raise OnHold
        if is_stopped(self.dossier.id):
            raise TakenBack
        opened = compartments.create(
            kind=PACKAGE, owner=self.dossier.id, recipients=[self.released.lawyer, self.released.requester],
            giver=self.ring.signer, purpose=PACKAGE,
        )  # fmt: skip
        kept = writer.keep(opened, self.ring.signer)
        contents = {
            "files": [[entry.name, entry.size, entry.sha256] for entry in package.entries],
            "sha256": package.sha256, "pages": documents.complaint.pages,
            "client": conditions(self.data), "imprint": package.imprint.hex(),
            "points": [asdict(each) for each in open_in(self.data)],
            "noted": changed.noted(self.data), "rendering": self.data.rendering,
            "fingerprint": self.signing.keys.fingerprint, "self_made": self.signing.is_self_made,
            "stamped": [token.at.isoformat() for token in package.tokens if token],
            "for_filing": self.data.filing is not None,
        }  # fmt: skip
        records.write_next(opened, "dossier", "contents", self.dossier.id, contents, self.ring.signer)
        erasing.erase_and_forget(Compartment.objects.filter(kind__in=[KIND, CHECKPOINT], owner=self.dossier.id))
        Dossier.objects.filter(id=self.dossier.id).update(
            file=kept, state=State.READY, step=Step.PACKAGE, claimed_until=None, trouble=""
        )
        stamping.ask(self.dossier, package.imprint, package.tokens)
        audit.record("dossier.built", "dossier", self.dossier.id, by=None)
        audit.record(EXPORTED, "dossier", self.dossier.id, by=None, detail=self._exported())

    def _exported(self) -> dict[str, object]:
        """For whom it was sealed, and for what."""
        return {"recipient": str(self.released.lawyer.holder), "filing": self.data.filing is not None}

    def _reached(self, step: str) -> None:
        Dossier.objects.filter(id=self.dossier.id).update(step=step)
        self._go_on()

    def _go_on(self, part: int = 0) -> None:
        """Look up whether to go on, and say how far it is.

        part: the exhibit that comes now. Raises TakenBack, OnHold, or RenderFailed("job-time") after LONGEST seconds.
        """
        if is_stopped(self.dossier.id):
            raise TakenBack
        if is_held(self.dossier.case_id):
            raise OnHold
        if monotonic() > self.until:
            raise RenderFailed("job-time")
        Dossier.objects.filter(id=self.dossier.id).update(part=part, parts=len(self.data.exhibits))


def _stop(dossier: Dossier, trouble: str) -> None:
    Dossier.objects.filter(id=dossier.id).update(state=State.FAILED, trouble=trouble, claimed_until=None)
    audit.record("dossier.stopped", "dossier", dossier.id, by=None, detail={"trouble": trouble})


def _try_later(dossier: Dossier, trouble: str) -> None:
    """Give the job back for another attempt, or stop after the last."""
    dossier.refresh_from_db(fields=["attempts"])
    if dossier.attempts >= claims.ATTEMPTS:
        _stop(dossier, trouble)
        return
    Dossier.objects.filter(id=dossier.id).update(state=State.APPROVED, trouble=trouble, claimed_until=None)


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode("ascii")
