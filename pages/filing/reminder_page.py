"""通知：有什么事要办；审核员、管理员可以复制、导出，用邮件发出去。"""

import streamlit as st

from kpi.access.roles import Right
from kpi.admin.mail_server import MailServer, mail_server
from kpi.admin.reminder_letters import letters, send_letters
from kpi.admin.reminder_record import read_last_round
from kpi.admin.reminders import copied
from kpi.data_place import data_folder
from kpi.errors import KpiError
from kpi.store import clock
from pages.widgets import confirmations, faults, frame, reminder_lists, running, session
from pages.widgets.plain import plain


def sending(server: MailServer) -> None:
    """Send by e-mail, after it was said to how many; what came of it."""
    with_address = [letter for letter in letters(running.admission().accounts, session.bureau().catalog, reminder_lists.own()) if letter.account.email]
    if not with_address:
        frame.soft("收件人都没有邮箱，邮件发不出；邮箱在「账号」里写。")
        return
    with st.popover("用邮件发送…", icon=":material/mail:"):
        st.write(plain(f"发给 {len(with_address)} 人，每人一封，写明要办的事，没有数；今天发过的不再发。"))
        if not st.button("确认发送", type="primary"):
            return
    with faults.shown():
        made = send_letters(session.bureau(), running.admission().accounts, server, data_folder(), clock.now())
        confirmations.done(made.words if made.sent or made.faults else "今天都发过了，没有再发。")


frame.fragment(frame.opened(frame.view()))
confirmations.say_what_was_done()
known = reminder_lists.own()
if running.caller().may(Right.REMIND) and known:
    st.header("发出去", anchor=False)
    frame.soft("点右上角复制，发到工作群；右上方「导出 Excel」是同一张表。通知里没有数。")
    st.code(copied(known), language=None, wrap_lines=True)
    try:
        server = mail_server()
    except KpiError as fault:
        server = None
        st.warning(plain(str(fault)), icon=":material/mail:")
    if server:
        sending(server)
    if last := read_last_round(data_folder()):
        frame.soft(f"上一次：{last.words}")
