"""指标目录：科室、数据项、指标、勾稽、目标、台账、机构的清单和表单，每次改动的记录。"""

from pages.bodies import entry_list
from pages.widgets import confirmations, definition_workbook, entry_form, frame, target_workbook

view = frame.view()
frame.fragment(frame.opened(view))
confirmations.say_what_was_done()
entry = entry_list.chosen(view)
if entry or view.get("row") == entry_list.NEW:
    entry_form.show(view, entry_list.noun_of(view), entry)
if entry_list.noun_of(view) == "target":
    target_workbook.offer()
definition_workbook.offer()
frame.fragment(entry_list.records_fragment())
