"""The rule table's own words on what this account may do: the bot is bound by what it explains to others."""

from __future__ import annotations

import datetime

from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions
from actions.consult.findings import find
from actions.rule_table.model import Language
from actions.wording.writer import Writer
from bot.channels.wechat.rights import Rights


def rule_on(rights: Rights, interface: str, today: datetime.date, language: Language = "en") -> list[str]:
    """Returns what the table says of an interface for this kind of account, each statement before its source.

    First who may use it by the permission matrix, then the rule of its topic as of today.
    """
    account = rights.account
    conditions = Conditions(
        accounts=(account.kind,) if account.kind else (), verified=account.verified, interface=interface
    )
    topics = dict.fromkeys(("interface", rights.table.interfaces[interface].topic))
    writer = Writer(rights.table, language)
    lines = []
    for topic in topics:
        part = writer.write(find(rights.table, topic, conditions, AsOf.parse("today", today)))
        lines += [part.lead, *([part.source.text] if part.source else [])]
    return lines
