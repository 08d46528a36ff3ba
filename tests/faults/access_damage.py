"""
Damages of the account store: accounts, tokens and audit with their heads and witnesses, and the logins that last.

Right is that the folder is refused with a sentence that names the file, or serves exactly what it served: never other accounts,
never fewer, never no login at all.  Logins may be lost, for then somebody logs in once more, and never changed.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kpi.access import administration
from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.caller import Caller
from kpi.access.journal_check import verify
from kpi.access.roles import AccountRole
from kpi.catalog import load
from kpi.errors import StoreError
from kpi.store import clock
from tests.faults import acts
from tests.faults.filled import CATALOG
from tests.faults.surviving import Survival

_PASSWORD = "Good-pass-9"
_JOURNALS = ("accounts", "audit", "tokens")
_FILES = tuple(f"access/{name}.{ending}" for name in _JOURNALS for ending in ("jsonl", "head")) + tuple(f"{name}.witness" for name in _JOURNALS)
_LOGINS = "access/sessions.db"
REFUSED, EQUAL, FEWER_LOGINS = "refused", "equal", "equal, some log in again"


@dataclass(frozen=True)
class AccessDamage:
    """One damage of a folder with accounts."""

    words: str
    kind: str  # of the file that is hit
    apply: Callable[[Path], None]


@dataclass(frozen=True)
class ServedAccess:
    """What an account store says when it is opened."""

    accounts: tuple[Account, ...]
    tokens: tuple[ApiToken, ...]
    audit: tuple[str, ...]
    logins: frozenset[str]  # all that is known of each


def make(work: Path) -> tuple[Path, Path]:
    """A folder with four accounts, two tokens and some logins; and the same as it was before the last of them."""
    data, earlier = work / "data", work / "earlier"
    data.mkdir(parents=True)
    admission, catalog = Admission(data), load.load(CATALOG)
    administration.make_first(admission, "admin1", "赵管理", _PASSWORD, "10.0.0.1")
    by = Caller("admin1", "赵管理", AccountRole.ADMINISTRATOR)
    for number, account in enumerate((Account("leader", "李局", AccountRole.LEADER), Account("filer", "张三", AccountRole.FILER, office="food"))):
        administration.add(admission, by, catalog, account, f"Given-pass-{number}")
        admission.accounts.change_password(account.account, _PASSWORD)
        admission.sessions.open(account.account, "10.0.0.2")
    administration.make_token(admission, by, catalog, ApiToken("screen", AccountRole.LEADER, clock.today()))
    admission.close()
    shutil.copytree(data, earlier)
    admission = Admission(data)
    administration.add(admission, by, catalog, Account("auditor", "钱审计", AccountRole.AUDITOR), "Given-pass-9")
    administration.make_token(admission, by, catalog, ApiToken("middle", AccountRole.REVIEWER, clock.today()))
    admission.login("leader", _PASSWORD, "10.0.0.3")
    admission.close()
    return data, earlier


def served(data: Path) -> ServedAccess:
    """Open, ask for everything, close."""
    admission = Admission(data)
    try:
        audit = tuple(repr(entry) for entry in admission.audit.entries())
        logins = [repr(session) for account in admission.accounts for session in admission.sessions.of(account.account)]
        return ServedAccess(tuple(admission.accounts), tuple(admission.tokens), audit, frozenset(logins))
    finally:
        admission.close()


def damages(data: Path, earlier: Path, count: int, seed: int) -> Iterator[AccessDamage]:
    """So many truncations and so many flipped bits over all files; deletions, parts put back as they were, files that changed places."""
    chance = Random(seed)
    names = (*_FILES, _LOGINS)
    for turn in range(count):
        name = names[turn % len(names)]
        size = (data / name).stat().st_size
        keep = (0, size - 1, size // 2)[turn // len(names)] if turn < 3 * len(names) else chance.randrange(size)
        yield AccessDamage(f"{name} cut from {size} to {keep} bytes", f"truncated, {Path(name).name}", acts.cutting(name, keep))
    for turn in range(count):
        name = names[turn % len(names)]
        whole = (data / name).read_bytes()
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        yield AccessDamage(f"bit {bit} of byte {at} of {name}", f"flipped, {Path(name).name}", acts.changing(name, at, whole[at] ^ 1 << bit))
    for journal in _JOURNALS:
        own = [f"access/{journal}.jsonl", f"access/{journal}.head", f"{journal}.witness"]
        for lost in ([own[0]], [own[1]], [own[2]], own[:2], own[1:]):
            yield AccessDamage("、".join(lost) + " are gone", "deleted", acts.deleting(lost))
        yield AccessDamage(f"{own[0]} and its head of an earlier copy", "older", acts.taking(earlier, own[:2]))
        yield AccessDamage(f"{own[0]} of an earlier copy", "older", acts.taking(earlier, own[:1]))
        yield AccessDamage(f"{own[1]} of an earlier copy", "older", acts.taking(earlier, own[1:2]))
    yield AccessDamage("the folder access is gone", "deleted", acts.deleting(["access"]))
    yield AccessDamage("the folder access of an earlier copy", "older", acts.taking(earlier, ["access"]))
    yield AccessDamage("accounts and audit changed places", "renamed", acts.renaming("access/accounts.jsonl", "access/audit.jsonl", both=True))
    yield AccessDamage("the logins are a folder", "replaced", acts.becoming_folder(_LOGINS))


def survivals(data: Path, cases: Iterator[AccessDamage]) -> Iterator[Survival]:
    """What became of each damage."""
    whole = served(data)
    for case in cases:
        with TemporaryDirectory() as work:
            copy = Path(shutil.copytree(data, Path(work) / "data"))
            case.apply(copy)
            try:
                outcome = _judged(copy, whole)
                yield Survival(f"{case.kind}: {case.words}", outcome)
            except AssertionError as failure:
                yield Survival(f"{case.kind}: {case.words}", "FAILED", str(failure))
            except Exception as failure:
                yield Survival(f"{case.kind}: {case.words}", "FAILED", f"{type(failure).__name__}: {failure}")


def _refused(sentence: str, faults: list[str]) -> str:
    assert any(name in sentence for name in _JOURNALS), f"refused without a file: {sentence}"
    assert faults, "opening refuses it and verify is content"
    return REFUSED


def _judged(copy: Path, whole: ServedAccess) -> str:
    faults = verify(copy)
    try:
        seen = served(copy)
    except StoreError as refusal:
        return _refused(str(refusal), faults)
    assert not faults, f"it opens, and verify is not content: {faults}"
    assert (seen.accounts, seen.tokens, seen.audit) == (whole.accounts, whole.tokens, whole.audit), "other accounts, tokens or audit without a word"
    assert seen.logins <= whole.logins, f"another login: {seen.logins - whole.logins}"
    assert (again := served(copy)) == seen, f"another at the second opening: {again}"
    return EQUAL if seen.logins == whole.logins else FEWER_LOGINS
