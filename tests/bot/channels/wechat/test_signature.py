"""The signature, against the examples that Tencent publishes."""

from __future__ import annotations

import pytest

from bot.channels.wechat.signature import is_signed, to_signature

ENCRYPT = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR"
    "8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km3"
    "2IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
REPLY = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
# https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
PUBLISHED = {
    "GET": ("f464b24fc39322e44b38aa78f5edd27bd1441696", ["AAAAA", "1714036504", "1514711492"]),
    "POST": ("899cf89e464efb63f54ddac96b0a0a235f53aa78", ["AAAAA", "1714037059", "486452656"]),
    "encrypted POST": ("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", ["AAAAA", "1714112445", "415670741", ENCRYPT]),
    "encrypted reply": ("1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1", ["AAAAA", "1713424427", "415670741", REPLY]),
}


@pytest.mark.parametrize(("signature", "parts"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_signatures_fit(signature: str, parts: list[str]) -> None:
    assert to_signature(*parts) == signature
    assert is_signed(signature, *parts)


@pytest.mark.parametrize("signature", ["", "0" * 40, "F464B24FC39322E44B38AA78F5EDD27BD1441696", "签名"])
def test_other_signatures_do_not_fit(signature: str) -> None:
    assert not is_signed(signature, *PUBLISHED["GET"][1])


def test_a_signature_fits_no_other_token() -> None:
    signature, (_, timestamp, nonce) = PUBLISHED["GET"]
    assert not is_signed(signature, "AAAAB", timestamp, nonce)
