"""Swedish words: Snowball's stem, and what it misses of the forms of one word.

Snowball cuts `kurs` to `kur` but `kurser` to `kurs`, and leaves `frågan`, `barnet` and `socialt` as they are. A word
has a few stems here: two forms of it have at least one in common.
"""

import re
from collections.abc import Callable, Iterator

_SHORTEST = 4
# The -s of kurs and the -en of fenomen may be the word's own, or an ending.
_OWN_ENDING = re.compile(r".+(?:s|en)")
# What Snowball leaves: frågan, temana, mötena, barnet, nyckeln; socialt, strukturellt, effektivt, praktiskt.
_LEFT = (
    re.compile(r"(.+a)n"),
    re.compile(r"(.+[ae])na"),
    re.compile(r"(.*[aeiouyåäö].*)et"),
    re.compile(r"(.+e[lr])n"),
    re.compile(r"(.+(?:al|ell|il|iv|ig|isk|är))t"),
)
# förälder : föräldrar, cykel : cyklar, vuxen : vuxna
_CONTRACTED = re.compile(r"(.+[bcdfghjklmnpqrstvxz])e([lnr])")
# program : programmet, man : mannen
_DOUBLED = re.compile(r"(.+(?:m(?=m)|n(?=n)))[mn]e[nt]")
# The plurals that change the vowel; handböcker and verkstäder are made of them too.
_CHANGED = {
    "böcker": "bok",
    "städer": "stad",
    "länder": "land",
    "stränder": "strand",
    "nätter": "natt",
    "rötter": "rot",
    "fötter": "fot",
    "ledamöter": "ledamot",
    "söner": "son",
    "bönder": "bonde",
    "män": "man",
    "männen": "mannen",
}
_PLURAL = re.compile(f"(.*?)({'|'.join(sorted(_CHANGED, key=len, reverse=True))})(na)?")


def stems(word: str, snowball: Callable[[str], str]) -> tuple[str, ...]:
    """Return Snowball's stem first, then the others."""
    return tuple(dict.fromkeys([snowball(word), *_others(word, snowball)]))


def _others(word: str, snowball: Callable[[str], str]) -> Iterator[str]:
    if _OWN_ENDING.fullmatch(word):
        yield word
    base = word
    if word.endswith("s") and len(word) > _SHORTEST:
        # A genitive, perhaps: what stands before it may have an ending of its own.
        base = word[:-1]
        yield snowball(base)
    if changed := _PLURAL.fullmatch(base):
        base = changed[1] + _CHANGED[changed[2]]
        yield snowball(base)
    if doubled := _DOUBLED.fullmatch(base):
        yield snowball(doubled[1])
    if len(word) < _SHORTEST:
        return
    cut = [found[1] for ending in _LEFT if (found := ending.fullmatch(base))]
    yield from map(snowball, cut)
    for form in (base, *cut):
        if found := _CONTRACTED.fullmatch(form):
            yield found[1] + found[2]
