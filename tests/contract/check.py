#!/usr/bin/env python3
"""Compares what the end-to-end stories said to the sandbox's API, and what it answered, with the API's
published description (OpenAPI 3.1).

    check.py OPENAPI.yaml RECORDS

RECORDS is a folder of files as `stepup sandbox --record FILE` writes them. Every request that `stepup` sent has to
be of the described form, and so has every answer of 200; any other answer has to be a `google.rpc.Status`.
Members that the description does not know are faults too: neither side may invent any.
"""

import json
import pathlib
import re
import sys
from collections import Counter

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

# The name under which the references within the description are found.
DOCUMENT = "urn:description"

# A story adds a member of this name where it proves that `stepup` hands back what it does not know.
UNKNOWN_ON_PURPOSE = "future"

# A story has this policy in a row where it proves that a row that cannot be read hides no other.
ODD_ON_PURPOSE = ["none"]

# What the excerpt leaves out.
MORE = pathlib.Path(__file__).with_name("more.yaml")

STATUS = {
    "type": "object",
    "required": ["code", "message", "details"],
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "details": {"type": "array"},
    },
    "additionalProperties": False,
}

def closed(schema):
    """The same schema, in which an object has no members but those described."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    tight = {name: closed(value) for name, value in schema.items()}
    if isinstance(schema.get("$ref"), str):
        tight["$ref"] = DOCUMENT + schema["$ref"]
    if isinstance(schema.get("properties"), dict):
        tight.setdefault("type", "object")
        tight.setdefault("additionalProperties", False)
        tight["properties"].setdefault(UNKNOWN_ON_PURPOSE, True)
    return tight


class Description:
    def __init__(self, path):
        document, more = (yaml.safe_load(pathlib.Path(one).read_text()) for one in (path, MORE))
        for known, added in (
            (document["paths"], more["paths"]),
            (document["components"]["schemas"], more["components"]["schemas"]),
        ):
            # What the excerpt describes itself is not described twice.
            assert not known.keys() & added.keys(), known.keys() & added.keys()
            known.update(added)
        document = closed(document)
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self.registry = Registry().with_resource(DOCUMENT, resource)
        self.operations = []
        for template, methods in document["paths"].items():
            pattern = re.compile("^" + re.sub(r"\{[^}]*\}", "[^/]+", template) + "$")
            for method, operation in methods.items():
                if method in ("get", "post", "delete"):
                    self.operations.append((method.upper(), pattern, template, operation))

    def find(self, method, path):
        for known, pattern, template, operation in self.operations:
            if known == method and pattern.match(path):
                return template, operation
        return None, None

    def faults(self, schema, value):
        validator = Draft202012Validator(schema, registry=self.registry)
        for error in validator.iter_errors(value):
            error = best_match([error])
            where = "/".join(str(part) for part in error.absolute_path) or "the whole"
            where = re.sub(r"\b\d+\b", "*", where)
            yield f"{where}: {error.message[:160]}"


def body_of(part):
    return part.get("content", {}).get("application/json", {}).get("schema")


def check(description, line):
    """What is wrong with one exchange, each a sentence."""
    template, operation = description.find(line["method"], line["path"])
    ours = (line["agent"] or "").startswith("stepup/")
    status, answer = line["status"], line["answer"]
    if operation is None:
        if status == 200 and answer is not None:
            yield f"{line['method']} {line['path']}: not described, and answered"
        return
    name = f"{line['method']} {template}"
    request = body_of(operation.get("requestBody", {}))
    if ours and request is not None:
        for fault in description.faults(request, line["request"] or {}):
            yield f"{name}: request: {fault}"
    if answer is None:
        return
    schema = body_of(operation["responses"]["200"]) if status == 200 else STATUS
    if line["path"] == "/api/v1/search/tasks" and status == 200:
        rows = [row for row in answer.get("list") or [] if row["task"].get("policy") != ODD_ON_PURPOSE]
        answer = {**answer, "list": rows}
    for fault in description.faults(schema, answer):
        yield f"{name}: answer {status}: {fault}"


def main(openapi, records):
    description = Description(openapi)
    faults, covered, exchanges = Counter(), Counter(), 0
    for path in sorted(pathlib.Path(records).glob("*.jsonl")):
        for text in path.read_text().splitlines():
            line = json.loads(text)
            exchanges += 1
            template, _ = description.find(line["method"], line["path"])
            if template and line["status"] == 200:
                covered[f"{line['method']} {template}"] += 1
            faults.update(check(description, line))
    for fault, times in sorted(faults.items()):
        print(f"{times:6} x {fault}")
    for method, _, template, _ in description.operations:
        if f"{method} {template}" not in covered:
            print(f"never answered: {method} {template}")
    print(f"{exchanges} exchanges, {len(covered)} of {len(description.operations)} operations, {len(faults)} kinds of faults")
    if exchanges == 0:
        print("no exchange was recorded")
    return 1 if faults or exchanges == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
