"""What the library must obey: every name means one thing, every formula is over its measures, every entry has a source."""

from collections.abc import Iterator, Mapping

from kpi.catalog.fault_line import nearest
from kpi.setup.library_model import IndicatorLibrary, LibraryEntry, LibraryMeasure
from kpi.setup.library_names import library_key


def library_faults(library: IndicatorLibrary) -> Iterator[str]:
    """The faults of a library, each a Chinese sentence."""
    yield from _names("数据项", library.measures)
    yield from _names("指标", library.entries)
    for entry in library.entries.values():
        yield from _of_entry(entry, library)
    unused = [code for code, entries in library.uses.items() if not entries] if _complete(library) else []
    yield from (f"数据项 {code}：没有哪个指标用到它，因而没有依据。" for code in unused)


def _complete(library: IndicatorLibrary) -> bool:
    """Whether every measure that a formula names is there."""
    return all(code in library.measures for entry in library.entries.values() for formula in entry.formulas for code in formula.codes)


def _names(noun: str, every: Mapping[str, LibraryMeasure] | Mapping[str, LibraryEntry]) -> Iterator[str]:
    """Names that mean two things, and short names without the words that tell them apart."""
    full: dict[str, str] = {}
    for code, thing in every.items():
        for name in thing.names:
            other = full.setdefault(library_key(name), code)
            if other != code:
                yield f"{noun} {code}：名称「{name}」也是 {other} 的。"
    short: dict[str, list[str]] = {}
    for code, thing in every.items():
        if bool(thing.short_names) != bool(thing.context):
            yield f"{noun} {code}：short_names 和 context 要么都写，要么都不写。"
        for name in thing.short_names:
            if (key := library_key(name)) in full:
                yield f"{noun} {code}：简称「{name}」已是 {full[key]} 的名称。"
            for other in short.setdefault(key, []):
                if shared := {*thing.context} & {*every[other].context}:
                    yield f"{noun} {code}：简称「{name}」也是 {other} 的，两者的 context 里都有「{min(shared)}」，分不开。"
            short[key].append(code)


def _of_entry(entry: LibraryEntry, library: IndicatorLibrary) -> Iterator[str]:
    where = f"指标 {entry.code}："
    for code in dict.fromkeys(code for formula in entry.formulas for code in formula.codes):
        if code not in library.measures:
            yield f"{where}公式里的数据项「{code}」不存在{nearest(code, library.measures)}。"
    for source in entry.sources:
        if source.document not in library.documents:
            yield f"{where}依据「{source.document}」不存在{nearest(source.document, library.documents)}。"
    if not entry.sources:
        yield f"{where}没有写依据。"
    if entry.denominator is None and len(entry.numerator.terms) != 1:
        yield f"{where}没有分母的指标就是一个数据项。"
    if bool(entry.denominator) != bool(entry.denominator_words):
        yield f"{where}有分母的要写明分母是什么，没有的不写。"
    if entry.may_assess == bool(entry.may_assess_note):
        yield f"{where}只监测不考核的要写明依据，其余不写。"
