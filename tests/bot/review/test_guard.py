"""Requests that other sites could make a browser send are refused, whatever they would do."""

from __future__ import annotations

import socket

import pytest
from sqlalchemy import select

from bot.errors import SettingsError
from bot.learning.schema import TEXTS
from bot.review.desk import known_hosts, origin_of
from bot.review.guard import HEADERS, host_name
from tests.bot.review.running import Client, Review


def states(review: Review) -> set[str]:
    with review.desk.database.begin() as connection:
        return set(connection.execute(select(TEXTS.c.state)).scalars())


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_other_sites_are_refused(review: Review, headers: dict[str, str]) -> None:
    client = review.client()
    assert client.send_form("/groups/1", headers=headers, text="1:0", deed="ignore").status_code == 403
    assert client.send_form("/login", headers=headers, token="x").status_code == 403
    assert states(review) == {"new"}


@pytest.mark.parametrize("token", ["", "0" * 64, "another's"])
def test_forms_without_their_token_are_refused(review: Review, token: str) -> None:
    client = review.client()
    if token == "another's":
        token = review.client("Bo").csrf
    for path in (
        "/groups/1",
        "/undo",
        "/drafts",
        "/learn/land",
        "/learn/train",
        "/learn/promote",
        "/fetch",
        "/language",
    ):
        answer = client.send_form(path, csrf=token, text="1:0", deed="ignore")
        assert answer.status_code == 403 and "no longer good" in answer.text, path
    assert states(review) == {"new"}
    assert client.send_form("/groups/1", text="1:0", deed="ignore").status_code == 303, "with it, it works"


def test_nothing_changes_by_looking(review: Review) -> None:
    client = review.client()
    for path in ("/groups/1?text=1:0&deed=ignore", "/undo", "/logout", "/fetch", "/learn/land", "/texts/1/redact"):
        assert client.see(path).status_code in (200, 404, 405)
    assert states(review) == {"new"} and client.see("/").status_code == 200


def test_every_response_has_the_headers(review: Review) -> None:
    client = review.client()
    for path in ("/", "/login", "/nothing", "/static/review.css", "/groups/1", "/overview"):
        headers = client.see(path).headers
        for name in HEADERS:
            assert name in headers, (path, name)
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
    refused = client.post(review.address + "/", headers={"Origin": "https://evil.example"})
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_pages_of_another_name_are_refused(review: Review) -> None:
    """A site whose name is made to point here (DNS rebinding) gets nothing."""
    client = review.client()
    assert client.see("/", Host="evil.example").status_code == 400
    port = review.address.rpartition(":")[2]
    assert client.see("/login", Host=f"localhost:{port}").status_code == 200
    assert known_hosts("127.0.0.1", "https://review.example") == {"127.0.0.1", "localhost", "[::1]", "review.example"}
    assert known_hosts("0.0.0.0", None) is None
    assert host_name("[::1]:5006") == "[::1]" and host_name("Review.Example:80") == "review.example"


def test_bodies_have_a_bound(review: Review) -> None:
    client = review.client()
    assert client.send_form("/groups/1", text="x" * 1_100_000).status_code == 413

    def chunks() -> object:
        yield f"csrf={client.csrf}&text=".encode()
        for _ in range(40):
            yield b"x" * 50_000

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(f"{review.address}/groups/1", data=chunks(), headers=headers, timeout=30)
    assert answer.status_code == 413
    assert client.see("/").status_code == 200


def test_unsound_requests_leave_it_running(review: Review) -> None:
    host, port = review.address.removeprefix("http://").split(":")
    for head in (b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", b"\x00\x01\r\n\r\n"):
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(head)
            assert b" 4" in connection.recv(100)
    assert Client(review.address).see("/login").status_code == 200


def test_review_url_is_an_address_alone() -> None:
    assert origin_of("https://review.example:8443") == "https://review.example:8443"
    assert origin_of("") is None
    for wrong in ("review.example", "ftp://review.example", "https://", "https://review.example/review"):
        with pytest.raises(SettingsError, match="REVIEW_URL"):
            origin_of(wrong)
