"""The official schemas and examples, which are beside the project and never in it."""

import json
import re
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.conftest import ROOT

FOLDER = ROOT.parent / "shared" / "sources" / "organisations" / "oruk_hsds"
SCHEMAS = FOLDER / "uk_profile_v3" / "schema"
EXAMPLES = FOLDER / "uk_profile_v3" / "examples"

needed = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the official schemas are not at ../shared/sources: nothing to compare with"
)

_PART = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_URI = re.compile(rf"https?://[A-Za-z0-9._~-]+(:\d+)?(/{_PART}*)*(\?({_PART}|[/?])*)?(#({_PART}|[/?])*)?")
_MAILBOX = re.compile(r"[\w+'-]+(\.[\w+'-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9-]+)+", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

CHECKER = FormatChecker()
# The library checks no "uri" without an extra, and of an email address only that it has an @.
for _name, _shape in (("uri", _URI), ("email", _MAILBOX), ("uuid", _UUID)):
    CHECKER.checks(_name)(lambda text, shape=_shape: not isinstance(text, str) or shape.fullmatch(text) is not None)


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))


@cache
def validators() -> dict[str, list[Draft202012Validator]]:
    """By list of a page, what each of its elements must satisfy."""
    held = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    compiled = json.loads((SCHEMAS / "compiled" / "service.json").read_text(encoding="utf-8"))
    # The files of these three are not published singly; the compiled schema holds them.
    slots = compiled["properties"]
    held["funding.json"] = slots["funding"]["items"]
    held["contact.json"] = slots["contacts"]["items"]
    held["organization_identifier.json"] = slots["organization"]["properties"]["organization_identifiers"]["items"]
    registry = Registry().with_resources((name, DRAFT202012.create_resource(schema)) for name, schema in held.items())

    def single(name: str) -> Draft202012Validator:
        return Draft202012Validator({"$ref": name}, registry=registry, format_checker=CHECKER)

    return {
        "contents": [single("service.json"), Draft202012Validator(compiled, format_checker=CHECKER)],
        "organizations": [single("organization.json")],
        "locations": [single("location.json")],
    }


def complaints(page: dict[str, Any]) -> list[str]:
    """What the schemas have against a page that was sent out: nothing, if it is right."""
    return [
        f"{name} {number}: {error.json_path}: {error.message}"
        for name, checks in validators().items()
        for number, each in enumerate(page[name], start=1)
        for check in checks
        for error in check.iter_errors(each)
    ]
