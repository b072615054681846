"""The settings of the gateway, read from an environment mapping. Must not show a value in any error."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MEMORY_URL = "memory://"
"""A REDIS_URL that keeps chats in this process; for looking at the pages, refused off loopback."""

STAFF_ROLES = ("counsellor", "piket", "coordinator", "administrator", "auditor")
"""The roles that OIDC_ROLES may name; a test compares them with those of the staff side."""

_SHORTEST_SECRET = 32


class BadSetting(Exception):
    """A setting cannot be used. Holds the key and what to do, never the value (it may be a secret)."""

    def __init__(self, key: str, remedy: str) -> None:
        super().__init__(f"{key}: {remedy}")
        self.key = key
        self.remedy = remedy


@dataclass(frozen=True)
class OidcSettings:
    """The organisation's own login. ``roles`` holds pairs of a value of the claim and a role here."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    roles_claim: str
    roles: tuple[tuple[str, str], ...]
    acr: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two installations. ``limits`` and ``demo`` are switches."""

    host: str
    port: int
    redis_url: str = field(repr=False)
    rasa_url: str = field(repr=False)
    engine_secret: str = field(repr=False)
    limits: bool
    demo: bool
    exit_url: str
    address_form: str
    log_level: str
    rasa_redis_url: str | None = field(repr=False, default=None)
    database_url: str | None = field(repr=False, default=None)
    staff_secret: str | None = field(repr=False, default=None)
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(repr=False, default=None)
    oidc_roles_claim: str = "roles"
    oidc_roles: tuple[tuple[str, str], ...] = ()
    oidc_acr: tuple[str, ...] = ()
    organisation_file: str | None = None

    @property
    def oidc(self) -> OidcSettings | None:
        """All settings of the organisation's own login together, or ``None`` when it is not used."""
        if self.oidc_issuer is None or self.oidc_client_id is None or self.oidc_client_secret is None:
            return None
        return OidcSettings(
            self.oidc_issuer,
            self.oidc_client_id,
            self.oidc_client_secret,
            self.oidc_roles_claim,
            self.oidc_roles,
            self.oidc_acr,
        )

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read and check all keys; an empty value counts as absent. Raises ``BadSetting``."""
        values = {key: value.strip() for key, value in environ.items() if value.strip()}
        host = values.get("HOST", "127.0.0.1")
        settings = cls(
            host=host,
            port=_port(values.get("PORT", "8080")),
            redis_url=_redis_url(values, host),
            rasa_url=_http_url("RASA_URL", values.get("RASA_URL", "http://127.0.0.1:5005")),
            engine_secret=_secret(values),
            limits=_choice("LIMITS", values.get("LIMITS", "on"), ("on", "off")) == "on",
            demo=_choice("DEMO", values.get("DEMO", "0"), ("0", "1")) == "1",
            exit_url=_http_url("EXIT_URL", values.get("EXIT_URL", "https://www.knmi.nl/"), "https"),
            address_form=_choice("ADDRESS_FORM", values.get("ADDRESS_FORM", "je"), ("je", "u")),
            log_level=_choice("LOG_LEVEL", values.get("LOG_LEVEL", "INFO").upper(), LOG_LEVELS),
            rasa_redis_url=values.get("RASA_REDIS_URL"),
            database_url=values.get("DATABASE_URL"),
            staff_secret=_optional_secret("STAFF_SECRET", values),
            oidc_issuer=_issuer(values),
            oidc_client_id=values.get("OIDC_CLIENT_ID"),
            oidc_client_secret=values.get("OIDC_CLIENT_SECRET"),
            oidc_roles_claim=values.get("OIDC_ROLES_CLAIM", "roles"),
            oidc_roles=_roles(values.get("OIDC_ROLES", "")),
            oidc_acr=_listed(values.get("OIDC_ACR", "")),
            organisation_file=values.get("ORGANISATION_FILE"),
        )
        _check_loopback(settings)
        _check_oidc(settings)
        return settings


def is_loopback(host: str) -> bool:
    """Whether ``host`` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_loopback(settings: Settings) -> None:
    if is_loopback(settings.host):
        return
    if not settings.limits:
        raise BadSetting("LIMITS", "off is only allowed when HOST is a loopback address; set LIMITS=on")
    if settings.demo:
        raise BadSetting("DEMO", "is only allowed when HOST is a loopback address; unset DEMO")


def _check_oidc(settings: Settings) -> None:
    """All that the organisation's login cannot do without is there, or nothing of it."""
    needed = {
        "OIDC_ISSUER": settings.oidc_issuer,
        "OIDC_CLIENT_ID": settings.oidc_client_id,
        "OIDC_CLIENT_SECRET": settings.oidc_client_secret,
        "OIDC_ROLES": settings.oidc_roles,
    }
    for key, value in needed.items():
        if any(needed.values()) and not value:
            raise BadSetting(key, "is missing; give it, or none of " + ", ".join(needed))


def _issuer(values: Mapping[str, str]) -> str | None:
    value = values.get("OIDC_ISSUER")
    if value is None:
        return None
    _http_url("OIDC_ISSUER", value)
    parts = urlsplit(value)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise BadSetting("OIDC_ISSUER", "must start with https://, unless it is on this machine")
    return value


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _roles(value: str) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(part.strip() for part in entry.rpartition("=")[::2]) for entry in _listed(value)]
    found = tuple((claimed, role) for claimed, role in pairs if claimed and role in STAFF_ROLES)
    if len(found) != len(pairs):
        raise BadSetting("OIDC_ROLES", "must be value=role,value=role with role one of " + ", ".join(STAFF_ROLES))
    return found


def _port(value: str) -> int:
    if value.isascii() and value.isdigit() and int(value) <= 65535:
        return int(value)
    raise BadSetting("PORT", "must be a number from 0 to 65535")


def _choice(key: str, value: str, allowed: tuple[str, ...]) -> str:
    if value in allowed:
        return value
    raise BadSetting(key, "must be one of " + ", ".join(allowed))


def _secret(values: Mapping[str, str]) -> str:
    secret = values.get("ENGINE_SECRET")
    if secret is None:
        raise BadSetting("ENGINE_SECRET", "is missing; give the gateway and the engine the same random text")
    if len(secret) < _SHORTEST_SECRET:
        raise BadSetting("ENGINE_SECRET", f"must have at least {_SHORTEST_SECRET} characters")
    return secret


def _optional_secret(key: str, values: Mapping[str, str]) -> str | None:
    secret = values.get(key)
    if secret is not None and len(secret) < _SHORTEST_SECRET:
        raise BadSetting(key, f"must have at least {_SHORTEST_SECRET} characters")
    return secret


def _http_url(key: str, value: str, *schemes: str) -> str:
    allowed = schemes or ("http", "https")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in allowed and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(key, f"must be an address that starts with {' or '.join(allowed)}://")
    return value.rstrip("/") if key == "RASA_URL" else value


def _redis_url(values: Mapping[str, str], host: str) -> str:
    url = values.get("REDIS_URL")
    if url is None:
        raise BadSetting("REDIS_URL", "is missing; `make run` starts a private Redis and sets it for you")
    if url == MEMORY_URL:
        if not is_loopback(host):
            raise BadSetting("REDIS_URL", "memory:// is only allowed when HOST is a loopback address")
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if (parts.scheme == "unix" and parts.path) or (parts.scheme in ("redis", "rediss") and parts.hostname):
        return url
    raise BadSetting("REDIS_URL", "must be unix:///path/to/socket, redis://host:port or rediss://host:port")
