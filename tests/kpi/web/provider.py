"""
A server that vouches for people, as strict as a real one: built on the server side of Authlib, served on this machine.

It knows one client by its secret, takes a code once, and wants the proof of who began (PKCE).  Tests change what it puts into
its tokens (`claims`), with what it signs (`sign`), and whether it answers at all (`fails`).
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import uvicorn
from authlib.oauth2 import AuthorizationServer, OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, OAuth2Payload, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "kpi-board", "a-secret-of-the-test"
KEY, FOREIGN_KEY = (RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True) for kid in ("first", "first"))
LATER_KEY = RSAKey.generate_key(2048, {"kid": "later", "use": "sig"}, private=True)
_FORM = '<!DOCTYPE html><html lang="zh"><title>认证</title><form method="post"><label>工号 <input name="sub"></label><button>登录</button></form>'


@dataclass
class Code(AuthorizationCodeMixin):
    """A code that was given and not taken yet."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    sub: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce


class Client(ClientMixin):
    """The one that may ask."""

    def __init__(self, redirect: str) -> None:
        self._redirect = redirect

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self._redirect

    def get_allowed_scope(self, scope: str) -> str:
        return scope if scope == "openid" else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self._redirect

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Payload(OAuth2Payload):
    """The words of a request."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    @property
    def data(self) -> dict[str, str]:
        return self.words

    @property
    def datalist(self) -> Any:
        return defaultdict(list, {name: [value] for name, value in self.words.items()})


class Asked(OAuth2Request):
    """A request of Starlette as Authlib reads it; it would have https, which a test on one machine has not."""

    def __init__(self, request: Request, form: dict[str, str]) -> None:
        super().__init__(request.method, str(request.url).replace("http://", "https://"), headers=request.headers)
        self._query, self._fields, self.payload = dict(request.query_params), form, Payload({**request.query_params, **form})

    @property
    def args(self) -> dict[str, str]:
        return self._query

    @property
    def form(self) -> dict[str, str]:
        return self._fields


class Server(AuthorizationServer):
    """Authlib's server, put behind Starlette."""

    def __init__(self, client: Client) -> None:
        super().__init__(["openid"])
        self._client = client
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: "an-access-token"))

    def query_client(self, client_id: str) -> Client | None:
        return self._client if client_id == CLIENT else None

    def save_token(self, token: Any, request: Any) -> None: ...

    def send_signal(self, *_: Any, **__: Any) -> None: ...

    def create_oauth2_request(self, request: Any) -> Asked:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> Response:
        return JSONResponse(body, status, dict(headers)) if isinstance(body, dict) else Response(body, status, dict(headers))


class Provider:
    """One such server, and what tests change of it."""

    def __init__(self, issuer: str, redirect: str) -> None:
        self.issuer, self.description, self.keys = issuer, {}, [KEY]
        self.claims: dict[str, Any] = {}
        self.sign: tuple[str, Any] = ("RS256", KEY)
        self.fails = 0  # a status that it answers all with
        self.silent: threading.Event | None = None  # set when it may answer at last
        self.asked: list[str] = []
        self._codes: dict[str, Code] = {}
        self._server = Server(Client(redirect))
        codes, provider = self._codes, self

        class CodeGrant(grants.AuthorizationCodeGrant):
            TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

            def save_authorization_code(self, code: str, request: Any) -> None:
                words = request.payload.data
                kept = (words["redirect_uri"], words["scope"], words["nonce"], words["code_challenge"], words["code_challenge_method"], request.user)
                codes[code] = Code(code, *kept)

            def query_authorization_code(self, code: str, client: Any) -> Code | None:
                return codes.get(code)

            def delete_authorization_code(self, authorization_code: Code) -> None:
                del codes[authorization_code.code]

            def authenticate_user(self, authorization_code: Code) -> str:
                return authorization_code.sub

        class Tokens(OpenIDCode):
            def exists_nonce(self, nonce: str, request: Any) -> bool:
                return any(code.nonce == nonce for code in codes.values())

            def encode_id_token(self, token: Any, request: Any) -> str:
                return provider.id_token(request.user, request.authorization_code.nonce, token["access_token"])

        self._server.register_grant(CodeGrant, [Tokens(require_nonce=True), CodeChallenge(required=True)])

    def id_token(self, sub: str, nonce: str, access_token: str) -> str:
        """A token as the tests want it: honest unless they changed something."""
        algorithm, key = self.sign
        now = int(time.time())
        half = create_half_hash(access_token, "RS256").decode()
        honest = {"iss": self.issuer, "aud": CLIENT, "sub": sub, "iat": now, "exp": now + 300, "nonce": nonce, "at_hash": half, "name": "某人"}
        claims = {name: value for name, value in (honest | self.claims).items() if value is not None}
        return jwt.encode({"alg": algorithm, "kid": getattr(key, "kid", None) or "first"}, claims, key, registry=JWSRegistry(algorithms=[algorithm]))

    async def answer(self, request: Request) -> Response:
        """Answer whatever is asked."""
        path = request.url.path
        self.asked.append(path)
        if self.silent:
            await run_in_threadpool(self.silent.wait, 30)
        if self.fails:
            return PlainTextResponse("<h1>broken</h1>", self.fails)
        if path == "/.well-known/openid-configuration":
            return JSONResponse(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "end_session_endpoint": f"{self.issuer}/logout",
                    "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                    **self.description,
                }
            )
        if path == "/keys":
            return JSONResponse({"keys": [key.as_dict(private=False) for key in self.keys]})
        if path not in ("/authorize", "/token", "/logout"):
            return PlainTextResponse("", 404)
        asked = Asked(request, {name: str(value) for name, value in (await request.form()).items()})
        if path == "/logout":
            left = RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)
            left.delete_cookie("person")
            return left
        return self._token(asked) if path == "/token" else self._authorize(request, asked)

    def _token(self, asked: Asked) -> Response:
        try:
            grant = self._server.get_token_grant(asked)
            grant.validate_token_request()
            return self._server.handle_response(*grant.create_token_response())
        except OAuth2Error as error:
            return self._server.handle_response(*error())

    def _authorize(self, request: Request, asked: Asked) -> Response:
        grant = self._server.get_consent_grant(asked)
        person = asked.form.get("sub") or request.cookies.get("person", "")
        if person == "cancels":
            back = urlencode({"error": "access_denied", "state": asked.payload.state})
            return RedirectResponse(f"{asked.payload.redirect_uri}?{back}", 303)
        if not person:
            return HTMLResponse(_FORM)
        came = self._server.handle_response(*grant.create_authorization_response(asked.payload.redirect_uri, person))
        came.set_cookie("person", person, httponly=True)
        return came


@contextmanager
def served_provider(redirect: str, host: str = "127.0.0.1") -> Iterator[Provider]:
    """Serve a provider that sends people back to one address."""
    provider: Provider

    async def answer(request: Request) -> Response:
        return await provider.answer(request)

    app = Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"])])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None))
    listening = server.config.bind_socket()
    provider = Provider(f"http://{host}:{listening.getsockname()[1]}", redirect)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
