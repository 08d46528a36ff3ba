"""Text of people is text: no sign of it is markup, and no call of Streamlit takes a text that has not passed `plain`."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kpi.web.document import document
from pages.widgets.plain import JOINER, plain

PAGES = Path(__file__).parents[2] / "pages"
MARKUP = {"plain"}  # what gives `Markdown`, beside functions whose type says so
LABELS = {"label", "body", "text", "help", "value", "delta", "delta_description", "caption", "captions"}
DRAWS = {  # how many of the first arguments are Markdown
    **dict.fromkeys(("markdown", "write", "title", "header", "subheader", "caption", "info", "warning", "success", "error", "toast", "badge"), 1),
    **dict.fromkeys(("button", "download_button", "form_submit_button", "link_button", "checkbox", "toggle", "expander", "popover", "tabs"), 1),
    **dict.fromkeys(("radio", "selectbox", "multiselect", "segmented_control", "pills", "slider", "select_slider", "status", "spinner", "dialog"), 1),
    **dict.fromkeys(("text_input", "text_area", "number_input", "date_input", "time_input", "file_uploader", "chat_message", "feedback"), 1),
    "page_link": 0,
    "metric": 3,
    "table": 1,
}
RAW = {"html", "text", "code", "json", "latex", "mermaid_chart", "exception"}  # what is drawn another way than as Markdown
ALLOWED_RAW = {
    ("code", "pages/filing/who_reported.py"),
    ("code", "pages/filing/reminder_page.py"),
    ("html", "pages/widgets/frame.py"),
}  # literal text; what templates have escaped


def test_what_is_drawn_and_copied_holds_no_sign_of_the_escaping(browser: Browser):
    """Neither a text nor a label holds a word joiner, whenever it is drawn; an icon of help is named in Chinese after its text."""
    dictionary = json.loads((PAGES / "widgets" / "zh.json").read_text("utf-8"))
    page = browser.new_page()
    page.set_content("<div id=a></div>")
    page.add_script_tag(content=document('<head></head><div id="root"></div></body>', dictionary, "", "", "").own[0].content.decode())
    page.evaluate(
        """([text, label]) => {
          const button = document.createElement('button');
          button.append(text);
          button.setAttribute('aria-label', label);
          button.title = 'Help';
          document.getElementById('a').append(button);
        }""",
        [f"http:{JOINER}//a.cn", f"Help for {plain('合格率_A（a@b.cn）')}"],
    )
    page.wait_for_function("document.querySelector('button').title === '说明'")
    button = page.locator("button")
    assert [button.text_content(), button.get_attribute("aria-label")] == ["http://a.cn", "合格率_A（a@b.cn）的说明"]
    page.evaluate(f"document.querySelector('button').firstChild.data = 'www{JOINER}.a.cn'")
    page.wait_for_function("document.querySelector('button').textContent === 'www.a.cn'")
    page.close()


def test_no_page_says_what_an_expression_comes_to():
    """Streamlit draws the value of a bare expression: 「None」 below the last table."""
    bare = [
        f"{path.relative_to(PAGES)}:{statement.lineno}"
        for path in PAGES.rglob("*.py")
        for statement in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Call | ast.Constant | ast.Yield | ast.YieldFrom)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("质量科 2023-11（更正）.xlsx", "质量科 2023-11（更正）.xlsx"),
        ("09:30", r"09\:30"),
        ("**粗** _斜_ `码` ~~删~~", r"\*\*粗\*\* \_斜\_ \`码\` \~\~删\~\~"),
        ("[点](http://a.cn)", rf"\[点\](http\:{JOINER}//a.cn)"),
        ("www.a.cn", f"www{JOINER}.a.cn"),
        ("a.b@c.cn", rf"a.b{JOINER}\@c.cn"),
        (":material/home:", rf"\:{JOINER}material/home\:"),
        (":material_home:", rf"\:{JOINER}material\_home\:"),
        (":smile: :+1:", rf"\:{JOINER}smile\: \:{JOINER}+1\:"),
        (":red[急]", r"\:red\[急\]"),
        ("$x^2$", r"\$x^2\$"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        ("a -- b -> c <- d <-> e >= f <= g ~= h", None),
        ("# 题", r"\# 题"),
        ("1. 一", r"1\. 一"),
        ("- 一", r"\- 一"),
        ("---", f"-{JOINER}-{JOINER}-"),
        ("-5 户", "-5 户"),
        ("97.8%", "97.8%"),
        ("  甲\r\n\n - 乙\u2028丙", "甲 - 乙 丙"),
        ("甲\x1b[31m\u202e乙", "甲\N{REPLACEMENT CHARACTER}\\[31m\N{REPLACEMENT CHARACTER}乙"),
    ],
)
def test_every_sign_is_escaped_for_both_readers_of_it(text, drawn):
    """The second one looks for addresses, icons and arrows in what the first one has unescaped."""
    if drawn is not None:
        assert plain(text) == drawn
    words = plain(text).replace("\\", "")
    assert not any(arrow in words.split(" ") for arrow in ("--", "->", "<-", "<->", ">=", "<=", "~="))
    assert plain(plain(text)) == plain(text)


def written(tree: ast.Module) -> set[str]:
    """The functions of a file whose type is `Markdown`."""
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Markdown"}


def is_text(node: ast.expr, markup: set[str]) -> bool:
    """Whether an argument is our own literal, or has passed the one door."""
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in markup
        case ast.IfExp(body=first, orelse=second):
            return is_text(first, markup) and is_text(second, markup)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return all(is_text(element, markup) for element in elements)
        case ast.ListComp(elt=element):
            return is_text(element, markup)
        case ast.DictComp(key=key, value=value):
            return (isinstance(key, ast.Name) or is_text(key, markup)) and is_text(value, markup)
    return False


def unescaped(source: str, file: str, markup: set[str]) -> Iterator[str]:
    """Every text that a call of Streamlit takes as it came."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)) or not isinstance(node.func.value, ast.Name | ast.Attribute):
            continue
        name, owner = node.func.attr, ast.unparse(node.func.value)
        if owner.partition(".")[0] not in {"st", "bar"}:
            continue
        if name in RAW and (name, file) not in ALLOWED_RAW:
            yield f"{file}:{node.lineno} {name}"
        texts = [keyword.value for keyword in node.keywords if keyword.arg in LABELS and (name, keyword.arg) not in _VALUES]
        texts += node.args[1:2] if name == "progress" else node.args[: DRAWS.get(name, 0)]
        yield from (f"{file}:{text.lineno} {name} {ast.unparse(text)}" for text in texts if not is_text(text, markup))


_VALUES = {(widget, "value") for widget in ("text_input", "text_area", "date_input", "number_input", "checkbox", "toggle", "slider")}  # shown as typed


def test_no_page_hands_a_text_to_streamlit_that_has_not_passed_plain():
    """A new page that forgets it fails here, whoever writes it."""
    files = {path: path.read_text("utf-8") for path in sorted(PAGES.rglob("*.py"))}
    markup = MARKUP | {name for source in files.values() for name in written(ast.parse(source))}
    root = PAGES.parent
    found = [fault for path, source in files.items() for fault in unescaped(source, path.relative_to(root).as_posix(), markup)]
    assert found == []


def test_only_plain_makes_markup():
    """`Markdown` is called nowhere else, so that its type can be trusted."""
    makers = [path.name for path in PAGES.rglob("*.py") if "Markdown(" in path.read_text("utf-8")]
    assert makers == ["plain.py"]


@pytest.mark.parametrize("source", ["st.caption(f'{name}')", "st.metric(plain(a), b)", "st.button('a', help=name)", "st.html(name)", "bar.progress(0.1, name)"])
def test_the_rule_sees_a_text_that_has_not_passed(source):
    assert list(unescaped(source, "pages/new.py", MARKUP))
