"""The end of a setup on its page: the catalogue comes in force, its sheets are taken in, or all of it is undone."""

import streamlit as st

from kpi.access.roles import Right
from kpi.filing.two_steps import refers
from kpi.setup.proposal_groups import asked
from kpi.setup.setting_up import SettingUp
from kpi.setup.setup_catalog import SetupFaultsError, own_submissions, put_setup_in_force, refusal_to_undo, undo_setup
from kpi.setup.setup_intake import SetupIntake, not_taken_in, take_in, waiting_sheets
from pages.bodies import setup_faults
from pages.bodies.setup_opening import counts_of
from pages.view import View
from pages.widgets import confirmations, faults, frame, progress, running, session, warmth
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_WHO_SUBMITS = "这个账号不能报送；请能报送全部科室的审核员打开「报表导入」，那里列着这些报表，放到页上核对入库。"


def generate(view: View, setup: SettingUp) -> None:
    """Ask for the name of the bureau, and make the catalogue; the sheets are taken in at once by who may."""
    draft = setup.draft
    again = setup.state.in_force is not None
    st.header("再生成一次" if again else "生成目录", anchor=False)
    counts = counts_of(draft)
    left = [*([f"{counts.certain} 条有把握的还没有接受"] if counts.certain else []), *([f"{len(asked(draft))} 条还没有回答"] if counts.asked else [])]
    if left:
        st.write(plain(f"{'，'.join(left)}；没有接受的不进目录，以后可以再加。"))
    takes_in = _submits()
    with st.form("setup-generate", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("本局名称", value=session.bureau().catalog.bureau if again else draft.proposed.bureau, width=320, help="印在页面、报表和材料上")
        by = signed("姓名", "setup-by", width=240)
        wanted = st.form_submit_button("生成目录，报表入库" if takes_in else "生成目录", type="primary", icon=":material/flag:")
    if not wanted:
        return
    try:
        with st.spinner("正在生成目录…"):
            put_setup_in_force(session.bureau(), setup, name, by)
    except SetupFaultsError as fault:
        frame.fragment(setup_faults.listed(view, fault.faults))
        return
    except Exception as fault:
        faults.show(fault)
        return
    if takes_in:
        _taken_in(setup, by)
    else:
        confirmations.done("指标目录已经生效。")


def in_force(setup: SettingUp) -> None:
    """What is left to do once the catalogue is in force: the sheets that wait, the way to the board, and the way back."""
    bureau = session.bureau()
    waiting = not_taken_in(bureau, setup)
    if waiting and not waiting_sheets(bureau, setup):
        st.info(plain(f"还有 {len(waiting)} 份报表没有入库。{_WHO_SUBMITS}"), icon=":material/info:")
    elif waiting:
        st.info(plain(f"还有 {len(waiting)} 份报表没有入库；要回答问题或写明说明的，到「报表导入」里办，那里列着它们。"), icon=":material/info:")
        with st.form("setup-take", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            by = signed("报送人", "setup-take-by", width=240)
            wanted = st.form_submit_button(plain(f"没有问题的{'送审' if refers(running.caller()) else '入库'}"), icon=":material/save:")
        if wanted:
            with faults.shown():
                _taken_in(setup, by)
    frame.fragment(setup_faults.ways(frame.view(), waits=bool(waiting)))
    _undo(setup)


def discard(setup: SettingUp) -> None:
    """Throw the sheets and the draft away."""
    kept = setup.state.in_force is not None
    label = "收起草稿…" if kept else "放弃建局…"
    words = (
        "放入的报表和回答都删去；已经生效的指标目录、已经入库的报表都不动，以后不能再整个撤销。"
        if kept
        else "放入的报表和回答都删去，系统内的数据和指标目录不变。"
    )
    with st.popover(plain(label), icon=":material/delete:"):
        st.write(plain(f"{words}共 {len(setup.files)} 份。"))
        if st.button("确认", type="primary", key="setup-discard"):
            setup.discard(session.bureau())
            confirmations.done("草稿已经收起。" if kept else "建局已经放弃，什么都没有改动。")


def _submits() -> bool:
    """Whether who sets up may take sheets of all offices in as well."""
    caller = running.caller()
    return caller.may(Right.SUBMIT) and not caller.office


def _taken_in(setup: SettingUp, by: str) -> None:
    """Take the sheets in by the catalogue that is in force now, and say what came of it."""
    if not running.caller().signature(by).strip():
        st.warning("请写明报送人。")
        return
    taken = take_in(session.bureau(), setup, by.strip(), progress.counted("正在核对入库"))
    warmth.keep_ready()
    confirmations.done(_sentence(taken))


def _sentence(taken: SetupIntake) -> str:
    stored = f"{'送审' if refers(running.caller()) else '入库'} {taken.stored} 份"
    if not taken.waiting:
        return f"指标目录已经生效，报表已{stored}，看板可以看了。"
    names = "、".join(f"「{file.name}」" for file in taken.waiting[:3])
    more = f"等 {len(taken.waiting)} 份" if taken.waiting[3:] else ""
    return f"指标目录已经生效，报表已{stored}；{names}{more}有问题要回答，请到「报表导入」里办。"


def _undo(setup: SettingUp) -> None:
    """Offer the way back as long as there is one; to who may not go it, the reason."""
    bureau = session.bureau()
    if why := refusal_to_undo(bureau, setup):
        frame.soft(why)
        return
    count = len(own_submissions(bureau, setup))
    words = f"撤回这些报表的 {count} 份报送，指标目录回到建局以前；报表和回答还在，可以改了再生成。记录都保留。"
    if given := confirmations.confirmed("撤销建局…", ":material/undo:", words, "setup-undo"):
        with faults.shown(), st.spinner("正在撤回…"):
            undo_setup(bureau, setup, *given)
            warmth.keep_ready()
            confirmations.done("建局已经撤销，指标目录回到了以前的。")
