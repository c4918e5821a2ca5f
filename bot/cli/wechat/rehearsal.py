"""One follower's chat with a running Wenhao, with everything that WeChat would do in between."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import ClientSession

from bot.channels.wechat.rehearsal.advice import OUT_OF_ORDER, explain
from bot.channels.wechat.rehearsal.delivery import Plan, Try, deliver
from bot.channels.wechat.rehearsal.envelope import Envelope
from bot.channels.wechat.rehearsal.pushes import Push
from bot.channels.wechat.rehearsal.replies import Reply
from bot.cli.wechat.phone import Phone


@dataclass
class Rehearsal:
    """Delivers pushes to one address and shows on a phone what comes back."""

    session: ClientSession
    url: str
    envelope: Envelope
    plan: Plan
    phone: Phone

    async def send(self, push: Push, shown: str) -> bool:
        """Delivers one push. Returns whether the follower saw what they should."""
        self.phone.follower(shown)
        tries = []
        async for tried in deliver(self.session, self.url, self.envelope, push, self.plan):
            self._tell(tried)
            tries.append(tried)
        last = tries[-1]
        if last.outcome in ("refused", "unreachable"):
            return False
        return self._conclude(tries)

    def _tell(self, tried: Try) -> None:
        seconds = f"{self.plan.patience:g} seconds"
        again = "" if tried.number == self.plan.tries else ": WeChat tries again"
        happened = {
            "answered": f"answered after {tried.milliseconds} ms",
            "acknowledged": f"taken without a reply after {tried.milliseconds} ms",
            "silent": f"no answer in {seconds}{again}",
            "unreadable": f"answered after {tried.milliseconds} ms, but {tried.says}",
            "refused": f"refused with {tried.status}: {tried.says}",
            "unreachable": f"nothing answers at {self.url} ({tried.says})",
        }
        wrong = tried.outcome in ("unreadable", "refused", "unreachable")
        self.phone.note(f"try {tried.number}: {happened[tried.outcome]}", wrong)
        if tried.outcome == "refused":
            self.phone.note(explain(tried, self.envelope.mode))
        if tried.outcome == "unreachable":
            self.phone.note("Start Wenhao with 'wenhao serve', or say with --url where it is.")

    def _conclude(self, tries: list[Try]) -> bool:
        replies = list(dict.fromkeys(tried.reply for tried in tries if tried.reply))
        if replies:
            self._show(replies[0])
        elif any(tried.outcome == "acknowledged" for tried in tries):
            self.phone.note("The follower sees nothing now; an answer may follow as a customer service message.")
        else:
            self.phone.system(OUT_OF_ORDER)
            return False
        if len(replies) > 1:
            self.phone.note(f"The answers of {len(tries)} deliveries differ; the last one was:", wrong=True)
            self._show(replies[-1])
            return False
        if self.plan.repeat and replies:
            self.phone.note(f"{len(tries)} deliveries, one answer: the follower sees it once.")
        return all(tried.outcome != "unreadable" for tried in tries)

    def _show(self, reply: Reply) -> None:
        if reply.is_transfer:
            self.phone.note(f"WeChat hands the follower to {reply.agent or 'whichever agent is free'}.")
        else:
            self.phone.account(reply.text or f"[{reply.kind}]")
