"""Which commands a running server does for others: those that touch no file but through the workplace of who typed them, and a look over its own inbox."""

from collections.abc import Mapping, Sequence

from kpi.setting import setting

SERVED = frozenset(
    {
        *("board", "missed", "score", "series", "rank", "source", "relations", "check", "completeness", "follow-ups", "verify", "inbox", "paper"),
        *("ingest", "withdraw", "lock", "unlock", "referral", "edition", "demo", "account", "token", "note-backup"),
    }
)
SERVED_OF_ALONE: Mapping[tuple[str, ...], str] = {
    **dict.fromkeys([("catalog", "adopt"), ("catalog", "history"), ("catalog", "return"), ("catalog", "import")], ""),
    ("targets", "read"): "--write",
    ("template",): "--prefill",
}
"""Of those below the commands that open the store all the same: whatever is typed, or where an option stands there."""
_IN_A_FOLDER = frozenset({("catalog", "import"), ("targets", "read")})
"""Of these those that leave the store alone where a folder is named: they read and write that."""
_FOLDERS = ("--to", "--catalog")
ALONE = frozenset({"backup", "template", "catalog", "setup", "targets", "try"})
"""Those that do not open the store: they read and write with the rights of who typed them, beside a server as well."""
EXCLUSIVE = {
    "rebuild": "看板开着，rebuild 要独占数据目录；请先停下看板，再运行。",
    "restore": "看板开着，restore 要独占数据目录；请先停下看板，再运行。",
}
"""Those that need the folder for themselves, and what is said beside a server."""


def is_served(words: Sequence[str]) -> bool:
    """Whether a server does a command: its name is the first word, and nobody asks for its help page, which is printed without a server."""
    return bool(words) and (words[0] in SERVED or _opens_the_store(words)) and "--help" not in words


def _opens_the_store(words: Sequence[str]) -> bool:
    name = next((name for name in SERVED_OF_ALONE if tuple(words[: len(name)]) == name), None)
    if name is None or (name in _IN_A_FOLDER and (setting("KPI_CATALOG") or any(word.partition("=")[0] in _FOLDERS for word in words))):
        return False
    return SERVED_OF_ALONE[name] in ("", *words)
