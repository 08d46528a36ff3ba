"""
The one HTML document of the app, put into Chinese.

The page library has no option for the language of its own buttons and hints, so the document gets a script of ours
that replaces exactly the strings of one dictionary; everything else on the page is left alone.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

_SCRIPT = Path(__file__).with_name("chinese.js")
_PLACEHOLDER = "__DICTIONARY__"


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The document and its script; ``script_path`` changes with the script, so both may be kept by browsers."""

    html: bytes
    script: bytes
    script_path: str
    files: tuple[str, ...]  # scripts and styles that a first visit loads


def document(index: str, dictionary: dict[str, object], title: str, noscript: str) -> HtmlDocument:
    """
    Make the Chinese document from the page library's own.

    Args:
        index: The library's ``index.html``.
        dictionary: ``exact`` strings and ``patterns``, each with its Chinese.
        title: Title of the tab until a page sets its own.
        noscript: Sentence for a browser without JavaScript.

    """
    script = _SCRIPT.read_text(encoding="utf-8").replace(_PLACEHOLDER, json.dumps(dictionary, ensure_ascii=False)).encode()
    path = f"/chinese.{hashlib.sha256(script).hexdigest()[:12]}.js"
    html = re.sub(r"<!--.*?-->\s*", "", index, flags=re.DOTALL)
    html = html.replace('<html lang="en">', '<html lang="zh-CN">')
    html = re.sub(r"<title>.*?</title>", f"<title>{escape(title)}</title>", html)
    html = re.sub(r"<noscript>.*?</noscript>", f"<noscript><p>{escape(noscript)}</p></noscript>", html, flags=re.DOTALL)
    html = re.sub(r"<script>.*?</script>\s*", "", html, flags=re.DOTALL)  # inline scripts are refused by the policy
    html = re.sub(r'<link\s[^>]*(?:as="font"|rel="service-desc")[^>]*>\s*', "", html, flags=re.DOTALL)
    html = html.replace("</head>", f'<script src=".{path}"></script></head>', 1)
    files = tuple(dict.fromkeys(re.findall(r'(?:src|href)="\./static/([^"]+\.(?:js|css))"', html)))
    return HtmlDocument(html.encode(), script, path, files)
