"""
The server that vouches for people (统一身份认证的服务器): what is asked of it, and what of its answers is believed.

OpenID Connect Core 1.0 with a code and PKCE.  Believed is an id_token that is signed by a key of that server, was made for us,
for this attempt and for now; of it only ``sub`` is kept.  The server is asked when somebody logs in, and never before.
"""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from kpi.errors import KpiError
from kpi.web.sign_on_attempts import SignOnAttempt
from kpi.web.sign_on_settings import SignOnSettings, is_protected

SKEW = 60  # seconds by which the clocks may differ
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")  # signatures; never none, never a shared secret
PATIENCE = 10.0  # seconds for all that one answer of ours needs of it
_CONNECTING = 5.0  # seconds until it must have begun to answer
_KNOWN_FOR, _KEYS_FOR = 60 * 60.0, 60.0  # seconds that its description counts; that a key unknown to us is not asked for again
_DESCRIPTION = "/.well-known/openid-configuration"
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_KINDS = ("RSA", "EC")
Reply = TypeVar("Reply")


class ProviderError(KpiError):
    """The server that vouches does not answer, or not as it should; passwords still work."""


class UnprovenError(KpiError):
    """What came back does not prove who somebody is."""


class IdentityProvider:
    """One such server."""

    def __init__(self, settings: SignOnSettings, returns_to: str, now: Callable[[], float] = time.time) -> None:
        """
        Describe a server; it is not asked yet.

        Args:
            settings: Its address, and how it knows us.
            returns_to: Our address to which it sends people back.
            now: The clock, in seconds since 1970.

        """
        self._settings, self._returns_to, self._now = settings, returns_to, now
        self._trusted = ssl.create_default_context(cafile=settings.certificates)
        self._description: Mapping[str, Any] = {}
        self._keys: KeySet | None = None
        self._described = self._keyed = float("-inf")

    async def login_address(self, attempt: SignOnAttempt) -> str:
        """
        The address at which somebody says there who it is.

        Raises:
            ProviderError: The server does not answer, or not as it should.

        """
        description = await self._bounded(self._describe)
        async with self._client() as client:
            address, _ = client.create_authorization_url(
                description["authorization_endpoint"], state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
            )
        return str(address)

    async def subject(self, code: str, attempt: SignOnAttempt, issuer: str = "") -> str:
        """
        Who somebody is for whom a code came back.

        Args:
            code: As it came back in the address.
            attempt: What was begun.
            issuer: Who sent the code, as the address says (RFC 9207); empty where it says nothing.

        Raises:
            ProviderError: The server does not answer, or not as it should.
            UnprovenError: The code or the token does not prove who it is.

        """

        async def asked() -> str:
            description = await self._describe()
            if (issuer or description.get("authorization_response_iss_parameter_supported")) and issuer != self._settings.issuer:
                raise UnprovenError("不是这个统一身份认证送来的")
            token = await self._token(description, code, attempt)
            return await self._proven(description, token, attempt)

        return await self._bounded(asked)

    async def logout_address(self, then: str) -> str:
        """The address at which one logs out there too, and which leads back; empty where it has none or does not answer."""
        try:
            description = await self._bounded(self._describe)
        except ProviderError:
            return ""
        address = str(description.get("end_session_endpoint") or "")
        if not is_protected(address):
            return ""
        return str(httpx2.URL(address).copy_merge_params({"client_id": self._settings.client, "post_logout_redirect_uri": then}))

    async def _bounded(self, ask: Callable[[], Awaitable[Reply]]) -> Reply:
        """Ask for something, within the time that a person is patient."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await ask()
        except (TimeoutError, httpx2.TimeoutException):
            raise ProviderError("统一身份认证没有及时回答，没有登录") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError):
            raise ProviderError("统一身份认证连不上，没有登录") from None
        except ValueError:
            raise ProviderError("统一身份认证的回答读不懂，没有登录") from None

    def _client(self) -> AsyncOAuth2Client:
        basic = "client_secret_basic" in self._description.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return AsyncOAuth2Client(
            self._settings.client,
            self._settings.secret,
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope="openid",
            redirect_uri=self._returns_to,
            code_challenge_method="S256",
            verify=self._trusted,
            timeout=_CONNECTING,
            trust_env=False,  # no proxy of the machine: it is a server of the bureau
            follow_redirects=False,
        )

    async def _describe(self) -> Mapping[str, Any]:
        """What the server says of itself, not older than an hour."""
        if self._now() - self._described > _KNOWN_FOR:
            description = await self._read(self._settings.issuer.rstrip("/") + _DESCRIPTION)
            if description.get("issuer") != self._settings.issuer:
                raise ProviderError(f"统一身份认证自称「{str(description.get('issuer'))[:80]}」，与设置的地址不同，没有登录")
            if not all(is_protected(str(description.get(name))) for name in _NEEDED):
                raise ProviderError("统一身份认证没有给出登录用的 https 地址，没有登录")
            self._description, self._keys = description, None
            self._described, self._keyed = self._now(), float("-inf")
        return self._description

    async def _read(self, address: str) -> dict[str, Any]:
        async with self._client() as client:
            answer = await client.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        read = answer.json()
        if not isinstance(read, dict):
            raise ValueError(address)
        return read

    async def _token(self, description: Mapping[str, Any], code: str, attempt: SignOnAttempt) -> Mapping[str, Any]:
        try:
            async with self._client() as client:
                token: Mapping[str, Any] = await client.fetch_token(
                    description["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=attempt.verifier
                )
        except OAuthError as error:
            if error.error in ("invalid_client", "unauthorized_client"):
                raise ProviderError("统一身份认证不认看板的标识或密钥，没有登录") from None
            raise UnprovenError("登录用的一次性编号不对，或已经用过、过期") from None
        return token

    async def _proven(self, description: Mapping[str, Any], token: Mapping[str, Any], attempt: SignOnAttempt) -> str:
        """The ``sub`` of a token, after all that has to be checked of it."""
        offered = description.get("id_token_signing_alg_values_supported") or ["RS256"]
        registry = JWSRegistry(algorithms=[name for name in ALGORITHMS if name in offered], strict_check_header=False)
        text = token.get("id_token")
        if not isinstance(text, str):
            raise UnprovenError("没有送来登录凭证")
        expected = {"iss": {"essential": True, "value": self._settings.issuer}, "aud": {"essential": True, "value": self._settings.client}}
        bound = {"nonce": attempt.nonce, "client_id": self._settings.client, "access_token": token.get("access_token")}
        try:
            signed = await self._signed(description, text, registry)
            claims = CodeIDToken(signed.claims, signed.header, expected, bound)
            claims.validate(now=int(self._now()), leeway=SKEW)
        except ExpiredTokenError:
            raise UnprovenError(f"登录凭证已经过期，或两台机器的时间差了 {SKEW} 秒以上") from None
        except JoseError as error:
            claim = getattr(error, "claim", "")
            raise UnprovenError(f"登录凭证的 {claim} 不对" if claim else "登录凭证的签名不对") from None
        except (ValueError, TypeError, KeyError):
            raise UnprovenError("登录凭证读不懂") from None
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject.strip():
            raise UnprovenError("登录凭证没有写是谁")
        return subject

    async def _signed(self, description: Mapping[str, Any], text: str, registry: JWSRegistry) -> jwt.Token:
        """A token whose signature is right; a key that is not known yet is asked for once a minute at most."""
        if self._keys is None:
            self._keys = await self._published(description)
        try:
            return jwt.decode(text, self._keys, registry=registry)
        except InvalidKeyIdError:
            if self._now() - self._keyed < _KEYS_FOR:
                raise
            self._keys = await self._published(description)
            return jwt.decode(text, self._keys, registry=registry)

    async def _published(self, description: Mapping[str, Any]) -> KeySet:
        """The keys that the server signs with now."""
        published = (await self._read(description["jwks_uri"])).get("keys", [])
        usable = [key for key in published if isinstance(key, dict) and key.get("kty") in _KINDS and key.get("use", "sig") == "sig"]
        self._keyed = self._now()
        return KeySet.import_key_set({"keys": usable})
