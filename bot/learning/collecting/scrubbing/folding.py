"""A text as it is searched for personal data: every character in its place, full-width ones as ordinary ones."""

from __future__ import annotations

import re
import unicodedata

# Phones put some of these around the numbers that they paste, and people put others into them.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_LINE_END = re.compile("\r\n?")


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code))
        # One for one, so that places stay places of the text.
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDED = _Folded()


def without_unseen(text: str) -> str:
    """Returns a text without characters that nobody sees, such as marks of direction; line ends stay."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def fold(text: str) -> str:
    """Returns a text of the same length in Unicode's form NFKC, as far as it maps one character to one."""
    return text if text.isascii() else text.translate(_FOLDED)
