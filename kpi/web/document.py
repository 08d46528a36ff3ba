"""
The one HTML document of the app: put into Chinese, with our style and script, and with room for a first screen.

The page library has no option for the language of its own buttons and hints, and shows nothing until its scripts have
run.  So the document gets one script and the style of our fragments, the library's own scripts and styles wait in a template
until the first paint, and what a page says is written into the document itself and taken away when the page is drawn: nothing
else has to be fetched to see it.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from kpi.web.own_files import OwnFile, named

_SCRIPTS = [Path(__file__).with_name(name) for name in ("chinese.js", "page.js", "grid.js", "formula.js", "large_files.js")]
_PLACEHOLDER = "__DICTIONARY__"
_ROOT = '<div id="root">'


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The document in two halves, between which a first screen may stand; the files of ours and of the library that it asks for."""

    before: bytes
    after: bytes
    own: tuple[OwnFile, ...]
    files: tuple[str, ...]  # scripts and styles of the library that a first visit loads

    def with_screen(self, screen: str) -> bytes:
        """The document as it is sent."""
        return self.before + (f'<div id="first-screen" class="k">{screen}</div>'.encode() if screen else b"") + self.after


def document(index: str, dictionary: dict[str, object], style: str, title: str, noscript: str) -> HtmlDocument:
    """
    Make the Chinese document from the page library's own.

    Args:
        index: The library's ``index.html``.
        dictionary: ``exact`` strings and ``patterns``, each with its Chinese.
        style: The style sheet of our fragments.
        title: Title of the tab until a page sets its own.
        noscript: Sentence for a browser without JavaScript.

    """
    text = "".join(file.read_text(encoding="utf-8") for file in _SCRIPTS)
    script = named("page", "js", text.replace(_PLACEHOLDER, json.dumps(dictionary, ensure_ascii=False)))
    html = re.sub(r"<!--.*?-->\s*", "", index, flags=re.DOTALL)
    html = html.replace('<html lang="en">', '<html lang="zh-CN">')
    html = re.sub(r"<title>.*?</title>", f"<title>{escape(title)}</title>", html)
    html = re.sub(r"<noscript>.*?</noscript>", f"<noscript><p>{escape(noscript)}</p></noscript>", html, flags=re.DOTALL)
    html = re.sub(r"<script>.*?</script>\s*", "", html, flags=re.DOTALL)  # inline scripts are refused by the policy
    html = re.sub(r'<link\s[^>]*(?:as="font"|rel="service-desc")[^>]*>\s*', "", html, flags=re.DOTALL)
    files = tuple(dict.fromkeys(re.findall(r'(?:src|href)="\./static/([^"]+\.(?:js|css))"', html)))
    late = re.findall(r'<(?:script|link)\s[^>]*(?:type="module"|rel="modulepreload"|rel="stylesheet")[^>]*>(?:</script>)?', html)
    for tag in late:  # they would hold back the first screen, even at the end of the body: our script puts them in once it is painted
        html = html.replace(tag, "")
    html = html.replace("</head>", f'<style id="fragment-style">{style}</style><script defer src=".{script.path}"></script></head>', 1)
    html = html.replace("</body>", f'<template id="library">{"".join(late)}</template></body>', 1)
    before, after = html.split(_ROOT, 1)
    return HtmlDocument(before.encode(), (_ROOT + after).encode(), (script,), files)
