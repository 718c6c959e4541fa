"""What a step tells, read as the browser reads it."""

from layers.packing import DIGITS


def unpacked(told):
    """The numbers that were packed; None where there is none."""
    numbers = []
    for at in range(0, len(told["text"]), told["width"]):
        group = 0
        for sign in told["text"][at : at + told["width"]]:
            group = group * len(DIGITS) + DIGITS.index(sign)
        for _ in range(told["several"]):
            group, number = divmod(group, told["kinds"])
            numbers.append(None if number == told["kinds"] - 1 else number + told["low"])
    return numbers[: told["count"]]


def bits(text, count):
    """The first `count` truth values of a text."""
    numbers = [DIGITS.index(sign) for sign in text] + [0] * count
    return [bool(numbers[i // 6] >> i % 6 & 1) for i in range(count)]


def read_back(told):
    """The class of every area, lowest first from 0; -1 where there is none."""
    classes = told["classes"]
    if "of" in classes:
        return [-1 if number is None else number for number in unpacked(classes["of"])]

    def beneath(number):
        return next((i for i, end in enumerate(classes["ends"]) if classes["way"] * number <= end), -1)

    of = [-1 if number is None else beneath(number) for number in unpacked(told["values"])]
    for i, named in zip(classes["but"][::2], classes["but"][1::2], strict=True):
        of[i] = named
    return of
