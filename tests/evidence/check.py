#!/usr/bin/env python3
"""Runs the verifier over the evidence that the stories left: FOLDER/STORY/*.json, with that story's keys.jwks. Each is
trusted (or, without a nonce, not bound; or the API's word, which nobody signed), and with one letter changed it does not
hold."""

import json
import pathlib
import sys

import verify

GOOD = {"local": "trusted", "backchannel": "not-bound", "hosted": "unsigned"}


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
        wanted = "does-not-hold" if alarm else GOOD[ceremony]
        if verdict != wanted or changed != "does-not-hold":
            failed += 1
            print(f"{file}: {verdict}: {why}; changed: {changed}")
    print(f"{counted} documents, {failed} of them judged otherwise than by stepup")
    sys.exit(1 if failed or not counted else 0)


if __name__ == "__main__":
    main()
