"""Which commands a running server does for others: those that touch no file but through the workplace of who typed them, and a look over its own inbox."""

from collections.abc import Sequence

SERVED = frozenset(
    {
        *("board", "missed", "score", "series", "rank", "source", "relations", "completeness", "follow-ups", "verify", "inbox"),
        *("ingest", "withdraw", "lock", "unlock", "referral", "edition", "demo", "account", "token", "note-backup"),
    }
)
SERVED_OF_ALONE = frozenset({("catalog", "adopt"), ("catalog", "history"), ("catalog", "return")})
"""Of a group of those below the commands that open the store all the same."""
ALONE = frozenset({"backup", "template", "catalog", "setup", "targets", "try", "paper", "check"})
"""Those that do not open the store: they read and write with the rights of who typed them, beside a server as well."""
EXCLUSIVE = {
    "rebuild": "看板开着，rebuild 要独占数据目录；请先停下看板，再运行。",
    "restore": "看板开着，restore 要独占数据目录；请先停下看板，再运行。",
}
"""Those that need the folder for themselves, and what is said beside a server."""


def is_served(words: Sequence[str]) -> bool:
    """Whether a server does a command: its name is the first word, and nobody asks for its help page, which is printed without a server."""
    return bool(words) and (words[0] in SERVED or tuple(words[:2]) in SERVED_OF_ALONE) and "--help" not in words
