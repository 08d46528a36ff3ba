"""看板: the answer comes first, and every figure leads to its cell."""


def sentence(shell) -> str:
    """The first line under the title."""
    return shell.subheader[0].value


def table(shell, place: int = 0):
    return shell.dataframe[place].value


def opened(shell, page: str, **query: str):
    for name, value in query.items():
        shell.query_params[name] = value
    shell.run()
    if page != "review/overview.py":
        shell.switch_page(page).run()
    assert not shell.exception
    assert not shell.error
    return shell
