"""The forms of personal data. The first rule that finds something at a place has it; `value` is what is replaced.

No rule is bounded by \\b: Chinese characters are word characters too, and stand beside numbers without a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.learning.collecting.scrubbing import surrogates
from bot.learning.collecting.scrubbing.addresses import has_private_parts, query, web_address
from bot.learning.collecting.scrubbing.checks import (
    are_figures,
    is_card,
    is_date,
    is_figure,
    is_identity,
    is_token,
    only_digits,
)

Match = re.Match[str]
HOTLINES = ("400", "800")

# What stands between the groups of a number, and between a word and what it names.
GAP = r"[ \t.·\-‐‑–—]"
NAMES = r"\s*(?:是|为|叫|改成|:|=|#|\bis\b)\s*"
UNIT = (
    r"(?![\d%‰]|[.,]\d|\s?(?:[元块万亿千人次个条位名家天年月日篇]|粉丝|用户|yuan|rmb|cny|usd|dollars?|fans|followers|users|"
    r"people|readers|messages|accounts|times|days)|\s?[¥$€£])"
)


class Rule(NamedTuple):
    """A form, how its stand-in is made, and what else must hold of what was found."""

    pattern: re.Pattern[str]
    make: surrogates.Make
    holds: Callable[[Match], bool] = lambda found: True


def _rule(pattern: str, make: surrogates.Make, holds: Callable[[Match], bool] = lambda found: True) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), make, holds)


def _is_run(found: Match) -> bool:
    return not is_figure(only_digits(found[0]), found.string[: found.start()])


def _is_international(found: Match) -> bool:
    return 8 <= len(only_digits(found[0])) <= 16


def _is_grouped(found: Match) -> bool:
    return not are_figures(_groups(found))


def _groups(found: Match) -> list[str]:
    return re.split(r"[ \-]", found[0])


def _is_secret(found: Match) -> bool:
    digits = len(only_digits(found["value"]))
    return digits >= 4 or bool(digits and re.search("[a-z]", found["value"], re.IGNORECASE))


def _is_handle(found: Match) -> bool:
    return bool(re.search(r"[\d_\-]", found["value"]))


RULES = (
    # https://docs.slack.dev/messaging/formatting-message-text/#advanced
    _rule(r"<(?:[@#]|!subteam\^)(?P<value>[A-Z0-9]{5,}(?:\|[^>\n]*)?)>", surrogates.alike),
    _rule(r"[a-z]{2,10}://[^\s<>\"'，。；、！？（）()|]+", web_address, lambda found: has_private_parts(found[0])),
    _rule(r"(?<=[\w/])\?[\w.%\[\]\-]+=[^\s<>\"'，。；、！？（）()|]+", query),
    _rule(r"[a-z0-9._%+\-]{1,64}\s?@\s?[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4}", surrogates.email),
    # Keys that tell themselves by their beginning; AppIDs and original ids of WeChat accounts.
    _rule(
        r"(?<![a-z0-9])(?:xox[a-z]-|xapp-|sk-|[rp]k_live_|gh[a-z]_|glpat-|AKIA|AIza|eyJ|gh_|wx(?=[0-9a-f]{16}(?![a-z0-9])))"
        r"(?P<value>[\w.\-]{8,})",
        surrogates.alike,
    ),
    _rule(r"-----BEGIN [A-Z ]+-----(?P<value>[\s\S]+?)(?:-----END|$)", surrogates.alike),
    _rule(
        r"(?:password|passwd|pwd|secret|token|api\s?key|密码|口令|密钥|秘钥|验证码|verification code|otp)"
        + NAMES
        + r"(?P<value>[!#-&*-:=?-~]{4,128})",
        surrogates.alike,
        _is_secret,
    ),
    _rule(
        r"(?<![a-z0-9_\-])(?=[a-z0-9_\-]{16})[a-z0-9_\-]{16,512}(?![a-z0-9])",
        surrogates.alike,
        lambda found: is_token(found[0]) and not is_identity(found[0]),
    ),
    _rule(
        r"(?<!\d)[1-9]\d{5}\s?(?:18|19|20)\d\d\s?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{3}[\dx](?![\da-z])",
        surrogates.identity,
        lambda found: is_identity(re.sub(r"\s", "", found[0])),
    ),
    _rule(
        rf"(?<![\d.])(?:(?:\+|00)?\(?86\)?{GAP}?)?(?P<value>1[3-9]\d(?:\d{{8}}|{GAP}\d{{4}}{GAP}?\d{{4}}|\d{{4}}{GAP}\d{{4}}|"
        rf"{GAP}\d{{3}}{GAP}\d{{5}}|\d-\d{{3}}-\d{{4}}|\d{{3}}{GAP}\d{{5}})|1{GAP}[3-9](?:{GAP}\d){{9}})(?!\d)",
        surrogates.mobile,
    ),
    _rule(
        r"(?<!\d)(?:\d{13,19}|\d{4}(?:[ \-]\d{4}){2,3}[ \-]\d{1,7}|\d{4}[ \-]\d{6}[ \-]\d{5}|\d{6}[ \-]\d{13})(?!\d)",
        surrogates.card,
        lambda found: is_card(only_digits(found[0])) and not is_date(found[0]) and not are_figures(_groups(found)),
    ),
    _rule(rf"(?<![\d.])\d{{4}}(?:[ \-]\d{{4}}){{2,4}}(?:[ \-]\d{{1,4}})?{UNIT}", surrogates.number, _is_grouped),
    _rule(r"(?<![\d.])\(?0\d{2,3}\)?[-\s–]?\d{7,8}(?:\s?(?:转|ext\.?|x|-)\s?\d{1,6})?(?!\d)", surrogates.number),
    _rule(r"(?<![\w+])(?:\+|00)[1-9]\d{0,2}(?:[-. ]?\(?\d{1,4}\)?){2,6}(?!\d)", surrogates.number, _is_international),
    _rule(
        r"(?<![\d\-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d\-])",
        surrogates.number,
        lambda found: not found[0].startswith(HOTLINES),
    ),
    # Passports and permits: by their form, and behind their name.
    _rule(
        r"(?<![a-z0-9])(?P<value>[EGDSPHKMC][A-Z]?\d{8,10})(?![a-z0-9])",
        surrogates.alike,
        lambda found: not is_date(only_digits(found[0])),
    ),
    _rule(
        r"(?:passport|护照|通行证|台胞证|回乡证)(?:\s?(?:no\.?|number|号码?))?(?:"
        + NAMES
        + r"|\s*)(?P<value>[A-Z0-9]{6,12})(?![a-z0-9])",
        surrogates.alike,
        lambda found: len(only_digits(found["value"])) >= 5,
    ),
    _rule(
        r"(?:QQ|扣扣|企鹅)\s?(?:号码?|群号?|number|id)?(?:" + NAMES + r"|\s*)(?P<value>[1-9]\d{4,11})(?!\d)" + UNIT,
        surrogates.number,
    ),
    _rule(
        r"(?:微信|v信|薇信|微❤|wechat|weixin|wx|vx)\s?(?:号|id|account)?"
        + NAMES
        + r"(?P<value>[a-z][-_a-z0-9]{5,19})(?![a-z0-9_])",
        surrogates.alike,
        _is_handle,
    ),
    _rule(r"(?:微信号?|v信|薇信)\s?(?:是|为|:|叫)\s*(?P<value>[a-z]{6,20})(?![a-z0-9_])(?!\s+[a-z])", surrogates.alike),
    _rule(
        r"(?<![a-z])(?:vx|加v|加我|加微信|v)[\s:号]+(?P<value>[a-z][-_a-z0-9]{5,19})(?![a-z0-9_])",
        surrogates.alike,
        _is_handle,
    ),
    _rule(r"(?<!\d)(?<!\d[.,])\d{7,40}" + UNIT, surrogates.number, _is_run),
    _rule(r"(?<![\d.])\d(?:[ \-]\d){6,}(?![ \-]?\d)", surrogates.number),
    _rule(r"[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{7,}", surrogates.numerals),
)
