"""The web server itself, over real sockets: what it says of itself, what it logs, and who waits for whom."""

import contextlib
import gzip
import http.client
import re
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.headers import SHARED
from portal.ops.deployment import Deployment

pytestmark = pytest.mark.slow
SLOW = 60  # uploads at a time: more than the threads of both processes, and than both take in at once


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "web.log"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory, log: Path) -> Iterator[Deployment]:
    """gunicorn alone: neither Redis nor a worker."""
    with log.open("wb") as output:
        deployment = Deployment(tmp_path_factory.mktemp("web"), output=output)
        deployment.prepare()
        deployment.start_web()
        yield deployment
        deployment.stop()
        deployment.remove()


def ask(port: int, path: str, **headers: str) -> tuple[http.client.HTTPMessage, bytes]:
    """Get a page that is there; its headers and its body."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Host": "localhost", **headers})
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.headers, answer.read()


def speak(web: Deployment, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", web.port), 10) as line:
        line.sendall(raw)
        return line.recv(65536)


def test_it_does_not_say_what_it_is(web: Deployment) -> None:
    headers, body = ask(web.port, "/be/")
    assert headers["Server"] == "web"
    assert b"gunicorn" not in body.lower()


def test_static_files_are_compressed_and_pages_never(web: Deployment) -> None:
    headers, body = ask(web.port, "/be/", **{"Accept-Encoding": "gzip, br"})
    assert headers["Content-Encoding"] is None
    style = re.search(r'href="(/static/intake\.[0-9a-f]+\.css)"', body.decode())
    assert style is not None
    headers, body = ask(web.port, style[1], **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in headers
    for name, value in {**SHARED, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}.items():
        assert headers[name] == value
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert len(gzip.decompress(body)) > 1000


def test_no_upload_keeps_anybody_waiting(web: Deployment) -> None:
    head = (
        b"POST /be/files/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b"Content-Length: 20000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=file; filename=a.jpg\r\n\r\n"
    )
    lines = [socket.create_connection(("127.0.0.1", web.port), 10) for _ in range(SLOW)]
    try:
        for line in lines:
            line.sendall(head + b"a" * 1000)
        time.sleep(0.5)
        started = time.monotonic()
        for path in ("/be/", "/ru/", "/en/q/1/", "/desk/sign-in/"):
            ask(web.port, path)
        assert time.monotonic() - started < 20  # an upload takes minutes; the rest is what a busy machine needs
    finally:
        for line in lines:
            line.close()


def test_a_request_that_is_no_request_leaves_no_trace(web: Deployment, log: Path) -> None:
    long = b"GET /" + b"marker" * 1000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert speak(web, long).split()[1] == b"414"
    assert speak(web, b"GET /marker HTTP/9.9\r\n\r\n").split()[1].startswith(b"4")
    assert speak(web, b"GET /marker HTTP/1.1\r\nmarker marker\r\n\r\n").split()[1] == b"400"
    assert speak(web, b"GET /be/marker-nowhere/?marker HTTP/1.1\r\nHost: localhost\r\n\r\n").split()[1] == b"404"
    assert speak(web, b"GET /be/ HTTP/1.1\r\nHost: marker.example\r\n\r\n").split()[1] == b"400"
    text = log.read_text()
    assert "marker" not in text
    assert "127.0.0.1" not in text
    assert "404 GET *" in text


def test_it_speaks_tls_with_a_certificate_that_it_is_given(web: Deployment, tmp_path: Path) -> None:
    deployment = Deployment(web.state, web_processes=1, tls=certificate(tmp_path))  # a second server of the same state
    try:
        deployment.start_web()
        context = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
        secure = http.client.HTTPSConnection("localhost", deployment.port, context=context, timeout=10)
        with contextlib.closing(secure) as connection:
            connection.request("GET", "/be/")
            assert connection.getresponse().read(15).lower() == b"<!doctype html>"
        assert deployment.url.startswith("https://localhost:")
    finally:
        deployment.stop()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost, good for a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    places = folder / "certificate.pem", folder / "key.pem"
    places[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    places[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return places
