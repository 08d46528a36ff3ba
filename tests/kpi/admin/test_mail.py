"""Letters over a mail server that runs here: what arrives, what is refused, and that what was not sent is not called sent."""

import json
import socket
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from threading import Event, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from kpi.access.account import Account, require_email
from kpi.access.audit import Audit
from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.admin import reminder_letters, reminder_schedule
from kpi.admin.mail_server import MailError, MailServer, mail_server, send
from kpi.admin.reminder_record import FILE, ReminderRecord, ReminderRound, read_last_round
from kpi.admin.reminder_schedule import is_time, remind_if_due, reminder_time, scheduled_reminders
from kpi.admin.reminders import Reminder, ReminderKind
from kpi.errors import RequestError, StoreError
from kpi.filing.intake import replace
from kpi.store.folder import DataFolder

AT = datetime.fromisoformat("2023-12-06T08:30:00")  # a Wednesday
SHEET = Reminder(
    ReminderKind.OVERDUE, "bureau", "product_quality", "质量监管科", "sheet 2023-11", "《质量监管科月报表》（2023 年 11 月）逾期 1 天未报", "completeness"
)
SLIP = Reminder(ReminderKind.FOLLOW_UP, "bureau", "product_quality", "质量监管科", "3", "督办第 3 号逾期，期限 2023-11-30", "follow-ups")
PEOPLE = [
    Account("a", "张三", AccountRole.FILER, office="product_quality", email="zhang@example.gov.cn"),
    Account("b", "李四", AccountRole.FILER, office="product_quality", email="li@example.gov.cn"),
    Account("c", "王五", AccountRole.FILER, office="product_quality"),
]


@dataclass
class Post:
    """A mail server that keeps what it gets, and refuses whom it is told to."""

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    arrived: Event = field(default_factory=Event)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name is the library's
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name is the library's
        self.letters += [(address, envelope.content) for address in envelope.rcpt_tos]
        self.arrived.set()
        return "250 OK"


@pytest.fixture
def post():
    """The server, and how it is reached; without a lock, for it is on this machine."""
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, MailServer("127.0.0.1", controller.port, "kpi@example.gov.cn", "none")
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def told(monkeypatch):
    """What there is to tell; a test may change it."""
    known = [SHEET]
    monkeypatch.setattr(reminder_letters, "reminders", lambda bureau, day: list(known))
    return known


def test_a_letter_arrives_as_it_was_written(post):
    """Chinese in subject and text; one line is one line, whatever stands in it."""
    handler, server = post
    send(server, "zhang@example.gov.cn", "有事要办\r\nBcc: eve@example.com", "张三：\n1. 报表逾期。\n.\n完\n")
    [(to, data)] = handler.letters
    letter = message_from_bytes(data)
    assert (to, letter["To"], letter["From"], letter["Bcc"]) == ("zhang@example.gov.cn", "zhang@example.gov.cn", "kpi@example.gov.cn", None)
    assert str(make_header(decode_header(letter["Subject"]))) == "有事要办 Bcc: eve@example.com"
    assert letter.get_payload(decode=True).decode().replace("\r\n", "\n") == "张三：\n1. 报表逾期。\n.\n完\n"
    assert letter.get_content_type() == "text/plain"


@pytest.mark.parametrize("farewell", ["500 what", "xyz", "421 busy", None])
def test_a_letter_that_was_accepted_is_sent_whatever_the_server_says_to_the_farewell(post, monkeypatch, farewell):
    """Else it would be sent a second time; None: it hangs up without a word."""
    handler, server = post

    async def say(smtp, argument):
        if farewell is None:
            smtp.transport.close()
        else:
            await smtp.push(farewell)

    monkeypatch.setattr(SMTP, "smtp_QUIT", say)
    send(server, "zhang@example.gov.cn", "有事要办", "张三")
    assert [to for to, _ in handler.letters] == ["zhang@example.gov.cn"]


@pytest.mark.parametrize(
    "address", ["a@b\r\nBcc: x@y", "张三@example.com", "a b@c", "a@", "@b", "a@b,c@d", "<a@b>", "a@-b", '"a b"@c', f"{'a' * 250}@b.cn", "a@b@c", "a..b@c"]
)
def test_what_is_no_address_is_refused_before_it_is_kept_or_used(address):
    with pytest.raises(RequestError, match="邮箱「"):
        require_email(address)
    with pytest.raises(RequestError, match="邮箱「"):
        send(MailServer("127.0.0.1", 1, "kpi@example.gov.cn", "none"), address, "x", "x")


def test_addresses_are_kept_as_they_are_meant():
    """Full-width signs and blanks round it are what an input method leaves."""
    assert require_email(" ｚhang.san+kpi＠example.gov.cn ") == "zhang.san+kpi@example.gov.cn"
    assert require_email("  ") == ""


def test_what_goes_wrong_says_what_to_do(post):
    handler, server = post
    handler.refused.add("li@example.gov.cn")
    with pytest.raises(MailError, match="不收寄往这个邮箱的信；请核对账号的邮箱"):
        send(server, "li@example.gov.cn", "x", "x")
    with pytest.raises(MailError, match="不支持现在的设置（starttls）；请核对 KPI_SMTP_SECURITY"):
        send(replace(server, security="starttls"), "li@example.gov.cn", "x", "x")
    with pytest.raises(MailError, match=r"连不上邮件服务器「127\.0\.0\.1:\d+」"):
        send(replace(server, port=free_port()), "li@example.gov.cn", "x", "x")
    with pytest.raises(MailError, match="加密连接没有建成"):
        send(replace(server, security="ssl"), "li@example.gov.cn", "x", "x")
    with pytest.raises(MailError, match="不支持现在的设置"):
        send(replace(server, user="kpi", password="x"), "zhang@example.gov.cn", "x", "x")
    assert handler.letters == []


def test_a_wrong_password_is_said():
    controller = Controller(
        Post(), hostname="127.0.0.1", port=free_port(), auth_require_tls=False, authenticator=lambda *_: AuthResult(success=False, handled=False)
    )
    controller.start()
    try:
        with pytest.raises(MailError, match="不认账号或密码"):
            send(MailServer("127.0.0.1", controller.port, "kpi@example.gov.cn", "none", "kpi", "wrong"), "zhang@example.gov.cn", "x", "x")
    finally:
        controller.stop()


def test_what_the_protocol_cannot_send_is_said():
    """A password that was typed in full width."""
    controller = Controller(Post(), hostname="127.0.0.1", port=free_port(), auth_require_tls=False, authenticator=lambda *_: AuthResult(success=True))
    controller.start()
    try:
        with pytest.raises(MailError, match="不能用的字"):
            send(MailServer("127.0.0.1", controller.port, "kpi@example.gov.cn", "none", "kpi", "密码"), "li@example.gov.cn", "x", "y")
    finally:
        controller.stop()


def test_everybody_is_told_once_a_day(empty, post, told, tmp_path):
    """By hand, by the clock, after a restart; what is new on the same day goes alone; the next day all of it."""
    handler, server = post
    bureau = replace(empty, audit=Audit(tmp_path / "data"))

    def go(at: datetime = AT) -> ReminderRound:
        return reminder_letters.send_letters(bureau, PEOPLE, server, tmp_path / "data", at)

    assert (go().sent, [to for to, _ in handler.letters]) == (2, ["zhang@example.gov.cn", "li@example.gov.cn"])
    assert go(AT + timedelta(hours=3)).sent == 0
    told.append(SLIP)
    assert go(AT + timedelta(hours=4)).sent == 2
    text = message_from_bytes(handler.letters[-1][1]).get_payload(decode=True).decode()
    assert "督办第 3 号" in text
    assert "《质量监管科月报表》" not in text
    assert go(AT + timedelta(days=1)).sent == 2
    assert read_last_round(tmp_path / "data").words == "2023-12-07 08:30 本机发了 2 封。"
    assert [entry.about for entry in Audit(tmp_path / "data").entries()] == [f"邮件发出 {sent} 封，没有发出 0 封" for sent in (2, 0, 2, 2)]
    assert "example.gov.cn" not in (tmp_path / "data" / FILE).read_text("utf-8")


def test_by_the_clock_and_by_the_button_at_once_nobody_is_told_twice(empty, post, told, tmp_path, monkeypatch):
    """The second waits until the first is done, and knows then what was sent."""
    handler, server = post
    root, sent = tmp_path / "data", []
    rounds = [Thread(target=lambda: sent.append(reminder_letters.send_letters(empty, PEOPLE, server, root, AT).sent)) for _ in range(2)]
    with reminder_letters._sending:
        for running in rounds:
            running.start()
    for running in rounds:
        running.join()
    assert (sorted(sent), len(handler.letters)) == ([0, 2], 2)


def test_what_was_not_sent_is_not_called_sent(empty, post, told, tmp_path):
    """One mailbox is refused: the other letter goes, the sentence names whom, and the next round sends that one alone."""
    handler, server = post
    handler.refused.add("zhang@example.gov.cn")
    made = reminder_letters.send_letters(empty, PEOPLE, server, tmp_path / "data", AT)
    assert (made.sent, made.faults) == (1, ("a：邮件服务器不收寄往这个邮箱的信；请核对账号的邮箱。",))
    assert made.words.startswith("2023-12-06 08:30 本机发了 1 封，1 封没有发出：a：邮件服务器不收")
    assert "example.gov.cn" not in (tmp_path / "data" / FILE).read_text("utf-8")
    handler.refused.clear()
    assert reminder_letters.send_letters(empty, PEOPLE, server, tmp_path / "data", AT).sent == 1
    assert [to for to, _ in handler.letters] == ["li@example.gov.cn", "zhang@example.gov.cn"]


def test_nothing_goes_that_cannot_be_noted(empty, post, told, tmp_path, monkeypatch):
    """A full disk: else everybody would be told again at each round."""
    handler, server = post
    monkeypatch.setattr(DataFolder, "write_partial", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(StoreError, match="先不发"):
        reminder_letters.send_letters(empty, PEOPLE, server, tmp_path / "data", AT)
    assert handler.letters == []


def test_a_server_that_is_not_there_is_asked_three_times(empty, told, tmp_path):
    people = [replace(PEOPLE[0], account=f"a{number}") for number in range(9)]
    server = MailServer("127.0.0.1", free_port(), "kpi@example.gov.cn", "none")
    made = reminder_letters.send_letters(empty, people, server, tmp_path / "data", AT)
    assert (made.sent, len(made.faults)) == (0, 3)


def test_who_may_not_send_sends_nothing(empty, post, tmp_path):
    handler, server = post
    filer = empty.of(Caller("a", "张三", AccountRole.FILER, office="product_quality"))
    with pytest.raises(DeniedError):
        reminder_letters.send_letters(filer, PEOPLE, server, tmp_path / "data", AT)
    assert handler.letters == []


@pytest.mark.parametrize(
    ("moment", "last", "due"),
    [
        ("2023-12-06T08:29", None, False),
        ("2023-12-06T08:30", None, True),
        ("2023-12-06T17:00", ReminderRound(AT - timedelta(days=1), 2), True),  # the server was off
        ("2023-12-06T08:31", ReminderRound(AT, 2), False),
        ("2023-12-06T09:29", ReminderRound(AT, 1, ("不收",)), False),
        ("2023-12-06T09:30", ReminderRound(AT, 1, ("不收",)), True),
        ("2023-12-09T10:00", None, False),  # a Saturday
        ("2023-10-07T10:00", None, True),  # one that is worked
        ("2023-10-06T10:00", None, False),  # a Friday that is a holiday
    ],
)
def test_when_it_is_time(moment, last, due):
    assert is_time(time(8, 30), datetime.fromisoformat(moment), last) is due


def test_by_the_clock_a_round_is_made_and_a_failed_one_again(empty, post, told, tmp_path, monkeypatch, caplog):
    handler, server = post
    monkeypatch.setattr(reminder_schedule, "mail_server", lambda: server)
    handler.refused.update(["zhang@example.gov.cn", "li@example.gov.cn"])
    root = tmp_path / "data"
    assert remind_if_due(root, empty, PEOPLE, time(8, 30), AT).sent == 0
    assert [record.getMessage() for record in caplog.records] == ["请处理：有 2 封通知没有发出；是谁的、为什么，见网页「通知」。"]
    assert remind_if_due(root, empty, PEOPLE, time(8, 30), AT + timedelta(minutes=59)) is None
    handler.refused.clear()
    assert remind_if_due(root, empty, PEOPLE, time(8, 30), AT + timedelta(hours=1)).words == "2023-12-06 09:30 定时通知发了 2 封。"
    assert remind_if_due(root, empty, PEOPLE, time(8, 30), AT + timedelta(hours=3)) is None


def test_the_thread_of_the_server_sends(empty, post, told, tmp_path, monkeypatch):
    handler, server = post
    for name, value in settings(server.port).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KPI_NOTICE_AT", "08:30")
    monkeypatch.setattr(reminder_schedule, "now", lambda: AT)
    with scheduled_reminders(tmp_path / "data", lambda: empty, lambda: PEOPLE):
        assert handler.arrived.wait(60)
    assert json.loads((tmp_path / "data" / FILE).read_text("utf-8"))["last"]["by"] == "定时通知"


def settings(port: int) -> dict[str, str]:
    return {"KPI_SMTP_HOST": "127.0.0.1", "KPI_SMTP_PORT": str(port), "KPI_SMTP_FROM": "kpi@example.gov.cn", "KPI_SMTP_SECURITY": "none"}


@pytest.fixture
def unset(monkeypatch):
    for name in ("HOST", "PORT", "FROM", "USER", "PASSWORD", "PASSWORD_FILE", "SECURITY"):
        monkeypatch.delenv(f"KPI_SMTP_{name}", raising=False)
    monkeypatch.delenv("KPI_NOTICE_AT", raising=False)
    return monkeypatch


def test_settings(unset, tmp_path):
    """Nothing is sent unless a server is named; the password is read from a file, whose line end is not of it, and shown nowhere."""
    assert (mail_server(), reminder_time()) == (None, None)
    secret = tmp_path / "password"
    secret.write_text("s3cret word\n", "utf-8")
    for name, value in {"HOST": "mail.example.gov.cn", "FROM": "kpi@example.gov.cn", "USER": "kpi", "PASSWORD_FILE": str(secret)}.items():
        unset.setenv(f"KPI_SMTP_{name}", value)
    server = mail_server()
    assert server == MailServer("mail.example.gov.cn", 587, "kpi@example.gov.cn", "starttls", "kpi", "s3cret word")
    assert "s3cret" not in repr(server)
    unset.setenv("KPI_SMTP_SECURITY", "SSL")
    assert mail_server().port == 465
    unset.setenv("KPI_NOTICE_AT", "8:30")
    assert reminder_time() == time(8, 30)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"KPI_SMTP_FROM": ""}, "写了 KPI_SMTP_HOST 就要写发件邮箱"),
        ({"KPI_SMTP_FROM": "kpi"}, "KPI_SMTP_FROM：邮箱「kpi」不对"),
        *(({"KPI_SMTP_HOST": host}, "不是服务器的名称") for host in ("mail..gov.cn", "邮件", "smtp://mail", "mail:25", "a b", "x" * 64)),
        ({"KPI_SMTP_SECURITY": "tls"}, "KPI_SMTP_SECURITY 的值「tls」不对"),
        ({"KPI_SMTP_PORT": "0"}, "KPI_SMTP_PORT 的值「0」不对"),
        ({"KPI_SMTP_USER": "kpi"}, "不加密时不发密码"),
        ({"KPI_SMTP_USER": "kpi", "KPI_SMTP_SECURITY": "ssl"}, "写了 KPI_SMTP_USER 就要有密码"),
        ({"KPI_SMTP_PASSWORD_FILE": "/nowhere"}, "KPI_SMTP_PASSWORD_FILE 写的文件读不出（不存在）"),
        ({"KPI_NOTICE_AT": "25:00"}, "KPI_NOTICE_AT 的值「25:00」不是时间"),
        ({"KPI_NOTICE_AT": "08:30", "KPI_SMTP_HOST": ""}, "写了 KPI_NOTICE_AT 就要写邮件服务器"),
    ],
)
def test_a_slip_in_a_setting_is_a_sentence(unset, changed, words):
    for name, value in (settings(25) | {"KPI_NOTICE_AT": "08:30"} | changed).items():
        unset.setenv(name, value)
    with pytest.raises(RequestError, match=words):
        reminder_time()


def test_a_damaged_record_is_none(tmp_path):
    surrogate = '{"sent": {"2023-12-06": ["\\ud800"]}, "last": null}'
    endless = '{"sent": {}, "last": {"at": "2023-12-06", "sent": 1e999, "faults": [], "by": ""}}'
    for text in ("", "[]", '{"sent": 1, "last": null}', '{"sent": {}, "last": {"at": 3}}', surrogate, endless, "[" * 100_000):
        (tmp_path / FILE).write_text(text, "utf-8")
        assert read_last_round(tmp_path) is None
        assert not ReminderRecord(tmp_path).is_sent(date(2023, 12, 6), "a", "x")
