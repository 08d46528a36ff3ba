"""Which office, organisation, indicator or measure somebody means; what is not there is answered with what is."""

from difflib import get_close_matches

from kpi.catalog.model import Catalog
from kpi.errors import RequestError
from kpi.workbook.forms.whose_organisation import find_org


def known_office(catalog: Catalog, office: str) -> str:
    """
    The code of an office, given by code, name or alias.

    Raises:
        RequestError: No such office.
    """
    for code, entry in catalog.offices.items():
        if office in (code, entry.name, *entry.aliases):
            return code
    raise RequestError(f"没有「{office}」这个科室；可用的科室代码：{'、'.join(catalog.offices)}。")


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


def known_code(catalog: Catalog, code: str) -> str:
    """
    Check that a code is an indicator's or a measure's.

    Raises:
        RequestError: It is neither; the nearest right ones are named.
    """
    if code in catalog.indicators or code in catalog.measures:
        return code
    near = get_close_matches(code, catalog.codes, n=3)
    raise RequestError(f"没有代码为「{code}」的指标或数据项{'；相近的有：' + '、'.join(near) if near else ''}。")
