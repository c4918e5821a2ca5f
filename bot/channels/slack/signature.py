"""Whether a request comes from Slack, told from its raw bytes before anything reads them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

# Longer than any time in seconds, and short enough to be compared with the clock.
UNIX_SECONDS = re.compile(r"[0-9]{1,12}")


def is_from_slack(verifier: SignatureVerifier, body: bytes, timestamp: str, signature: str) -> bool:
    """Returns whether the v0 signature fits the body and is at most five minutes old.

    https://docs.slack.dev/authentication/verifying-requests-from-slack/
    """
    # slack_sdk raises on these instead of refusing them, and a forged header must not be an error of ours.
    if not UNIX_SECONDS.fullmatch(timestamp) or not signature.isascii():
        return False
    try:
        return verifier.is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        return False


def is_ssl_check(body: bytes) -> bool:
    """Returns whether Slack only looks at our certificate, which it may do unsigned.

    https://docs.slack.dev/interactivity/implementing-slash-commands/
    """
    return ("ssl_check", "1") in parse_qsl(body.decode("utf-8", "replace"))
