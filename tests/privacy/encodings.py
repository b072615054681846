"""Every way in which a marker may rest somewhere. Must find what ``Search`` was given, in big files too."""

import base64
import json
import urllib.parse
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

WINDOW = 8
"""Bytes by which a pattern is found at first; a shorter pattern would be found everywhere."""

CHUNK = 16 * 1024 * 1024
LARGEST_STREAM = 8 * 1024 * 1024
_STREAM_HEADS = (b"\x1f\x8b\x08", b"x\x01", b"x^", b"x\x9c", b"x\xda")


def encoded(text: str) -> dict[str, bytes]:
    """The text in each encoding, by name; base64 without the characters that depend on its neighbours."""
    raw = text.encode("utf-8")
    found = {
        "raw": raw,
        "latin-1": text.encode("latin-1"),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "utf-32-le": text.encode("utf-32-le"),
        "json": json.dumps(text)[1:-1].encode("ascii"),
        "url": urllib.parse.quote(text).encode("ascii"),
        "url-lower": urllib.parse.quote(text).lower().encode("ascii"),
        "hex": raw.hex().encode("ascii"),
        "hex-upper": raw.hex().upper().encode("ascii"),
    }
    for shift in range(3):
        for name, altchars in (("base64", b"+/"), ("base64url", b"-_")):
            found[f"{name}-{shift}"] = _base64_core(raw, shift, altchars)
    return found


def _base64_core(raw: bytes, shift: int, altchars: bytes) -> bytes:
    """What base64 of ``raw`` looks like behind ``shift`` other bytes, cut to the characters that are its own."""
    text = base64.b64encode(bytes(shift) + raw, altchars)
    first = -(-shift * 8 // 6)
    last = (shift + len(raw)) * 8 // 6
    return text[first:last]


def embedded(text: str) -> dict[str, bytes]:
    """The text as somebody would really write it in each encoding, inside something larger, for positive controls."""
    line = f'{{"zin": "voor {text} na"}}'
    found = {name: b"<< " + pattern + b" >>" for name, pattern in encoded(text).items() if "base64" not in name}
    for shift in range(3):
        padded = b"." * (shift + 6) + text.encode("utf-8") + b" en nog iets"
        found[f"base64-{shift}"] = base64.b64encode(padded)
        found[f"base64url-{shift}"] = base64.urlsafe_b64encode(padded)
    found["gzip"] = b"before" + zlib.compress(line.encode("utf-8"), wbits=31) + b"after"
    found["zlib"] = b"before" + zlib.compress(line.encode("utf-8")) + b"after"
    return found


@dataclass(frozen=True)
class Hit:
    """A needle that was found: which one, in which encoding, and at which byte."""

    needle: str
    encoding: str
    at: int


class Search:
    """Looks for many needles in one pass. The first eight bytes of every pattern are compared as one number."""

    def __init__(self, needles: Iterable[str]) -> None:
        self._patterns: defaultdict[int, list[tuple[bytes, str, str]]] = defaultdict(list)
        for needle in needles:
            for spelling in dict.fromkeys((needle, needle.lower(), needle.upper(), needle.capitalize())):
                for name, pattern in encoded(spelling).items():
                    if len(pattern) < WINDOW:
                        raise ValueError("a pattern is shorter than the window")
                    self._patterns[int.from_bytes(pattern[:WINDOW], "little")].append((pattern, needle, name))
        self._starts = np.array(sorted(self._patterns), dtype=np.uint64)

    def find(self, data: bytes) -> list[Hit]:
        """All hits in ``data`` and in the compressed streams inside it."""
        found = list(self._plain(data))
        for at, plain in unpacked(data):
            found += [Hit(hit.needle, f"compressed {hit.encoding}", at) for hit in self._plain(plain)]
        return found

    def _plain(self, data: bytes) -> Iterator[Hit]:
        for begin in range(0, len(data), CHUNK):
            # Chunks overlap by a window, so that a pattern on the edge is seen once.
            piece = data[begin : begin + CHUNK + WINDOW - 1]
            for offset in self._candidates(piece):
                at = begin + offset
                start = int.from_bytes(data[at : at + WINDOW], "little")
                for pattern, needle, name in self._patterns[start]:
                    if data.startswith(pattern, at):
                        yield Hit(needle, name, at)

    def _candidates(self, piece: bytes) -> list[int]:
        found: list[int] = []
        for shift in range(WINDOW):
            usable = (len(piece) - shift) // WINDOW
            if usable <= 0:
                continue
            values = np.frombuffer(piece, dtype="<u8", count=usable, offset=shift)
            places = np.searchsorted(self._starts, values)
            places[places == len(self._starts)] = 0
            hits = np.flatnonzero(self._starts[places] == values)
            found += [int(hit) * WINDOW + shift for hit in hits]
        return found


def unpacked(data: bytes) -> Iterator[tuple[int, bytes]]:
    """What gzip and zlib streams inside ``data`` hold, also when they are cut off."""
    for head in _STREAM_HEADS:
        at = data.find(head)
        while at >= 0:
            plain = _inflate(data, at)
            if len(plain) >= WINDOW:
                yield at, plain
            at = data.find(head, at + 1)


def _inflate(data: bytes, at: int) -> bytes:
    inflater = zlib.decompressobj(wbits=47)
    plain = b""
    try:
        # In small steps, so that what came before an error counts too.
        for begin in range(at, min(at + LARGEST_STREAM, len(data)), 4096):
            plain += inflater.decompress(data[begin : begin + 4096], LARGEST_STREAM)
            if inflater.eof or len(plain) >= LARGEST_STREAM:
                break
    except zlib.error:
        pass
    return plain


def report(sinks: Mapping[str, bytes], needles: Iterable[str]) -> list[str]:
    """One line per hit over all sinks: the sink, the encoding and the needle. Empty when nothing was found."""
    search = Search(needles)
    return sorted(
        {f"{sink}: {hit.needle} ({hit.encoding})" for sink, data in sinks.items() for hit in search.find(data)}
    )
