"""Files of ours that documents ask for: their names change with their content, so a browser may keep them for good."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file: its address, its content, and what the browser is told it is."""

    path: str
    content: bytes
    media_type: str


def named(name: str, suffix: str, text: str) -> OwnFile:
    """A style sheet (``css``) or script (``js``) under a name that has the hash of its content in it."""
    content = text.encode()
    kind = {"css": "text/css", "js": "text/javascript"}[suffix]
    return OwnFile(f"/{name}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}", content, f"{kind}; charset=utf-8")
