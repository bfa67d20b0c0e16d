import subprocess
import sys

from bench import processor

WORK = "import time; end = time.process_time() + 0.05\nwhile time.process_time() < end: pass"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WORK!r}]); print(1, flush=True); input()"


def test_what_an_ended_descendant_used_is_counted_and_a_stranger_is_not():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert parent.stdout.readline() == b"1\n"
        assert processor.seconds(parent.pid) >= 0.05
    finally:
        parent.communicate(b"\n")
    assert processor.seconds(parent.pid) == 0
