"""What the account's settings mean, told without asking anybody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.wechat.account import Account
from bot.channels.wechat.rights import CUSTOM_MENU, CUSTOMER_MESSAGE, USER_INFO, Rights
from bot.finding import Finding

USED = (CUSTOMER_MESSAGE, CUSTOM_MENU, USER_INFO)
"""The interfaces that the channel makes use of where it may."""


def explain_settings(rights: Rights, public_url: str) -> Iterator[Finding]:
    """Yields how messages travel, what the account may do by the rule table, and what follows for answers."""
    account = rights.account
    yield _mode(account)
    if account.previous_encoding_aes_key:
        says = "still opens messages: unset WECHAT_PREVIOUS_ENCODING_AES_KEY when the change is some days old"
        yield Finding("WeChat's previous key", says)
    yield _kind(rights)
    yield _late_answers(rights)
    yield _public_url(public_url)


def describe(account: Account) -> str:
    """Returns the kind of account as its settings tell it."""
    kind = f"WECHAT_ACCOUNT_TYPE={account.kind}" if account.kind else "WECHAT_ACCOUNT_TYPE is not set"
    return f"{kind}, WECHAT_VERIFIED={'yes' if account.verified else 'no'}"


def _mode(account: Account) -> Finding:
    if account.encoding_aes_key:
        says = "safe: messages are encrypted, plain ones are refused. On the platform: 安全模式 (兼容模式 works too)"
        return Finding("WeChat mode", says)
    says = (
        "plain: messages travel unencrypted (on the platform: 明文模式). "
        "Set WECHAT_APP_ID and WECHAT_ENCODING_AES_KEY for safe mode"
    )
    return Finding("WeChat mode", says, None)


def _kind(rights: Rights) -> Finding:
    names = {interface: rights.table.interfaces[interface].name.en for interface in USED}
    granted = [name for interface, name in names.items() if rights.cell(interface) == "yes"]
    says = f"{describe(rights.account)}. By the rule table it has: {', '.join(['passive reply', *granted])}"
    if rights.account.kind is None:
        says += ". It is taken for the kind that may less: set WECHAT_ACCOUNT_TYPE to subscription or service"
    return Finding("WeChat account", says, None if rights.account.kind is None else True)


def _late_answers(rights: Rights) -> Finding:
    if rights.may(CUSTOMER_MESSAGE):
        return Finding("WeChat answers", "as replies; what takes longer than 15 seconds as customer service messages")
    lacks = (
        "set WECHAT_APP_ID and WECHAT_APP_SECRET to send it by itself"
        if rights.cell(CUSTOMER_MESSAGE) == "yes"
        else "such an account may not send it by itself"
    )
    says = f"as replies; what takes longer than 15 seconds is kept for the follower's next message ({lacks})"
    return Finding("WeChat answers", says)


def _public_url(url: str) -> Finding:
    if not url:
        says = "PUBLIC_URL is not set: links in answers begin with the address that a request came by"
        return Finding("public address", says, None)
    if not url.startswith(("https://", "http://")):
        return Finding("public address", "PUBLIC_URL is no web address: write https://your.host", False)
    return Finding("public address", f"{url}; on the platform the URL is {url}/webhooks/wechat/webhook")
