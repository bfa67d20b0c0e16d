"""The child process: `python -m cases.dossier.render_child JOB CPU_SECONDS MEMORY_MIB`, frames in, frames out.

Limits are set and the network is closed before anything of the data is read: the worker has neither the renderer nor a
parser of foreign files in its memory. A child of the nursery (cases.dossier.children) has the libraries already.
"""

from __future__ import annotations

import errno
import logging
import resource
import sys
from importlib import import_module

import pyseccomp

from cases.dossier import frames
from cases.dossier.errors import DossierError

# Job -> module and function. A function takes the parts of the question and returns the parts of the answer.
JOBS = {
    "complaint": "cases.dossier.html:complaint",
    "cover": "cases.dossier.html:cover",
    "note": "cases.dossier.html:note",
    "sealed": "cases.dossier.html:sealed",
    "form": "cases.dossier.html:form",
    "sheet": "cases.dossier.html:sheet",
    "exhibit": "cases.dossier.exhibit_copy:exhibit_copy",
    "volume": "cases.dossier.volume_merge:volume",
    "look": "cases.dossier.exhibit_view:look",
    "page": "cases.dossier.exhibit_view:page",
    "examine": "cases.dossier.check:examine_parts",
    "hole": "cases.dossier.signature_field:hole",
    "signed": "cases.dossier.signature_field:signed",
}


# What would reach the network, another process or a new program. With io_uring a socket needs no call of its own.
FORBIDDEN = (
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg",
    "io_uring_setup", "fork", "vfork", "execve", "execveat", "kill", "tkill", "tgkill", "ptrace", "process_vm_readv",
    "process_vm_writev", "pidfd_open", "pidfd_getfd", "mount", "unshare", "setns", "bpf", "keyctl",
)  # fmt: skip
CLONE_THREAD = 0x00010000  # linux/sched.h


def confine(cpu_seconds: int, memory_mib: int) -> None:
    """No core file, no file to write, bounded processor time and address space, no network, no other process.

    Raises OSError where the kernel takes no filter: then the child does nothing at all.
    """
    close_calls()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib * 2**20, memory_mib * 2**20))


def close_calls() -> None:
    """Have the kernel refuse FORBIDDEN from here on, in this process and whatever comes of it, without a way back.

    Threads may be begun, processes not. What clone3 begins cannot be told by a filter: as if the kernel did not know
    it, the C library takes clone instead.
    """
    closed, refuse = pyseccomp.SyscallFilter(pyseccomp.ALLOW), pyseccomp.ERRNO(errno.EPERM)
    for call in FORBIDDEN:
        closed.add_rule(refuse, call)
    closed.add_rule(refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0))
    closed.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    closed.load()


def answer(name: str, stream: bytes) -> list[bytes]:
    """Do the job. The first part is "ok" or a code; nothing else about an error leaves the process."""
    try:
        module, _, function = JOBS[name].partition(":")
        return [b"ok", *getattr(import_module(module), function)(frames.split(stream))]
    except DossierError as error:
        return [error.code.encode("ascii", "replace")]
    except MemoryError:
        return [b"memory"]
    except RecursionError:
        return [b"depth"]
    except Exception:  # noqa: BLE001 - libraries raise anything on hostile input; texts may hold content
        return [b"broken"]


def work(name: str, cpu_seconds: int, memory_mib: int) -> None:
    """Confine this process, then do the job: its data from standard input, its answer to standard output."""
    confine(cpu_seconds, memory_mib)
    logging.disable(logging.CRITICAL)
    with open(0, "rb", closefd=False) as asked, open(1, "wb", closefd=False) as told:
        told.write(frames.join(answer(name, asked.read())))


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
