"""The manifest, against the fields and limits that Slack publishes.

https://docs.slack.dev/reference/app-manifest/ and https://github.com/slackapi/manifest-schema
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from bot.channels.slack.installing.manifest import ManifestOptions, make_manifest
from bot.channels.slack.installing.scopes import bot_events, bot_scopes, events, scopes
from bot.errors import SettingsError
from tests.bot.cli.here import run_here
from tests.programs import ROOT

URL = "https://your.host"

# Field, the least and the most characters or items, and a pattern of what it holds.
HTTPS = r"https://.+"
LIMITS: dict[str, tuple[int, int, str]] = {
    "display_information.name": (1, 35, ".+"),
    "display_information.description": (1, 140, ".+"),
    "display_information.long_description": (175, 4000, ".+"),
    "display_information.background_color": (4, 7, "#([0-9a-f]{3}){1,2}"),
    "features.agent_view.agent_description": (1, 300, ".+"),
    "features.app_home.home_tab_enabled": (0, 0, ""),
    "features.app_home.messages_tab_enabled": (0, 0, ""),
    "features.app_home.messages_tab_read_only_enabled": (0, 0, ""),
    "features.bot_user.display_name": (1, 80, "[a-z0-9._-]+"),
    "features.bot_user.always_online": (0, 0, ""),
    "features.shortcuts.name": (1, 24, ".+"),
    "features.shortcuts.type": (1, 10, "message|global"),
    "features.shortcuts.callback_id": (1, 255, ".+"),
    "features.shortcuts.description": (1, 150, ".+"),
    "features.slash_commands.command": (2, 32, "/[a-z]+"),
    "features.slash_commands.url": (1, 3000, HTTPS),
    "features.slash_commands.description": (1, 2000, ".+"),
    "features.slash_commands.usage_hint": (1, 1000, ".+"),
    "features.slash_commands.should_escape": (0, 0, ""),
    "oauth_config.redirect_urls": (1, 2500, HTTPS),
    "oauth_config.scopes.bot": (1, 50, r"[a-z_.]+(:[a-z]+)?"),
    "settings.event_subscriptions.request_url": (1, 3500, HTTPS),
    "settings.event_subscriptions.bot_events": (1, 50, r"[a-z_.]+"),
    "settings.interactivity.is_enabled": (0, 0, ""),
    "settings.interactivity.request_url": (1, 3500, HTTPS),
    "settings.org_deploy_enabled": (0, 0, ""),
    "settings.socket_mode_enabled": (0, 0, ""),
    "settings.token_rotation_enabled": (0, 0, ""),
}
VARIANTS = [
    ManifestOptions(url, socket, many, many and socket, language)
    for url, socket, many in ((URL, False, False), (None, True, False), (URL, False, True), (URL, True, True))
    for language in ("en", "zh")
]


def leaves(value: Any, place: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for name, each in value.items() for leaf in leaves(each, f"{place}.{name}".lstrip("."))]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each, place)]
    return [(place, value)]


@pytest.mark.parametrize("options", VARIANTS, ids=str)
def test_every_field_is_slacks_and_within_its_limits(options: ManifestOptions) -> None:
    for place, value in leaves(make_manifest(options)):
        assert place in LIMITS, place
        least, most, pattern = LIMITS[place]
        if most == 0:
            assert isinstance(value, bool), place
        else:
            assert least <= len(value) <= most, place
            assert re.fullmatch(pattern, value), place


def test_chinese_sentences_stand_without_spaces_between_them() -> None:
    for place, value in leaves(make_manifest(ManifestOptions(URL, language="zh"))):
        assert not re.search(r"[，。；：] ", str(value)), place


def test_http() -> None:
    manifest = make_manifest(ManifestOptions(URL))
    webhook = f"{URL}/webhooks/slack/webhook"
    assert manifest["settings"]["event_subscriptions"]["request_url"] == webhook
    assert manifest["settings"]["interactivity"]["request_url"] == webhook
    assert manifest["features"]["slash_commands"][0]["url"] == webhook
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert "redirect_urls" not in manifest["oauth_config"]


def test_socket_mode_names_no_address() -> None:
    manifest = make_manifest(ManifestOptions(socket=True))
    assert "http" not in json.dumps(manifest)
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_many_workspaces() -> None:
    manifest = make_manifest(ManifestOptions(URL, many=True, rotation=True))
    assert manifest["oauth_config"]["redirect_urls"] == [f"{URL}/webhooks/slack/oauth_redirect"]
    assert manifest["settings"]["token_rotation_enabled"] is True


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (ManifestOptions(), "or take --socket"),
        (ManifestOptions(socket=True, many=True), "--url https://your.host"),
        (ManifestOptions("http://your.host"), "begins with https://"),
        (ManifestOptions("https://"), "begins with https://"),
        (ManifestOptions(URL, rotation=True), "--rotation goes with --many only"),
    ],
)
def test_what_does_not_go_together(options: ManifestOptions, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        make_manifest(options)


def test_each_event_comes_with_its_scope() -> None:
    names = bot_scopes()
    assert len(set(names)) == len(names)
    assert all(event.needs is None or event.needs in names for event in events())
    assert all(each.reason.endswith(".") for each in (*scopes(), *events()))
    assert {f"message.{kind}" for kind in ("channels", "groups", "im")} <= set(bot_events())


def test_the_documentation_says_why() -> None:
    text = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    for each in (*scopes(), *events()):
        assert f"| [`{each.name}`]({each.url}) | {each.reason} |" in text
    for row in re.findall(r"^\| \[`([^`]+)`\]\(https://docs.slack.dev/reference/(?:scopes|events)/", text, re.M):
        assert row in (*bot_scopes(), *bot_events())


def test_the_documentation_links_to_slacks_own_pages() -> None:
    text = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((https?://[^)]+)\)", text)
    assert links
    assert all(re.match(r"https://(docs\.slack\.dev|api\.slack\.com|app\.slack\.com)/", link) for link in links)


def test_the_command_writes_yaml_and_json() -> None:
    as_yaml = run_here("slack", "manifest", "--url", f"{URL}/", "--many", "--language", "zh")
    as_json = run_here("slack", "manifest", "--many", "--language", "zh", "--json", PUBLIC_URL=URL)
    expected = make_manifest(ManifestOptions(URL, many=True, language="zh"))
    assert yaml.safe_load(as_yaml.stdout) == json.loads(as_json.stdout) == expected
    assert "问号" in as_yaml.stdout


def test_the_command_makes_keys() -> None:
    first, second = (run_here("slack", "key").stdout.strip() for _ in range(2))
    assert first != second
    assert len(first) == 44
