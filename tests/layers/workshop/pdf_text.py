"""What a PDF of ours says, page by page, read from its letters as a reader of it would."""

import re
import zlib

_ESCAPES = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r"}


def pages(pdf):
    """The text of each page, with the words that are kept for letters that no font could draw."""
    objects = {int(n): body for n, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", pdf, re.S)}
    letters = {number: _letters(objects, body) for number, body in objects.items() if b"/Subtype/Type0" in body}
    found = [body for body in objects.values() if re.search(rb"/Type/Page\b", body)]
    return [
        _said(objects, letters, page) for page in sorted(found, key=lambda page: list(objects.values()).index(page))
    ]


def _said(objects, letters, page):
    resources = objects[_reference(page, b"Resources")] if _reference(page, b"Resources") else page
    fonts = {name: letters[int(n)] for name, n in re.findall(rb"/(f\d+) (\d+) 0 R", resources) if int(n) in letters}
    content, said, font = _stream(objects[_reference(page, b"Contents")]), [], {}
    text = rb"(?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*"  # with brackets in it that are each other's
    token = rb"/(?P<font>f\d+) [\d.]+ Tf|\((?P<text>" + text + rb")\)|/ActualText<(?P<actual>[0-9A-F]+)>"
    for found in re.finditer(token, content, re.S):
        if found["font"]:
            font = fonts[found["font"]]
            said.append("\n")
        elif found["actual"] is not None:
            said.append(bytes.fromhex(found["actual"].decode()).decode("utf-16"))
        else:
            shown = _bytes(found["text"])
            said += [font.get(shown[i : i + 2], "") for i in range(0, len(shown), 2)]
    return "".join(said)


def _letters(objects, font):
    """What each letter of a font stands for."""
    table = _stream(objects[_reference(font, b"ToUnicode")])
    chars = {bytes.fromhex(a.decode()): b for a, b in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)}
    return {sign: bytes.fromhex(said.decode()).decode("utf-16-be") for sign, said in chars.items()}


def _reference(body, name):
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return int(found[1]) if found else 0


def _stream(body):
    return zlib.decompress(body.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0])


def _bytes(escaped):
    def sign(found):
        if found[1].isdigit():
            return bytes([int(found[1], 8)])
        return _ESCAPES.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", sign, escaped, flags=re.S)
