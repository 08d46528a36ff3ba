"""How long a text is for a workbook, and how wide it is printed."""


def letters(text: str) -> int:
    """How many letters a workbook counts: two for a sign beyond the first 65,536."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def printed_width(text: str) -> int:
    """How many Latin letters wide a text is; a Chinese character is two."""
    return 2 * len(text) - len(text.encode("latin-1", "ignore"))
