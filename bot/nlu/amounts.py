"""Amounts of money in a text: how much, of which currency, what for, per which time, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Iterator, Optional

from bot.nlu.number_words import ARABIC, CHINESE, ENGLISH, SCALES, english, number

_CURRENCIES: dict[str, str] = {
    "CNY": r"元|块钱|块|人民币|¥|rmb|cny|yuan|kuai|renminbi",
    "HKD": r"港币|港元|hk\$|hkd|hong kong dollars?",
    "USD": r"美元|美金|刀|us\$|\$|usd|us dollars?|american dollars?|dollars?|bucks",
    "EUR": r"欧元|€|eur|euros?",
    "GBP": r"英镑|£|gbp|pounds?(?: sterling)?",
    "JPY": r"日元|日币|jpy|yen",
    "other": r"新币|新加坡元|sgd|韩元|krw|台币|twd|澳元|aud|加元|cad|马币|myr|ringgit|baht|泰铢|rupees?|inr|won",
}
_CURRENCY = "|".join(f"(?:{words})" for words in _CURRENCIES.values())
_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))

# Latin letters must end where the number's unit ends: "5 mins" are no million.
_AMOUNT = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<sign>-|−|minus |negative |负)?\s*"
    rf"(?:(?P<arabic>(?<![\d.a-z]){ARABIC})\s*(?:(?P<scale>{_SCALE})(?![a-z0-9])"
    r"|(?P<zh_scale>(?:个(?=亿))?[十百千万亿][十百千万亿半\d]*))?"
    rf"|(?P<chinese>{CHINESE})|(?P<english>(?<![a-z]){ENGLISH})(?![a-z]))"
    rf"[\s-]*(?P<after>(?:{_CURRENCY})(?![a-z]))?"
)
# What is counted is no money: people, pieces, times and dates.
_COUNTED = re.compile(
    r"\s*(?:users?|followers?|fans|people|persons?|staff|employees|members?|readers?|visitors?|shops?|stores?|branches|"
    r"outlets|articles?|posts?|times|broadcasts?|messages?|days?|weeks?|months?|years?|working|st\b|nd\b|rd\b|th\b|%|"
    r"percent|粉丝|用户|人|个|家|次|篇|条|天|日|号|周|月|年|小时|分钟|点|折|岁|名|位|店|成|倍|份|种|张|台|所)"
)
_COUNTED_BEFORE = re.compile(r"(?:followers|fans|users|readers|粉丝|用户|关注|人数)\s*(?:有|是|of|about|:|：)?\s*$")
_ROLES: dict[str, str] = {
    "capital": r"registered capital|share capital|paid-in capital|capital|注册资本|注册资金|资本金|资本|注资",
    "budget": r"budget|to spend|预算|经费",
    "turnover": (
        r"turnover|revenues?|sales|takings|transactions?|payments?|take in|taking in|sell|sold|earn|"
        r"through wechat pay|fees? on|commission on|"
        r"营业额|流水|销售额|交易额|交易|收款|收入|收了?|卖|营收|业绩|成交额?|货款|订单"
    ),
}
_ROLE = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _ROLES.items()))
# "We sell 200 items": what follows a bare number may be what it counts.
_OF_SOMETHING = re.compile(r"\s*(?!a |per |each |every |in |at |on |and |or |with |what |how |if |when )[a-z单件杯]")
_TOLD = re.compile(
    rf"(?:{'|'.join(_ROLES.values())})"
    r"(?:\s|was|is|of|are|about|around|at|有|是|为|约|大概|大约|差不多|：|:)*$"
)
_PER: dict[str, str] = {
    "month": (
        r"a month|per month|monthly|each month|every month|/\s*month|"
        r"/\s*月|每个?月|一个月|月均|月(?=营|流水|销|交|收)|月入"
    ),
    "year": (
        r"a year|per year|yearly|annual(?:ly)?|each year|every year|/\s*year|per annum|"
        r"/\s*年|每年|一年|全年|年(?=营|流水|销|交|收|入)"
    ),
    "day": r"a day|per day|daily|each day|every day|每天|一天|每日|日均",
    "week": r"a week|per week|weekly|each week|every week|每周|一周|每星期",
}
# How far from an amount the words stand that tell what it is, in characters.
_NEAR = 28
_NEAR_PER = 26

_CLAUSE = re.compile(r"[,;，；。!?！？]|\.\s")

# No turnover of a business on a public account reaches this many yuan.
ABSURD = Decimal(10) ** 12


@dataclass(frozen=True)
class Amount:
    """An amount and where it stands.

    `currency` is an ISO code, `other`, or "" where none is named; `role` is what it is (turnover, capital, budget, or
    "" where nothing tells); `per` the time it is meant for; `problem` is `negative`, `absurd`, `currency` or `unit`.
    """

    number: Decimal
    start: int
    end: int
    currency: str = ""
    role: str = ""
    per: str = ""
    problem: str = ""


def find_amounts(text: str) -> list[Amount]:
    """Returns the amounts in a text in its normal form, in their order."""
    return [amount for match in _AMOUNT.finditer(text) for amount in _read(text, match)]


def _read(text: str, match: re.Match[str]) -> Iterator[Amount]:
    value = _number(match)
    currency = _currency(match["before"] or match["after"] or "")
    scaled = _is_scaled(match)
    role = _role(text, match.start(), match.end())
    counted = _COUNTED.match(text, match.end()) or _COUNTED_BEFORE.search(text[: match.start()])
    if value is None or (not currency and counted):
        return
    if (
        not currency
        and not (scaled and (role or value >= 1000))
        and not (role and match["arabic"] and _is_told(text, match))
    ):
        return
    value = -value if match["sign"] and (currency or role) else value
    yield Amount(
        number=value,
        start=match.start() + len(match[0]) - len(match[0].lstrip()),
        end=match.start() + len(match[0].rstrip()),
        currency=currency,
        role=role,
        per=_per(text, match.start(), match.end()),
        problem=_problem(value, currency, scaled),
    )


def _number(match: re.Match[str]) -> Optional[Decimal]:
    if match["arabic"]:
        value = number(match["arabic"] + (match["zh_scale"] or ""))
        return value * SCALES[match["scale"]] if value is not None and match["scale"] else value
    return number(match["chinese"]) if match["chinese"] else english(match["english"])


def _is_scaled(match: re.Match[str]) -> bool:
    """Whether the number says by its own words how large it is: 三百万, 50k, 3 million."""
    chinese = match["chinese"] or match["zh_scale"] or ""
    words = (match["english"] or "").split()
    return bool(match["scale"]) or any(unit in chinese for unit in "千万亿") or any(word in SCALES for word in words)


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether the words right before a bare number say that it is money: "turnover of 500", 营业额500."""
    before = text[max(0, match.start() - _NEAR) : match.start()].rstrip()
    return bool(_TOLD.search(before)) and not _OF_SOMETHING.match(text, match.end())


def _currency(word: str) -> str:
    return next((code for code, words in _CURRENCIES.items() if re.fullmatch(words, word)), "") if word else ""


def _role(text: str, start: int, end: int) -> str:
    """Returns what the nearest word says an amount is."""
    found = [
        (start - word.end() if word.end() <= start else word.start() - end + 2, str(word.lastgroup))
        for word in _ROLE.finditer(text)
    ]
    near = [(gap, role) for gap, role in found if -1 <= gap <= _NEAR]
    return min(near)[1] if near else ""


def _per(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _NEAR_PER) : start], text[end : end + _NEAR_PER]
    around = _CLAUSE.split(before)[-1] + "|" + _CLAUSE.split(after)[0]
    return next((per for per, words in _PER.items() if re.search(words, around)), "")


def _problem(value: Decimal, currency: str, scaled: bool) -> str:
    if currency not in ("", "CNY"):
        return "currency"
    if value < 0:
        return "negative"
    if value >= ABSURD:
        return "absurd"
    return "" if currency or scaled else "unit"
