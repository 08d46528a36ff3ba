"""Text of people before it is shown anywhere: a sign that cannot be seen steers nothing."""

from unicodedata import category

_STEERING = {"Cc", "Cf", "Cs"}  # they ring, move the cursor, turn the direction of writing, or are half a sign
_NONE = "\ufffe\uffff"  # no characters: a picture or a file with one of them cannot be read
_KEPT = frozenset("\n\t\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}")


def seen(text: str) -> str:
    """A text whose control signs, and those that turn the direction of writing, are shown as � and do nothing."""
    if text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if sign in _NONE or (category(sign) in _STEERING and sign not in _KEPT) else sign for sign in text)
