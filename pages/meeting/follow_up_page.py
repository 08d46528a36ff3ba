"""督办：答应的事办到哪一步；登记进展、改期、签字办结。"""

from kpi.access.roles import Right
from pages.bodies import follow_up_list, follow_up_wanted
from pages.widgets import assignment_forms, confirmations, follow_up_acts_forms, frame, running

view = frame.view()
frame.fragment(frame.opened(view))
confirmations.say_what_was_done()
meets = running.caller().may(Right.MEET)
slip, matter = follow_up_list.chosen(view), follow_up_wanted.wanted(view)
if view.get("edition"):
    frame.fragment(follow_up_list.meeting(view))
if slip:
    follow_up_acts_forms.acts(slip, view.get("edition"))
elif matter and matter.concern.opening and meets:
    assignment_forms.on_matter(view, matter)
elif matter and not meets:
    frame.soft("登记督办由审核员做。")
if slip or matter:
    frame.fragment(follow_up_list.everything(view, aside=True))
if meets:
    assignment_forms.on_problem(view)
