"""The methods about tokens: who one is, giving one back, getting one, and opening a socket."""

from __future__ import annotations

from bot.channels.slack.rehearsal.method_call import Call, Json, RefusedError, method
from bot.channels.slack.rehearsal.workspace import APP, BOT, BOT_USER

LIFE_OF_A_ROTATING_TOKEN = 12 * 60 * 60


@method("auth.test")
def test_token(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test/."""
    who = {"team_id": call.team, "user_id": BOT_USER, "bot_id": BOT, "user": "wenhao", "team": f"Team {call.team}"}
    return {"ok": True, "url": f"https://{call.team.lower()}.slack.com/", **who, "is_enterprise_install": False}


@method("auth.revoke")
def revoke_token(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.revoke/."""
    assert call.token
    call.token.refusal = "token_revoked"
    call.desk.record.revoked.append(call.token.token)
    return {"ok": True, "revoked": True}


@method("apps.connections.open", by_app=True)
def open_connection(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/apps.connections.open/."""
    if call.token is None or not call.token.is_app_token:
        raise RefusedError("not_allowed_token_type")
    return {"ok": True, "url": call.desk.sockets.new_url()}


@method("oauth.v2.access", by_app=True)
def access(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/oauth.v2.access/, with the rotation of tokens where it is on."""
    oauth = call.desk.oauth
    if call.needed("client_id") != oauth.client_id:
        raise RefusedError("invalid_client_id")
    if call.needed("client_secret") != oauth.client_secret:
        raise RefusedError("bad_client_secret")
    if call.arguments.get("grant_type") == "refresh_token":
        grant = oauth.refresh_tokens.pop(call.needed("refresh_token"), None)
        if grant is None:
            raise RefusedError("invalid_refresh_token")
    else:
        code = call.needed("code")
        if code in oauth.used_codes:
            raise RefusedError("code_already_used")
        grant = oauth.codes.pop(code, None)
        if grant is None:
            raise RefusedError("invalid_code")
        oauth.used_codes.add(code)
        if call.arguments.get("redirect_uri", grant.redirect_uri) != grant.redirect_uri:
            raise RefusedError("bad_redirect_uri")
    token = call.desk.workspace.add_token(call.desk.new_id("xoxb-installed-"), grant.team, grant.scopes)
    answer: Json = {"access_token": token.token, "token_type": "bot", "scope": ",".join(grant.scopes)}
    if oauth.rotates:
        token.expires = call.desk.workspace.clock() + LIFE_OF_A_ROTATING_TOKEN
        refresh = call.desk.new_id("xoxe-1-")
        oauth.refresh_tokens[refresh] = grant
        answer.update(refresh_token=refresh, expires_in=LIFE_OF_A_ROTATING_TOKEN)
    team = {"id": grant.team, "name": f"Team {grant.team}"}
    who = {"app_id": APP, "bot_user_id": BOT_USER, "team": team, "enterprise": None, "authed_user": {"id": grant.user}}
    return {"ok": True, **answer, **who, "is_enterprise_install": False}
