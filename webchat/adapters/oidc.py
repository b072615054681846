"""Login through an organisation's own OpenID provider. Must never accept a login with one factor or keep a token.

Authorization code flow with PKCE (S256), state and nonce. Authlib knows the protocol; the calls go over our own HTTP
client. What belongs to a login that is under way stays in this process, found by the ticket in the browser's cookie,
and is gone when it comes back or after ten minutes.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from webchat.ports import Clock
from webchat.staff.errors import Refusal, StaffRefused
from webchat.staff.keys import token_hash
from webchat.staff.ports import Attempt, Identity
from webchat.staff.roles import StaffRole

UNDER_WAY_SECONDS = 600.0
MOST_UNDER_WAY = 1000
CALL_SECONDS = 10.0
LEEWAY_SECONDS = 120
OLDEST_LOGIN_SECONDS = 12 * 3600
"""Somebody who proved who it was longer ago does so again."""

SECOND_FACTORS = frozenset({"mfa", "mca", "otp", "hwk", "swk", "sc"})
"""Values of ``amr`` (RFC 8176) that mean more than a password. A text message is not among them."""

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_LONGEST_NAME = 40


@dataclass(frozen=True)
class OidcConfig:
    """What the organisation agreed with its provider. ``roles`` maps a value of ``roles_claim`` to a role here.

    ``acr`` holds the authentication classes that mean a second factor there; without any only ``amr`` counts.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    roles_claim: str
    roles: Mapping[str, StaffRole]
    acr: tuple[str, ...] = ()


@dataclass(frozen=True)
class _UnderWay:
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    endpoints: Mapping[str, Any]
    ends: float


class OpenIdProvider:
    """An ``IdentityProvider`` that speaks OpenID Connect."""

    def __init__(self, config: OidcConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        # Without proxies of the environment: the provider is named in the settings, and nobody else is contacted.
        self._http = httpx.AsyncClient(timeout=CALL_SECONDS, trust_env=False, follow_redirects=False)
        self._under_way: dict[str, _UnderWay] = {}

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def begin(self, redirect_uri: str) -> Attempt:
        """See the port."""
        endpoints = await self._endpoints()
        state, nonce, verifier, ticket = (secrets.token_urlsafe(32) for _ in range(4))
        extra = {"acr_values": " ".join(self._config.acr)} if self._config.acr else {}
        url: str = prepare_grant_uri(
            endpoints["authorization_endpoint"],
            self._config.client_id,
            "code",
            redirect_uri=redirect_uri,
            scope="openid profile",
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
            max_age=str(OLDEST_LOGIN_SECONDS),
            **extra,
        )
        self._make_room()
        ends = self._clock.steady() + UNDER_WAY_SECONDS
        self._under_way[token_hash(ticket)] = _UnderWay(state, nonce, verifier, endpoints, ends)
        return Attempt(url, ticket)

    async def finish(self, ticket: str, answer: Mapping[str, str], redirect_uri: str) -> Identity:
        """See the port."""
        under_way = self._under_way.pop(token_hash(ticket), None)
        if under_way is None or under_way.ends <= self._clock.steady():
            raise StaffRefused(Refusal.PROVIDER_REFUSED)
        if not hmac.compare_digest(answer.get("state", "").encode(), under_way.state.encode()):
            raise StaffRefused(Refusal.PROVIDER_REFUSED)
        # A provider that names itself (RFC 9207) must name the one we asked.
        if "code" not in answer or answer.get("iss", self._config.issuer) != self._config.issuer:
            raise StaffRefused(Refusal.PROVIDER_REFUSED)
        tokens = await self._tokens(under_way, answer["code"], redirect_uri)
        claims = await self._claims(under_way, tokens)
        if not self._has_second_factor(claims):
            raise StaffRefused(Refusal.NO_SECOND_FACTOR)
        return await self._identity(under_way, tokens, claims)

    def _make_room(self) -> None:
        now = self._clock.steady()
        self._under_way = {key: entry for key, entry in self._under_way.items() if entry.ends > now}
        while len(self._under_way) >= MOST_UNDER_WAY:
            self._under_way.pop(next(iter(self._under_way)))

    async def _endpoints(self) -> Mapping[str, Any]:
        issuer = self._config.issuer
        found = await self._get(issuer.rstrip("/") + "/.well-known/openid-configuration")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != issuer or not all(isinstance(found.get(name), str) for name in wanted):
            raise StaffRefused(Refusal.PROVIDER_AWAY)
        return found

    async def _tokens(self, under_way: _UnderWay, code: str, redirect_uri: str) -> Mapping[str, Any]:
        body = prepare_token_request(
            "authorization_code", redirect_uri=redirect_uri, code=code, code_verifier=under_way.verifier
        )
        supported = under_way.endpoints.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_basic" if "client_secret_basic" in supported else "client_secret_post"
        client = ClientAuth(self._config.client_id, self._config.client_secret, method)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        url, headers, body = client.prepare("POST", under_way.endpoints["token_endpoint"], headers, body)
        try:
            answered = await self._http.post(url, content=body, headers=headers)
        except httpx.HTTPError:
            raise StaffRefused(Refusal.PROVIDER_AWAY) from None
        tokens = _mapping(answered)
        if answered.status_code != 200 or not isinstance(tokens.get("id_token"), str):
            raise StaffRefused(Refusal.PROVIDER_REFUSED)
        return tokens

    async def _claims(self, under_way: _UnderWay, tokens: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of an ID token whose signature, issuer, audience, times and nonce are right."""
        keys = await self._get(under_way.endpoints["jwks_uri"])
        now = int(self._clock.now().timestamp())
        options = {
            "iss": {"essential": True, "value": self._config.issuer},
            "aud": {"essential": True, "value": self._config.client_id},
        }
        expected = {
            "nonce": under_way.nonce,
            "client_id": self._config.client_id,
            "access_token": tokens.get("access_token"),
            "max_age": OLDEST_LOGIN_SECONDS,
        }
        try:
            token = jwt.decode(tokens["id_token"], KeySet.import_key_set(keys), algorithms=list(_ALGORITHMS))  # type: ignore[arg-type]
            claims = CodeIDToken(token.claims, token.header, options, expected)
            claims.validate(now=now, leeway=LEEWAY_SECONDS)
        except (JoseError, AuthlibBaseError, ValueError, KeyError):
            raise StaffRefused(Refusal.PROVIDER_REFUSED) from None
        if now - claims["auth_time"] > OLDEST_LOGIN_SECONDS + LEEWAY_SECONDS:
            raise StaffRefused(Refusal.PROVIDER_REFUSED)
        return dict(claims)

    def _has_second_factor(self, claims: Mapping[str, Any]) -> bool:
        methods = claims.get("amr")
        if isinstance(methods, list) and SECOND_FACTORS & {method for method in methods if isinstance(method, str)}:
            return True
        return claims.get("acr") in self._config.acr

    async def _identity(self, under_way: _UnderWay, tokens: Mapping[str, Any], claims: Mapping[str, Any]) -> Identity:
        roles = _claim(claims, self._config.roles_claim)
        told: Mapping[str, Any] = claims
        if roles is None and isinstance(under_way.endpoints.get("userinfo_endpoint"), str):
            bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
            told = await self._get(under_way.endpoints["userinfo_endpoint"], bearer)
            if told.get("sub") != claims["sub"]:
                raise StaffRefused(Refusal.PROVIDER_REFUSED)
            roles = _claim(told, self._config.roles_claim)
        values = [roles] if isinstance(roles, str) else roles if isinstance(roles, list) else []
        found = frozenset(self._config.roles[value] for value in values if value in self._config.roles)
        return Identity(f"{self._config.issuer} {claims['sub']}", _shown_name(claims, told), found)

    async def _get(self, url: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        try:
            answered = await self._http.get(url, headers=dict(headers or {}))
        except (httpx.HTTPError, httpx.InvalidURL):
            raise StaffRefused(Refusal.PROVIDER_AWAY) from None
        if answered.status_code != 200:
            raise StaffRefused(Refusal.PROVIDER_AWAY)
        return _mapping(answered)


def _mapping(answered: httpx.Response) -> dict[str, Any]:
    try:
        found = answered.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise StaffRefused(Refusal.PROVIDER_AWAY)
    return found


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a path with dots, as some providers nest their roles."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _shown_name(*sources: Mapping[str, Any]) -> str:
    """A first name or nickname; never the surname, nor a name that looks like an e-mail address."""
    for source in sources:
        for claim in ("nickname", "given_name"):
            name = source.get(claim)
            if isinstance(name, str) and name.strip() and name.isprintable() and "@" not in name:
                return name.strip()[:_LONGEST_NAME]
    return "Medewerker"
