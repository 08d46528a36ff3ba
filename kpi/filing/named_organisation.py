"""Which organisation is meant, by code, name or alias."""

from difflib import get_close_matches

from kpi.catalog.model import Catalog
from kpi.errors import RequestError
from kpi.workbook.forms.whose_organisation import find_org


def known_org(catalog: Catalog, text: str) -> str:
    """
    The code of an organisation, given by code, name or alias.

    Raises:
        RequestError: There is none; the nearest right ones are named.
    """
    if named := find_org(catalog, text):
        return named.code
    names = {name: org.code for org in catalog.orgs.values() for name in (org.code, org.name, *org.aliases)}
    near = dict.fromkeys(names[name] for name in get_close_matches(text, names, n=3))
    choices = "、".join(f"{catalog.orgs[code].name}（{code}）" for code in near or [catalog.root])
    raise RequestError(f"没有「{text}」这个单位；{'最接近的是' if near else '最上级是'} {choices}。")
