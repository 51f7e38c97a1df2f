"""Who may ask, how much, and how slowly."""

import socket
from urllib.parse import urlsplit

import pytest
from starlette.datastructures import Headers

from onrecord.web import guard, server
from onrecord.web.problems import Problem

EVERYWHERE = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize("path", ["/", "/compare", "/nowhere", "/style.css", "/api/health", "/api/nowhere"])
def test_every_answer_has_the_headers(site, path):
    headers = site.get(path).headers
    assert {name: headers[name].startswith(value) for name, value in EVERYWHERE.items()} == dict.fromkeys(
        EVERYWHERE, True
    )


HOSTS = [
    ("localhost", 200),
    ("LOCALHOST:1234", 200),
    ("127.0.0.1", 200),
    ("[::1]:80", 200),
    ("evil.example", 421),
    ("localhost.evil.example", 421),
    ("127.0.0.1.evil.example:80", 421),
    ("10.0.0.1", 421),
    ("", 421),
    ("localhost@evil.example", 421),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_names_of_this_machine_are_answered_to(site, host, status):
    assert site.get("/api/health", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("given", "host", "status"),
    [
        ("192.168.1.5", "192.168.1.5:8765", 200),
        ("192.168.1.5", "192.168.1.6", 421),
        ("desk.example", "Desk.Example", 200),
        ("0.0.0.0", "10.1.2.3:8765", 200),
        ("0.0.0.0", "evil.example", 421),
    ],
)
def test_the_host_that_was_given_is_answered_to(given, host, status):
    checked = guard.Guard(None, given).check_host
    if status == 200:
        checked(Headers({"host": host}))
    else:
        with pytest.raises(Problem, match="421"):
            checked(Headers({"host": host}))


OWN = "http://{host}"
ORIGINS = [
    ({}, True),
    ({"Origin": OWN}, True),
    ({"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Origin": f"{OWN}1"}, False),
    ({"Origin": "https://{host}"}, True),
    ({"Origin": "ftp://{host}"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Origin": OWN, "Sec-Fetch-Site": "cross-site"}, False),
]


@pytest.mark.parametrize("path", ["/", "/compare", "/api/score", "/api/rank", "/label", "/label/undo", "/label/train"])
@pytest.mark.parametrize(("headers", "welcome"), ORIGINS)
def test_pages_of_other_sites_can_post_nothing(site, path, headers, welcome):
    host = site.base_url.netloc.decode()
    answer = site.post(path, headers={name: value.format(host=host) for name, value in headers.items()})
    assert (answer.status_code != 403) is welcome


@pytest.mark.parametrize("chunked", [False, True])
def test_a_paste_of_50_mb_is_told_that_it_is_too_large(site, chunked):
    def body():
        for _ in range(50):
            yield b"x" * 1_000_000

    headers = {"Content-Type": "application/json"} | ({} if chunked else {"Content-Length": "50000000"})
    answer = site.post("/api/score", content=body(), headers=headers)
    assert answer.status_code == 413 and "5 MB" in answer.json()["error"]
    assert site.get("/api/health").status_code == 200


def test_a_page_says_so_too(site):
    answer = site.post("/", files={"file": ("big.txt", b"word " * 1_200_000)})
    assert (
        answer.status_code == 413 and "5 MB" in answer.text and answer.headers["content-type"].startswith("text/html")
    )


def test_slow_clients_are_let_go_and_others_are_served(monkeypatch, start):
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.2)
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    client = start()
    address = urlsplit(str(client.base_url))
    slow_head, slow_body, silent = (socket.create_connection((address.hostname, address.port)) for _ in range(3))
    with slow_head, slow_body, silent:
        slow_head.sendall(b"GET / HTTP/1.1\r\nHost: local")
        slow_body.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc")
        assert client.get("/api/health").status_code == 200
        assert b" 408 " in slow_body.recv(1000)
        for each in (slow_head, silent):
            each.settimeout(20)
            assert each.recv(1000) == b""
