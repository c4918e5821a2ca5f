"""WeChat's signature: the SHA-1 of the sorted parts, one of which is the token that only both sides know.

https://developers.weixin.qq.com/doc/service/guide/dev/push/
"""

from __future__ import annotations

import hashlib
import hmac


def to_signature(*parts: str) -> str:
    """Returns the signature of the parts, in whatever order they are given."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - WeChat's choice


def is_signed(signature: str, *parts: str) -> bool:
    """Says whether a signature fits, in a time that tells nothing about where it differs."""
    return hmac.compare_digest(to_signature(*parts).encode(), signature.encode())
