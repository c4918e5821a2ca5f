"""Text stands out from every ground that a cell may have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.colours import RIGHT, WRONG, Rgb, contrast, shade

ENOUGH = 4.5


def rgb(colour: str) -> Rgb:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


@given(st.floats(0, 1), st.booleans())
def test_text_has_contrast(share: float, right: bool) -> None:
    found = shade(share, right)
    assert contrast(rgb(found.ground), rgb(found.text)) >= ENOUGH


def test_the_scale_goes_from_pale_to_deep() -> None:
    for right, (pale, deep) in ((True, RIGHT), (False, WRONG)):
        assert (rgb(shade(0, right).ground), rgb(shade(1, right).ground)) == (pale, deep)


def test_contrast() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((9, 9, 9), (9, 9, 9)) == 1
