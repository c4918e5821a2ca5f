"""What to do where the rehearsal does not go as it should."""

from __future__ import annotations

from typing import Optional

from bot.channels.slack.rehearsal.record import MadeCall
from bot.channels.slack.rehearsal.wires import Acknowledgement

SLACKS_PATIENCE = 3.0

OF_STATUS = {
    400: "The body was not taken for JSON or a form. Is another program listening there?",
    401: (
        "The signature was refused. Cause: SLACK_SIGNING_SECRET here is not the one that Wenhao was started with, or "
        "the clocks are more than five minutes apart. Set the same value in both shells."
    ),
    404: (
        "There is no Slack channel at this address. Cause: Wenhao was started without Slack's variables, or --url is "
        "wrong. 'wenhao doctor' says what is set."
    ),
    503: "Wenhao can't take messages right now: its store is out of reach. Its log says why.",
}
OF_SILENCE = {
    "no socket": (
        "Wenhao opened no socket. Cause: it was started without SLACK_APP_TOKEN, or it calls another address than "
        "this stand-in. Start it with SLACK_APP_TOKEN and SLACK_API_BASE_URL={api}."
    ),
    "timeout": "Wenhao did not acknowledge in time. Its log says why.",
}
NOT_THERE = "Nothing answers at {url}. Start it with 'wenhao serve', or name its address with --url."


def advise_on_acknowledgement(taken: Acknowledgement, url: str, api: str) -> Optional[str]:
    """Returns what is wrong with an acknowledgement and what to do; None where nothing is."""
    if taken.status is None:
        return OF_SILENCE.get(taken.says, NOT_THERE).format(url=url, api=api)
    if taken.status >= 500 and taken.status not in OF_STATUS:
        return f"Wenhao failed with status {taken.status}. Its log has the reason."
    if taken.status >= 400:
        return OF_STATUS.get(taken.status, f"Wenhao refused the delivery with status {taken.status}.")
    if taken.seconds > SLACKS_PATIENCE:
        return "Slack waits three seconds: it would have called this a timeout and sent the delivery again."
    return None


def advise_on_nothing(api: str, heard: bool) -> str:
    """Returns what to do where no answer came. `heard`: whether Wenhao called the stand-in at all."""
    if heard:
        return "Wenhao called Slack but answered nothing: either this is nothing to answer, or its log says why."
    return (
        "Wenhao took the delivery and posted nothing here. Cause: it calls another address than this stand-in, or it "
        f"does not answer this kind of message. Start it with SLACK_API_BASE_URL={api} 'wenhao serve'."
    )


def advise_on_refusal(call: MadeCall) -> Optional[str]:
    """Returns what Slack would refuse about a call; None where it would not."""
    if call.answer is None or call.answer.get("ok", True):
        return None
    details = "; ".join((call.answer.get("response_metadata") or {}).get("messages") or [])
    return f"Slack would refuse {call.method}: {call.answer['error']}" + (f" ({details})" if details else "")
