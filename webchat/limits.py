"""How fast is too fast, without keeping an address. Must not log, store or return what it counts by.

Buckets live in this process only, so a limiter that is gone limits nobody: it fails open. Over the limit for new chats
nobody is refused for good: a browser may solve a sum (webchat/turns/work.py), and who waits is let in too.
"""

import hashlib
import hmac
import ipaddress
import secrets
from collections import Counter
from dataclasses import dataclass

MESSAGE_BURST = 8
MESSAGE_EVERY_SECONDS = 1.5
CHAT_BURST = 6
CHAT_EVERY_SECONDS = 100.0
ALL_BURST = 60
ALL_EVERY_SECONDS = 1.0
STREAMS = 20
"""Start values. A public network opens 6 chats in 10 minutes before it must work for more: a school or a shelter shares
one. All networks together open 1 a second, after a burst of 60. A private address is the proxy's, so it stands for
everybody: only the second limit counts for it. A public network has at most 20 streams open at once."""

_KEY_SECONDS = 3600.0
_EVERYBODY = b"all"
_MOST_BUCKETS = 50_000


@dataclass
class _Bucket:
    left: float
    at: float


class Limiter:
    """Token buckets by key: ``burst`` at once, then one per ``every`` seconds."""

    def __init__(self, burst: int, every: float) -> None:
        self._burst = burst
        self._every = every
        self._buckets: dict[bytes, _Bucket] = {}

    def wait(self, key: bytes, now: float) -> float:
        """Count one. Returns 0 when it may pass, else the seconds until the next one may (and counts nothing)."""
        if len(self._buckets) >= _MOST_BUCKETS:
            self._forget_full(now)
        bucket = self._buckets.setdefault(key, _Bucket(float(self._burst), now))
        bucket.left = min(float(self._burst), bucket.left + max(0.0, now - bucket.at) / self._every)
        bucket.at = now
        if bucket.left < 1.0:
            return (1.0 - bucket.left) * self._every
        bucket.left -= 1.0
        return 0.0

    def forget(self, key: bytes) -> None:
        """Drop what was counted for ``key``."""
        self._buckets.pop(key, None)

    def sweep(self, now: float) -> None:
        """Drop buckets that are full again; they would start full anyway."""
        self._forget_full(now)

    def _forget_full(self, now: float) -> None:
        full_after = self._burst * self._every
        self._buckets = {key: b for key, b in self._buckets.items() if now - b.at < full_after}
        if len(self._buckets) >= _MOST_BUCKETS:
            # Better to limit nobody for a moment than to keep a victim out or to fill the memory.
            self._buckets.clear()


class NoRoom(Exception):
    """This network has as many streams open as it may."""


class Limits:
    """All limits of the gateway. With ``on=False`` (benches, loopback only) everything passes."""

    def __init__(self, on: bool = True) -> None:
        self._on = on
        self._messages = Limiter(MESSAGE_BURST, MESSAGE_EVERY_SECONDS)
        self._chats = Limiter(CHAT_BURST, CHAT_EVERY_SECONDS)
        self._all = Limiter(ALL_BURST, ALL_EVERY_SECONDS)
        self._streams: Counter[bytes] = Counter()
        self._key = secrets.token_bytes(32)
        self._key_until: float | None = None

    def message(self, chat_id: str, now: float) -> float:
        """Seconds to wait before this chat may send again; 0 when it may now."""
        return self._messages.wait(chat_id.encode("ascii"), now) if self._on else 0.0

    def new_chat(self, address: str | None, now: float) -> float:
        """Seconds to wait before this network may open a chat without work; 0 when it may now or is not known.

        Whatever breaks in here lets the visitor in.
        """
        try:
            network = _network(address) if self._on and address else None
            if network is None:
                return 0.0
            if network.network_address.is_global:
                wait = self._chats.wait(self._bucket(network, now), now)
                if wait > 0:
                    return wait
            return self._all.wait(_EVERYBODY, now)
        except Exception:  # noqa: BLE001 - a limiter that breaks must never keep a victim out
            return 0.0

    def who(self, address: str | None, now: float) -> bytes | None:
        """What to count the tries of this network by; ``None`` for a proxy, or when it is not known or not counted."""
        network = _network(address) if self._on and address else None
        if network is None or not network.network_address.is_global:
            return None
        return self._bucket(network, now)

    def stream(self, address: str | None, now: float) -> bytes | None:
        """The bucket to count an open stream in; ``None`` when this one is not counted. Raises ``NoRoom``."""
        network = _network(address) if self._on and address else None
        if network is None or not network.network_address.is_global:
            return None
        bucket = self._bucket(network, now)
        if self._streams[bucket] >= STREAMS:
            raise NoRoom
        return bucket

    def stream_began(self, bucket: bytes | None) -> None:
        """Count a stream in its bucket until ``stream_ended``."""
        if bucket is not None:
            self._streams[bucket] += 1

    def stream_ended(self, bucket: bytes | None) -> None:
        """The stream is closed."""
        if bucket is not None:
            self._streams[bucket] -= 1
            if self._streams[bucket] <= 0:
                del self._streams[bucket]

    def sweep(self, now: float) -> None:
        """Drop what is no longer needed; call it now and then."""
        for limiter in (self._messages, self._chats, self._all):
            limiter.sweep(now)

    def _bucket(self, network: "ipaddress.IPv4Network | ipaddress.IPv6Network", now: float) -> bytes:
        if self._key_until is None or now >= self._key_until:
            self._key = secrets.token_bytes(32)
            self._key_until = now + _KEY_SECONDS
        return hmac.new(self._key, network.network_address.packed, hashlib.sha256).digest()[:8]


def _network(address: str) -> "ipaddress.IPv4Network | ipaddress.IPv6Network | None":
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ipaddress.ip_network((ip, 24 if ip.version == 4 else 64), strict=False)
