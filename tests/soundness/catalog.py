"""The catalogue of the traps: one office of quality, one of food, of every kind of measure and indicator one."""

from collections.abc import Mapping

_REST = 'why_it_matters = "例。"\ndenominator_words = "例"\nsource = "例"\nreviewed_on = 2026-11-23\n'


def measure(code: str, name: str, unit: str = "批次", kind: str = "flow", **more: object) -> str:
    return _table("measure", code=code, name=name, topic="抽检", unit=unit, kind=kind, **more)


def indicator(code: str, name: str, numerator: str, denominator: str = "", unit: str = "%", scale: int = 100, **more: object) -> str:
    divided = {"denominator": denominator, "scale": scale} if denominator else {}
    said = {"better": "higher", "target_kind": "none", **divided, **more}
    return _table("indicator", code=code, name=name, unit=unit, numerator=numerator, **said) + _REST


def target(code: str, kind: str, value: str, tolerance: int = 0, office: str = "quality", **more: object) -> str:
    return _table("target", indicator=code, office=office, kind=kind, document="分解表", **more) + f"value = {value}\ntolerance = {tolerance}\n"


def _table(noun: str, **fields: object) -> str:
    return "\n".join([f"[[{noun}]]", *(f"{key} = {_written(value)}" for key, value in fields.items())]) + "\n"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value}"


BUREAU = 'name = "某区市场监管局"\n'
OFFICES = "".join(
    f'[[office]]\ncode = "{code}"\nname = "{name}"\nparent = "bureau"\norder = {order}\ntemplate = "{name}月报表"\n'
    for order, (code, name) in enumerate({"quality": "质量科", "food": "食品科"}.items(), start=1)
)
QUALITY = "\n".join(
    [
        measure("taken", "抽检批次"),
        measure("tested", "检验批次"),
        measure("passed", "合格批次"),
        measure("failed", "不合格批次"),
        measure("pass_rate", "合格率", "%", "rate", decimals=1),
        measure("fines", "罚没金额", "万元", decimals=6),
        measure("net", "净增", "户", signed=True),
        measure("shops", "在册户数", "户", "stock"),
        measure("inspected", "检查户数", "户"),
        measure("reported", "已年报户数", "户", "stock", report_year_offset=-1),
        measure("due", "应年报户数", "户", "stock", report_year_offset=-1),
        indicator("pass_rate", "合格率", "passed", "tested", target_kind="floor", failed="failed", total="taken", decimals=1),
        indicator("plain_rate", "合格率（不计在检）", "passed", "tested", target_kind="floor", decimals=1),
        indicator("complaint_rate", "不合格率", "failed", "tested", better="lower", target_kind="ceiling", decimals=1),
        indicator("tested", "检验批次", "tested", unit="批次", target_kind="annual"),
        indicator("fines", "罚没金额", "fines", unit="万元", target_kind="annual", decimals=2),
        indicator("net", "净增户数", "net", unit="户", target_kind="growth"),
        indicator("shops", "在册户数", "shops", unit="户"),
        indicator("shops_growth", "户数增长率", "shops - shops@ly", "shops@ly", target_kind="growth", decimals=1),
        indicator("coverage", "检查覆盖率", "inspected", "shops", target_kind="progress", decimals=1),
        indicator("watched_rate", "监测合格率", "passed", "tested", may_assess=False, may_assess_note="条例第 32 条"),
        indicator("report_rate", "年报率", "reported", "due", target_kind="floor", decimals=1),
        indicator("both", "两科检验批次", "tested + food_tested", unit="批次"),
        indicator("tested_growth", "检验批次增长率", "tested - tested@ly", "tested@ly", target_kind="growth", decimals=2),
        indicator("net_growth", "净增增长率", "net - net@ly", "net@ly", target_kind="growth", decimals=2),
        indicator("accidents", "不合格批次", "failed", unit="批次", better="lower", target_kind="ceiling"),
        indicator(
            "failed_per_shop", "千户不合格", "failed", "shops", unit="批次/千户", scale=1000, annualised=True, better="lower", target_kind="ceiling", decimals=2
        ),
        indicator("failed_share", "不合格占比", "failed", "tested", better="lower", target_kind="ceiling", failed="passed", total="taken", decimals=1),
        indicator("failed_permille", "不合格千分率", "failed", "tested", unit="‰", scale=1000, better="lower", decimals=1),
        indicator("fines_billion", "罚没金额（亿元）", "0.0001 * fines", unit="亿元", target_kind="floor", decimals=6),
    ]
)
FOOD = measure("food_tested", "食品检验批次")


def files(targets: Mapping[int, str] | None = None, quality: str = QUALITY) -> dict[str, str]:
    """The files of the catalogue, with the targets of some years."""
    asked = {f"targets/{year}.toml": text for year, text in (targets or {}).items()}
    return {"bureau.toml": BUREAU, "offices.toml": OFFICES, "quality.toml": quality, "food.toml": FOOD, "bureau_relations.toml": "", **asked}


def earlier(until: str, numerator: str, denominator: str = "", unit: str = "%", scale: int = 100, **more: object) -> str:
    """How the indicator that it is written below was computed up to a month."""
    divided = {"denominator": denominator, "scale": scale} if denominator else {}
    return _table("indicator.earlier", until=until, unit=unit, numerator=numerator, **{"better": "higher", "target_kind": "none", **divided, **more})
