"""What WeChat answers, told apart, each with what the operator can do."""

from __future__ import annotations

import pytest

from bot.channels.wechat.api import errors
from bot.channels.wechat.api.errors import AddressRefusedError, RefusedError, to_refusal

KINDS = {
    errors.TokenRefusedError: (40001, 40014, 42001),
    errors.WrongCredentialsError: (40013, 40125, 40243),
    errors.AddressRefusedError: (40164, 61004, 89503, 89506, 89507),
    errors.NoRightError: (48001, 48004, 40200, 65400),
    errors.WindowClosedError: (45015,),
    errors.CountUsedUpError: (45047,),
    errors.LimitReachedError: (45009, 45011),
    errors.BusyError: (-1,),
    errors.TooLongError: (45002,),
    errors.NotFollowerError: (40003, 43004),
    errors.UserRefusesError: (48002,),
    errors.RefusedError: (40008, 47001, 12345),
}
CASES = [(code, kind) for kind, codes in KINDS.items() for code in codes]


@pytest.mark.parametrize(("code", "kind"), CASES)
def test_codes_are_told_apart(code: int, kind: type[RefusedError]) -> None:
    error = to_refusal(code, "what WeChat says, rid: 1")
    assert type(error) is kind
    assert (error.code, error.message) == (code, "what WeChat says, rid: 1")


@pytest.mark.parametrize("code", [code for code, _ in CASES])
def test_each_is_one_line_that_ends_with_a_remedy(code: int) -> None:
    error = to_refusal(code, "what\nWeChat\r\nsays\u2028" + "and more " * 1000)
    assert len(str(error).splitlines()) == 1
    assert len(str(error)) < 500
    assert str(error).startswith(f"WeChat answered {code} (what WeChat says and more")
    assert str(error).endswith(f": {error.remedy}")
    assert len(error.remedy) > 20
    assert "{" not in error.remedy


@pytest.mark.parametrize("code", [40001, 40125])
def test_where_a_token_was_asked_for_the_secret_is_wrong(code: int) -> None:
    error = to_refusal(code, "invalid credential", for_token=True)
    assert type(error) is errors.WrongCredentialsError
    assert "WECHAT_APP_SECRET" in error.remedy


ADDRESSES = {
    "invalid ip 101.45.43.1 ipv6 ::ffff:101.45.43.1, not in whitelist hint: [jotvMa01143580]": "101.45.43.1",
    "invalid ip 101.45.43.1, not in whitelist rid: 5f1a": "101.45.43.1",
    "invalid ip 2001:db8::1 ipv6 2001:db8::1, not in whitelist": "2001:db8::1",
    "invalid ip  ipv6 ::ffff:1.2.3.4, not in whitelist": "1.2.3.4",
    "access clientip is not registered, not in ip-white-list": "",
    "invalid ip 999.1.1.1, not in whitelist": "",
    "": "",
}


@pytest.mark.parametrize(("message", "address"), ADDRESSES.items(), ids=list(range(len(ADDRESSES))))
def test_the_address_to_allow_is_named(message: str, address: str) -> None:
    error = to_refusal(40164, message)
    assert isinstance(error, AddressRefusedError)
    assert error.address == address
    assert f"add {address or 'this machine'}" in error.remedy
