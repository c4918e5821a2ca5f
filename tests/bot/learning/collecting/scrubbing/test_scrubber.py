"""Personal data are replaced in both languages; figures that matter stay."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.collecting.scrubbing.checks import (
    identity_check,
    is_card,
    is_date,
    is_identity,
    luhn_check,
    only_digits,
)
from bot.learning.collecting.scrubbing.folding import fold
from bot.learning.collecting.scrubbing.scrubber import Scrubber

SCRUBBER = Scrubber(b"a key for tests, long enough")
scrub = SCRUBBER.scrub

# A text, and what of it must be gone.
PERSONAL = [
    ("我的手机是13800138000，请回电", "13800138000"),
    ("138 0013 8000 call me", "138 0013 8000"),
    ("call 138-0013-8000", "138-0013-8000"),
    ("138.0013.8000", "138.0013.8000"),
    ("1380013 8000", "1380013 8000"),
    ("手机１３８００１３８０００", "１３８００１３８０００"),
    ("1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0"),
    ("+86 138 0013 8000", "138 0013 8000"),
    ("008613800138000", "13800138000"),
    ("8613800138000", "13800138000"),
    ("tel13800138000abc", "13800138000"),
    ("我\u202d13800138000\u202c", "13800138000"),
    ("138\u200b0013\u200b8000", "13800138000"),
    ("电话幺三八零零一三八零零零零", "幺三八零零一三八零零零零"),
    ("邮箱abc123@qq.com联系", "abc123"),
    ("mail john.doe@acme.co.uk please", "john.doe"),
    ("mail john.doe@acme.co.uk please", "acme"),
    ("邮箱ｚｈａｎｇ＠１６３．ｃｏｍ", "ｚｈａｎｇ"),
    ("zhang @ 163.com", "zhang"),
    ("身份证11010519491231002X", "11010519491231002X"),
    ("身份证 110105 19491231 002x 号", "19491231"),
    ("卡号6222021234567890128", "6222021234567890128"),
    ("4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("4111-1111-1111-1111", "4111-1111-1111-1111"),
    ("6222 0212 3456 7890 123", "6222 0212 3456 7890 123"),
    ("https://mp.weixin.qq.com/s?__biz=MzA4&mid=12345&sn=abc#rd", "MzA4"),
    ("see https://zhang:geheim@host.com/a", "geheim"),
    ("https://host.com/users/13800138000/edit", "13800138000"),
    ("https://hooks.slack.com/services/T0AB12CD3/B0EF45GH6/x1Y2z3A4b5C6", "x1Y2z3A4b5C6"),
    ("host.com/path?phone=13800138000&a=b", "13800138000"),
    ("<@U024BE7LH> knows", "U024BE7LH"),
    ("in <#C024BE7LR|secret-plan>", "secret-plan"),
    ("<!subteam^S012ABC34|@the-boss>", "S012ABC34"),
    ("0755-12345678转123", "0755-12345678"),
    ("(010)62345678", "62345678"),
    ("010 62345678", "62345678"),
    ("+1 415 555 2671", "415 555 2671"),
    ("+44 20 7946 0958", "7946 0958"),
    ("415-555-2671", "415-555-2671"),
    ("(415) 555-2671", "555-2671"),
    ("护照E12345678", "E12345678"),
    ("my passport no. AB1234567", "AB1234567"),
    ("港澳通行证C12345678", "C12345678"),
    ("QQ 12345678", "12345678"),
    ("我的QQ号：10001", "10001"),
    ("扣扣是 7654321", "7654321"),
    ("加我微信：zhang_san88", "zhang_san88"),
    ("微信号是zhangsan", "zhangsan"),
    ("my WeChat ID: john_88", "john_88"),
    ("vx zhang88san", "zhang88san"),
    ("密码是abc12345", "abc12345"),
    ("password: hunter2!", "hunter2"),
    ("AppSecret: 0123456789abcdef0123456789abcdef", "0123456789abcdef"),
    ("token xoxb-1234567890-abcdefghij", "1234567890-abcdefghij"),
    ("appid wx1234567890abcdef", "1234567890abcdef"),
    ("gh_0123456789ab", "0123456789ab"),
    ("openid oLVPpjqs9BhvzwPj5A-vTYAX3GLc", "oLVPpjqs9BhvzwPj5A"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_123", "hbGciOiJIUzI1NiJ9"),
    ("sk-abcdEFGH1234ijklMNOP", "abcdEFGH1234"),
    ("统一社会信用代码91440300MA5DA1XX2K", "91440300MA5DA1XX2K"),
    ("账户 12345678901", "12345678901"),
    ("订单号 202408191234567", "202408191234567"),
    ("验证码是123456", "123456"),
    ("7000700000000000", "7000700000000000"),
]


@pytest.mark.parametrize(("text", "personal"), PERSONAL)
def test_personal_data_are_replaced(text: str, personal: str) -> None:
    scrubbed = scrub(text)
    assert personal not in scrubbed
    assert fold(personal) not in fold(scrubbed)


@pytest.mark.parametrize(
    "text",
    [
        "认证费300元，每年一次",
        "20,000 yuan or ￥20,000.00 or $1,234,567",
        "100000000元 注册资本 5000000元",
        "1234567 followers, 12345678 fans, 一共12345678人关注，1000000粉丝",
        "RMB 1234567 and ¥12345678",
        "2014年8月19日 2014-08-19 20140819 20140819123000 19/08/2014 13 September 2014",
        "T+7, T+1, 0.6%, 1%-5%, 1.23456789, 3.1415926535",
        "5 accounts, 50个账号，10000个，4次/月",
        "9:00-18:00, 48小时, 7天, 15个工作日",
        "2013 2014 2015 2016",
        "1500 2000 3000 4000",
        "1500 2000 300元",
        "5000-6000元",
        "400-670-0700",
        "subscription-account-2014-vs-service",
        "第2题 选项3 v8.0.50",
        "微信service account",
        "wechat: payment",
        "my WeChat ID is blocked",
        "微信号是什么",
        "QQ邮箱怎么绑定",
        "how do i verify? my password is wrong",
        "AppSecret is 32 characters, Token 3-32",
        "https://mp.weixin.qq.com/cgi-bin/home",
        "https://kf.qq.com/faq/20140819.html",
        "a < b > c @ d",
        "二〇一四年八月",
        "iPhone 13 Pro, GB2312, UTF-8, mp3",
        "企业 500 人, 30 stores, 3 million yuan, 三百万",
        "订阅号与服务号的区别是什么？",
        "",
        "问号" * 900,
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert scrub(text) == text


def test_stand_ins_have_the_form_of_what_they_stand_for() -> None:
    assert re.fullmatch(r"电话1[3-9]\d \d{4} \d{4}，\+86-1[3-9]\d{9}", scrub("电话138 0013 8000，+86-13800138001"))
    assert is_identity(scrub("11010519491231002X"))
    assert is_card(only_digits(scrub("4111 1111 1111 1111")))
    assert re.fullmatch(r"[a-z]{4}\d{2}@qq\.com", scrub("abcd12@qq.com"))
    assert re.fullmatch(r"[a-z]{4}\.[a-z]{3}@example\.com", scrub("john.doe@acme.co.uk"))
    assert re.fullmatch(r"0\d{3}-[0-9]{8}转\d{3}", scrub("0755-12345678转123"))
    assert re.fullmatch(r"https://a\.cn/p\?id=\d{3}&n=[a-z]{3}", scrub("https://a.cn/p?id=123&n=abc"))


def test_one_number_has_one_stand_in_however_it_is_written() -> None:
    ways = ("13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "１３８００１３８０００")
    assert len({only_digits(scrub(way))[-11:] for way in ways}) == 1


def test_another_key_gives_other_stand_ins() -> None:
    others = Scrubber(b"another key for tests").scrub
    assert others("13800138000") != scrub("13800138000")
    assert Scrubber(b"a key for tests, long enough").scrub("13800138000") == scrub("13800138000")


def test_check_digits() -> None:
    assert luhn_check("7992739871") == "3"
    assert identity_check("11010519491231002") == "X"
    assert not is_identity("110105194912310021")
    assert not is_card("4111111111111112")
    assert [is_date(each) for each in ("20140819", "20141319", "201408191230", "2014081")] == [True, False, True, False]


DATES = ("%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%Y-%m-%d %Y-%m-%d", "%Y%m%d-%Y%m%d")
WORDS = st.text(st.sampled_from("问号认证多少钱，。 abcXYZ!?\n"), max_size=12)
SEPARATED = st.sampled_from(["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "{0}·{1}·{2}", "+86 {0}{1}{2}"])
MOBILE = st.tuples(st.from_regex(r"1[3-9][0-9]", fullmatch=True), *[st.from_regex(r"[0-9]{4}", fullmatch=True)] * 2)


@given(before=WORDS, mobile=MOBILE, form=SEPARATED, after=WORDS)
def test_no_mobile_number_survives(before: str, mobile: tuple[str, str, str], form: str, after: str) -> None:
    scrubbed = scrub(before + form.format(*mobile) + after)
    assert "".join(mobile) not in only_digits(scrubbed)
    assert scrubbed.startswith(before)
    assert scrubbed.endswith(after)


@given(before=WORDS, digits=st.from_regex(r"[1-9][0-9]{14,17}", fullmatch=True), after=WORDS)
def test_no_card_survives(before: str, digits: str, after: str) -> None:
    card = digits + luhn_check(digits)
    scrubbed = scrub(before + card + after)
    assert card not in scrubbed
    assert len(scrubbed) == len(before + card + after)


@given(
    st.text(
        st.characters(blacklist_categories=("Nd", "Nl", "No", "Cc", "Cf", "Cs", "Lo"), blacklist_characters="@<?:-_.")
    )
)
def test_texts_without_numbers_and_addresses_stay(text: str) -> None:
    plain = re.sub("wx|xox|eyJ|AKIA|AIza|微信", "", text, flags=re.IGNORECASE)
    assert fold(scrub(plain)) == fold(plain)


@given(st.text())
def test_any_text_can_be_scrubbed(text: str) -> None:
    assert scrub(text) == scrub(text)
    assert "\0" not in scrub(text)


HOSTILE = ("1 ", "a-", "a@", "0", "https://", "?a=", "<@", "微信是", "-----BEGIN A-----", "aA1", "+1 1 ", "1-1.", "零")


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    began = perf_counter()
    scrub(piece * (10_000 // len(piece)))
    assert perf_counter() - began < 3
