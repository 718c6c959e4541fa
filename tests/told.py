"""What a step tells, read as the browser reads it."""

from layers.render import _DIGITS


def unpacked(told):
    """The numbers that were packed; None where there is none."""
    base, width = len(_DIGITS), told["width"]
    numbers = []
    for at in range(0, len(told["text"]), width):
        number = 0
        for sign in told["text"][at : at + width]:
            number = number * base + _DIGITS.index(sign)
        numbers.append(None if number == base**width - 1 else number + told["low"])
    return numbers


def bits(text, count):
    """The first `count` truth values of a text."""
    numbers = [_DIGITS.index(sign) for sign in text] + [0] * count
    return [bool(numbers[i // 6] >> i % 6 & 1) for i in range(count)]


def read_back(told):
    """The class of every area, lowest first from 0; -1 where there is none."""
    classes = told["classes"]
    if "of" in classes:
        return [ord(sign) - ord("0") for sign in classes["of"]]

    def beneath(number):
        return next((i for i, end in enumerate(classes["ends"]) if classes["way"] * number <= end), -1)

    of = [-1 if number is None else beneath(number) for number in unpacked(told["values"])]
    for i, named in zip(classes["but"][::2], classes["but"][1::2], strict=True):
        of[i] = named
    return of
