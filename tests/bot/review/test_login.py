"""Logging in and out: links that work once, tokens kept as hashes, sessions that end."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from starlette.requests import Request

from bot.errors import SettingsError
from bot.learning.schema import REVIEWERS
from bot.review.attempts import Attempts
from bot.review.routes.login import is_secure
from bot.review.secret_key import Signer, read_key
from bot.review.sessions import COOKIE
from bot.review.words import language_asked_for
from tests.bot.review.running import Client, Review


def test_nobody_sees_anything_without_logging_in(review: Review) -> None:
    stranger = Client(review.address)
    for path in ("/", "/groups/1", "/drafts", "/learn", "/learn/plan", "/history", "/overview", "/texts/1", "/intents"):
        answer = stranger.see(path)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/login?next="), path
        assert "refund" not in answer.text
    assert stranger.send_form("/groups/1", text="1:0", deed="ignore").headers["location"] == "/login"


def test_link_lets_in_once(review: Review) -> None:
    token = review.link("Ann").split("token=")[1]
    first, second = Client(review.address), Client(review.address)
    assert first.see(f"/enter?token={token}").status_code == 200, "looking at it uses nothing up"
    assert first.send_form("/login", link=token).status_code == 303
    assert "Ann" in first.see("/").text
    replayed = second.send_form("/login", link=token)
    assert replayed.status_code == 403 and "used already" in replayed.text
    assert second.see("/").status_code == 303


def test_token_is_kept_as_a_hash_and_replaced(review: Review) -> None:
    token = review.token("Bo")
    with review.desk.database.begin() as connection:
        kept = connection.execute(select(REVIEWERS)).mappings().one()
    assert token not in str(kept) and len(kept["token_hash"]) == 64
    client = Client(review.address)
    client.log_in(token)
    assert client.see("/").status_code == 200
    newer = review.token("Bo")
    assert client.see("/").status_code == 303, "sessions of the old token end"
    assert Client(review.address).send_form("/login", token=token).status_code == 403
    Client(review.address).log_in(newer)


def test_cookie_is_signed_http_only_and_strict(review: Review) -> None:
    client = Client(review.address)
    answer = client.send_form("/login", token=review.token("Bo"))
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and "Path=/" in cookie
    assert "secure" not in cookie.lower(), "over http the browser would not send it"
    value = client.cookies[COOKIE]
    for changed in (value[:-1] + ("0" if value[-1] != "0" else "1"), value.split(".")[0], "x" + value, "."):
        forged = Client(review.address)
        forged.cookies.set(COOKIE, changed)
        assert forged.see("/").status_code == 303


def test_log_out_ends_the_session_wherever_the_cookie_is(review: Review) -> None:
    client = review.client()
    thief = Client(review.address)
    thief.cookies.set(COOKIE, client.cookies[COOKIE])
    assert thief.see("/").status_code == 200
    assert client.send_form("/logout").headers["location"] == "/login"
    assert thief.see("/").status_code == 303


def test_guessing_gets_slow(review: Review) -> None:
    client = Client(review.address)
    answers = [client.send_form("/login", token="guess") for _ in range(5)]
    assert answers[0].elapsed.total_seconds() < 0.5
    assert answers[2].elapsed.total_seconds() > 0.8
    clock = [0.0]
    attempts = Attempts(lambda: clock[0])
    for _ in range(12):
        attempts.failed("a")
    assert attempts.wait("a") == 60 and attempts.wait("b") == 0
    clock[0] = 61
    assert attempts.wait("a") == 0
    attempts.succeeded("a")
    attempts.failed("a")
    assert attempts.wait("a") == 0, "one slip costs nothing"


def test_login_leads_to_own_pages_alone(review: Review) -> None:
    for to in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y"):
        answer = Client(review.address).send_form("/login", token=review.token("Bo"), next=to)
        assert answer.headers["location"] == "/", to
    answer = Client(review.address).send_form("/login", token=review.token("Bo"), next="/groups/1?days=7")
    assert answer.headers["location"] == "/groups/1?days=7"


def test_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "key"
    key = read_key(file)
    assert key == read_key(file) and len(key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["key"]
    signer = Signer(key)
    assert signer.fits("a", "text", signer.sign("a", "text")) and not signer.fits("b", "text", signer.sign("a", "text"))
    file.write_text("abc")
    with pytest.raises(SettingsError, match="delete it"):
        read_key(file)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en", "en"),
        ("fr,zh;q=0.5,en;q=0.7", "en"),
        ("de", "en"),
        ("", "en"),
        ("zh;q=x,*", "en"),
    ],
)
def test_language_follows_the_browser(header: str, language: str) -> None:
    assert language_asked_for(header) == language


def test_behind_https_the_cookie_is_for_https_alone(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.review.routes.login.is_secure", lambda request: True)
    cookie = Client(review.address).send_form("/login", token=review.token("Bo")).headers["set-cookie"]
    assert "; secure" in cookie.lower()


def test_review_url_says_what_is_secure(review: Review) -> None:
    scope = {"type": "http", "scheme": "http", "server": ("127.0.0.1", 80), "path": "/", "headers": []}

    def secure(origin: str, scheme: str = "http") -> bool:
        desk = replace(review.desk, origin=origin or None)
        return is_secure(Request({**scope, "scheme": scheme, "app": SimpleNamespace(state=SimpleNamespace(desk=desk))}))

    assert secure("https://review.example") and secure("", "https")
    assert not secure("") and not secure("http://review.example")
