"""The other side of safe mode, by npm wechat-crypto, which shares nothing with the channel's code; and our side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.channels.wechat.account import Account
from bot.channels.wechat.safe_mode import SafeMode
from tests.bot.channels.wechat.weixin import ACCOUNT, APP_ID, SAFE, to_xml
from tests.node_programs import NodeProgram

TOKEN = "AAAAA"
KEY = SAFE["encoding_aes_key"]
TIMESTAMP = "1714112445"
NONCE = "415670741"

TEXTS = {
    "latin": "How much does verification cost?",
    "chinese": "服务号认证多少钱？",
    "emoji": "👍🏽 👩‍👩‍👧‍👦 🇨🇳",
    "outside the basic plane": "𠮷野家 😀",
    "end of CDATA": "a]]>b]]]]>c]]",
    "markup": "<Content>&amp;</Content><!-- & -->",
    "lines": "一\n二\n\n三",
    "long": "微信公众号" * 5000,
}
"""What people write, and what has broken a reader before."""


@dataclass
class NpmCrypto:
    """npm wechat-crypto for one account."""

    program: NodeProgram
    token: str = TOKEN
    key: str = KEY
    app_id: str = APP_ID

    def seal(self, text: str) -> str:
        """Returns a text encrypted."""
        return str(self._ask("seal", text=text))

    def open(self, encrypted: str) -> dict[str, str]:
        """Returns what is in a ciphertext: `message` and the app `id` behind it."""
        opened: dict[str, str] = self._ask("open", encrypted=encrypted)
        return opened

    def sign(self, encrypted: str, timestamp: str = TIMESTAMP, nonce: str = NONCE) -> str:
        """Returns the signature of a ciphertext."""
        return str(self._ask("sign", timestamp=timestamp, nonce=nonce, encrypted=encrypted))

    def deliver(self, encrypted: str) -> tuple[dict[str, str], bytes]:
        """Returns the address and the body of a delivery with a ciphertext in it."""
        query = {"timestamp": TIMESTAMP, "nonce": NONCE, "msg_signature": self.sign(encrypted), "encrypt_type": "aes"}
        return query, to_xml(ToUserName=ACCOUNT, Encrypt=encrypted).encode()

    def _ask(self, do: str, **request: Any) -> Any:
        return self.program.ask(do, token=self.token, key=self.key, app_id=self.app_id, **request)


def our_mode(key: str = KEY, app_id: str = APP_ID, previous_key: str = "") -> SafeMode:
    """Returns the channel's safe mode for one account."""
    account = Account(token=TOKEN, app_id=app_id, encoding_aes_key=key, previous_encoding_aes_key=previous_key)
    return SafeMode(account)


def text_message(text: str) -> str:
    """Returns a message with a text in it, escaped rather than in CDATA: both ways mean the same."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"<xml><ToUserName>{ACCOUNT}</ToUserName><FromUserName>o-user</FromUserName><CreateTime>1348831860</CreateTime>"
        f"<MsgType>text</MsgType><Content>{escaped}</Content><MsgId>1</MsgId></xml>"
    )
