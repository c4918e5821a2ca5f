"""The account's settings held against WeChat itself, by calls that change nothing and that no follower notices."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from typing import Any, Optional

from bot.channels.wechat.api import WeChatApi, WeChatApiError
from bot.channels.wechat.api.errors import AddressRefusedError, NoRightError, NotFollowerError
from bot.channels.wechat.checkup import describe
from bot.channels.wechat.rights import CUSTOM_MENU, CUSTOMER_MESSAGE, Rights
from bot.finding import Finding

NOBODY = "oWenhaoDoctor_asks_for_nobody"
"""An OpenID that no follower has: WeChat refuses the right before it looks for the follower."""

WHITELIST = "我的业务 → 公众号 or 服务号 → 基础信息 → 开发密钥 → API IP白名单"
"""Where it is: https://developers.weixin.qq.com/doc/subscription/guide/dev/migration.html"""


async def ask_platform(api: WeChatApi, rights: Rights) -> AsyncIterator[Finding]:
    """Yields whether WeChat takes the credentials, and whether it grants what the settings say."""
    try:
        await api.callback_addresses()
    except WeChatApiError as error:
        yield Finding("WeChat's API", _with_place(error), False)
        return
    yield Finding("WeChat's API", "takes the AppID, the AppSecret and this machine's address")
    yield await _compare(rights, CUSTOMER_MESSAGE, api.send_text(NOBODY, "."))
    yield await _compare(rights, CUSTOM_MENU, api.get_menu())
    if rights.cell(CUSTOMER_MESSAGE) == "yes":
        yield await _people(api)


async def _compare(rights: Rights, interface: str, call: Awaitable[Any]) -> Finding:
    name = rights.table.interfaces[interface].name.en
    subject = f"WeChat's {name}"
    expected = rights.cell(interface) == "yes"
    refusal: Optional[NoRightError] = None
    try:
        await call
    except NotFollowerError:
        pass
    except NoRightError as error:
        refusal = error
    except WeChatApiError as error:
        return Finding(subject, str(error), False)
    if refusal is not None and expected:
        says = f"{describe(rights.account)}, but WeChat refuses it ({refusal.code}): set both to what the account is"
        return Finding(subject, says, False)
    if refusal is None and not expected:
        says = f"{describe(rights.account)}, but WeChat grants it: set both to what the account is, so that it is used"
        return Finding(subject, says, None)
    return Finding(subject, "refused, as the settings let expect" if refusal else "granted, as the settings say")


async def _people(api: WeChatApi) -> Finding:
    subject = "WeChat's customer service"
    try:
        online = await api.online_agents()
    except NoRightError as error:
        # What followers ask a person is then left for the operator.
        return Finding(subject, str(error), None)
    except WeChatApiError as error:
        return Finding(subject, str(error), False)
    return Finding(subject, f"people can take over; online now: {len(online)}")


def _with_place(error: WeChatApiError) -> str:
    return f"{error}: {WHITELIST}" if isinstance(error, AddressRefusedError) else str(error)
