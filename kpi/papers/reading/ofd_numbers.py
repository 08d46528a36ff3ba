"""The numbers in attributes of an OFD."""


def numbers_of(text: str) -> tuple[float, ...]:
    """The numbers of an attribute, nothing where one is none."""
    try:
        numbers = tuple(float(word) for word in text.split())
    except ValueError:
        return ()
    return numbers if all(abs(number) < 1e6 for number in numbers) else ()
