"""A process of its own that asks for the account's token, several times at once: prints how many different it got."""

from __future__ import annotations

import asyncio
import sys

from bot.channels.wechat.account import Account
from bot.channels.wechat.api.tokens import Tokens
from bot.channels.wechat.api.transport import Transport
from tests.bot.state.stores import open_at


async def main(place: str, url: str, app_id: str, secret: str) -> None:
    """Asks ten times at once."""
    account = Account("a token", app_id, secret, api_base_url=url)
    transport, store = Transport(url), open_at(place)
    tokens = Tokens(account, store, transport)
    found = await asyncio.gather(*(tokens.get() for _ in range(10)))
    await transport.close()
    await store.close()
    print(*set(found))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
