"""
Where each command is run when a server has the data folder open: by the server, by who typed it, or not at all.

Both ends ask this table.  Who connects may send any words, with a token alone, so the server runs what stands here for it and
nothing else: it never writes a file, nor reads one, that somebody at the other end has named.
"""

ALONE = ("backup", "template", "paper", "check")
"""Commands that do not open the store; a backup is written and read with the rights of who makes it."""
EXCLUSIVE = {
    "rebuild": "看板开着，rebuild 要独占数据目录；请先停下看板，再运行。",
    "restore": "看板开着，restore 要独占数据目录；请先停下看板，再运行。",
    "inbox": "看板开着，收件箱由看板自己看，放进去就收；没有收的，请看网页「运行」，或先停下看板，再运行。",
}
"""Commands that nobody runs meanwhile, and why."""
SERVED = frozenset(
    {
        *("board", "missed", "score", "series", "rank", "source", "relations", "completeness", "follow-ups", "edition"),
        *("ingest", "withdraw", "lock", "unlock", "referral", "demo", "verify", "account", "token"),
    }
)
"""Commands that the server runs, over the bureau that it has open."""
