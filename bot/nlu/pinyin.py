"""Chinese in Latin letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# The finals that go with each initial.
_FINALS = {
    "": "a o e ai ei ao ou an en ang eng er",
    "b p": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d t": "a e ai ei ao ou an en ang eng ong i ie iao iu ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve ue",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve ue",
    "g k h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j q x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh ch sh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "r z c s": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "y": "a o e ao ou an ang i in ing ong u ue uan un",
    "w": "a o ai ei an en ang eng u",
}
SYLLABLES = frozenset(
    initial + final
    for initials, finals in _FINALS.items()
    for initial in initials.split() or [""]
    for final in finals.split()
)
LONGEST_SYLLABLE = max(map(len, SYLLABLES))

_TONES = {ord(mark): None for mark in "\u0300\u0301\u0304\u030c"}


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether a word in small letters is made of syllables of pinyin, with tones or without. English "can" is too."""
    plain = unicodedata.normalize("NFD", word).translate(_TONES).replace("u\u0308", "v")
    return all(map(_is_made_of_syllables, plain.split("'")))


def _is_made_of_syllables(text: str) -> bool:
    ends = {0}
    for end in range(1, len(text) + 1):
        starts = ends.intersection(range(end - LONGEST_SYLLABLE, end))
        if any(text[start:end] in SYLLABLES for start in starts):
            ends.add(end)
    return bool(text) and len(text) in ends
