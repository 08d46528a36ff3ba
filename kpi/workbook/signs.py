"""The signs of a text one by one: which are raised to a footnote mark, which are struck out."""

_SCRIPTS = {"superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
STRUCK = "\u0336"  # behind each sign that is struck out


def raised(text: str, position: str) -> str:
    """A text whose digits are shown as superscript or subscript; the same for another position."""
    return text.translate(_SCRIPTS.get(position, {}))


def struck(text: str) -> str:
    """A text struck out sign by sign."""
    return "".join(sign if sign.isspace() else sign + STRUCK for sign in text)
