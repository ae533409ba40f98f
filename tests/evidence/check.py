#!/usr/bin/env python3
"""Runs the verifier over the evidence that the stories left: FOLDER/STORY/*.json, with that story's keys.jwks. Each is
trusted (or, without a nonce, not bound, unless the provider was given the statement; or the API's word, which nobody signed),
and with one letter changed it does not hold. Of what the provider was given that is so for every member."""

import json
import pathlib
import sys

import verify

GOOD = {"local": "trusted", "hosted": "unsigned"}


def good(document):
    """What stepup says of such a document."""
    if document["ceremony"] != "backchannel":
        return GOOD[document["ceremony"]]
    details = document["receipt"].get("authorization_details")
    if details is None:
        return "not-bound"
    return "trusted" if details["signed"] else "bound-by-word"


def every_letter(document, trusted):
    """Members of the granted statement that can be changed without a notice."""
    unnoticed = []
    for name in document.get("authorization_details", {}).get("answer", [{}])[0].get("statement", {}):
        changed = json.loads(json.dumps(document))
        statement = changed["authorization_details"]["answer"][0]["statement"]
        statement[name] = f"{statement[name]}x"
        if verify.verify(json.dumps(changed), trusted)[0] != "does-not-hold":
            unnoticed.append(name)
    return unnoticed


def main():
    counted, failed = 0, 0
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*/*.json")):
        text = file.read_text(encoding="utf-8")
        document = json.loads(text)
        ceremony = document["ceremony"]
        trusted = []
        if ceremony != "hosted":
            trusted = json.loads((file.parent / "keys.jwks").read_text(encoding="utf-8"))["keys"]
        verdict, why = verify.verify(text, trusted)
        document.get("statement", document["receipt"]["task"])["title"] += "x"
        changed, _ = verify.verify(json.dumps(document), trusted)
        counted += 1
        # The API approved with no step-up, or with another one: the receipt says so, and such evidence holds nowhere.
        alarm = {"without-step-up", "other-step-up"} & set(document["receipt"]["caveats"])
        wanted = "does-not-hold" if alarm else good(json.loads(text))
        unnoticed = every_letter(json.loads(text), trusted)
        if verdict != wanted or changed != "does-not-hold" or unnoticed:
            failed += 1
            print(f"{file}: {verdict}: {why}; changed: {changed}; unnoticed: {unnoticed}")
    print(f"{counted} documents, {failed} of them judged otherwise than by stepup")
    sys.exit(1 if failed or not counted else 0)


if __name__ == "__main__":
    main()
