"""How names are compared with those of the library: without what sheets add to them, and with 市场主体 as the law now calls it."""

import re
from functools import lru_cache

from kpi.workbook.naming import name_key

_BRACKETED = re.compile(r"\([^()]*\)")
_BEFORE = re.compile(r"^(?:其中|(?:19|20)\d\d年度?|[本上]?年度|本年|今年|累计|全[区市县省]|辖区|本局|我局|区局|共)+")
_BEHIND = re.compile(r"(?:总量|总户数|总数|户数|家数|件数|批次|台数|人数|次数|例数|份数|条数|个数|起数|项数|数量|金额|数|量|情况)+$")
_SHORTEST = 2  # characters that are left of a name
_FORMER = (("市场主体", "经营主体"), ("农专社", "农民专业合作社"), ("举报投诉", "投诉举报"), ("个体户", "个体工商户"))


@lru_cache(maxsize=4_096)
def library_key(name: str) -> str:
    """The key of a name: 2022年度企业年报率 and 企业年报率（%） are one, and so are 市场主体总量 and 经营主体."""
    key = _BRACKETED.sub("", name_key(name))
    for former, present in _FORMER:
        key = key.replace(former, present)
    bare = _BEFORE.sub("", key)
    key = bare if len(bare) >= _SHORTEST else key
    bare = _BEHIND.sub("", key)
    return bare if len(bare) >= _SHORTEST else key
