"""Why Wenhao did not take a delivery, and what to do about it."""

from __future__ import annotations

from http import HTTPStatus

from bot.channels.wechat.rehearsal.delivery import Try
from bot.channels.wechat.rehearsal.envelope import Mode

OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"
"""What WeChat tells a follower whose message was answered with nonsense, or three times not at all."""

SAME_SETTINGS = "Set {} here to what it is where Wenhao runs."
IN_PLAIN_MODE = (
    "Either the tokens differ, or Wenhao is in safe mode (WECHAT_ENCODING_AES_KEY is set there) and takes no plain "
    "message. " + SAME_SETTINGS.format("WECHAT_TOKEN") + " To rehearse safe mode, set WECHAT_APP_ID and "
    "WECHAT_ENCODING_AES_KEY here too."
)

REFUSED: dict[tuple[int, bool], str] = {
    (HTTPStatus.FORBIDDEN, True): "The tokens or the app ids differ. "
    + SAME_SETTINGS.format("WECHAT_TOKEN and WECHAT_APP_ID"),
    (HTTPStatus.FORBIDDEN, False): IN_PLAIN_MODE,
    (HTTPStatus.BAD_REQUEST, True): "Wenhao has another key, or none. "
    + SAME_SETTINGS.format("WECHAT_APP_ID and WECHAT_ENCODING_AES_KEY"),
    (HTTPStatus.BAD_REQUEST, False): "Wenhao could not read the message. Its log says why.",
}
"""By status, and whether the message was encrypted."""

ANY_MODE: dict[int, str] = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The message is larger than Wenhao takes, and than WeChat ever sends.",
    HTTPStatus.NOT_FOUND: "No WeChat channel is at this address. Start Wenhao with WECHAT_TOKEN set, and check --url.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Wenhao is not ready, or can't reach where it keeps messages. Its log says why.",
}
FAILED = "Wenhao failed. Its log says why."


def explain(tried: Try, mode: Mode) -> str:
    """Returns the likely cause and the fix for a refused try."""
    return REFUSED.get((tried.status, mode != "plain")) or ANY_MODE.get(tried.status) or FAILED
