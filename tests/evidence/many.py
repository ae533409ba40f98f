#!/usr/bin/env python3
"""Makes as much evidence as is asked for, by a provider of its own, and measures a verifier's run over it.

    many.py FOLDER COUNT             writes FOLDER/evidence.jsonl and FOLDER/keys.json
    many.py FOLDER COUNT STEPUP      and verifies a tenth of them and all of them with the program STEPUP: says how long that
                                     took and the most memory that it had, and fails unless memory is flat

Each document has a task, a statement, a salt and an ID token of its own (RS256, 2048 bits: what most providers use)."""

import hashlib
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import rfc8785
from joserfc import jws
from joserfc.jwk import RSAKey

import verify

ISSUER, CLIENT, CONSENTED = "https://idp.example", "stepup", 1_700_000_000
# For ten times as many documents: more memory than this, KiB, would be memory that grows with them.
FLAT = 2048


def shown(number):
    return {
        "schema": "stepup.statement/1", "api": "https://api.example", "task_id": f"task-{number}",
        "task_number": str(number), "policy_step_id": f"step-{number}", "action": "approve", "type": "grant",
        "title": f"Grant prod-admin on AWS to person {number}", "app": {"id": "app", "name": "AWS"},
        "entitlement": {"id": "admin", "name": "prod-admin"}, "account": f"account-{number}", "subject": f"user-{number}",
        "requester": "bob", "duration": {"seconds": 28800}, "emergency": False,
        "reason_sha256": verify.sha256(f"INC-{number}".encode()),
    }


def document(number, key):
    at = CONSENTED + 60 * number
    terms = {
        "algorithms": ["RS256"], "amr": ["hwk"], "skew": 60, "stronger": [], "weak": [],
        "person": {"claim": "email", "expected": "mira@acme.example", "accept_unverified_email": False},
    }
    requirement = {"acr_values": ["phr"], "claim": "acr", "freshness": "each-time", "max_age": 300}
    statement = shown(number) | {
        "approver": "mira", "client_id": CLIENT, "issuer": ISSUER, "consented_at": at, "requirement": requirement,
        "comment_sha256": verify.sha256(b""), "terms_sha256": verify.sha256(rfc8785.dumps(terms)),
    }
    salt = os.urandom(16)
    claims = {
        "iss": ISSUER, "aud": CLIENT, "sub": "sub-mira", "acr": "phr", "amr": ["hwk", "user"], "email": "mira@acme.example",
        "email_verified": True, "auth_time": at + 20, "iat": at + 30, "exp": at + 330,
        "nonce": verify.encoded(hashlib.sha256(salt + rfc8785.dumps(statement)).digest()),
    }
    proof = {"issuer": ISSUER, "subject": "sub-mira", "acr": "phr", "amr": ["hwk", "user"], "auth_time": at + 20, "uses": 1}
    receipt = {
        "schema": "stepup.receipt/2", "outcome": "approved", "statement": shown(number), "context_sha256": verify.sha256(b"{}"),
        "task": {name: statement[other] for name, other in (
            ("id", "task_id"), ("numeric_id", "task_number"), ("title", "title"), ("policy_step_id", "policy_step_id"))},
        "approver": {"user_id": "mira"}, "ceremony": "local", "subject": "same", "caveats": [], "proof": proof,
        "requirement": {"provider": "idp", "acr_values": ["phr"], "max_age": 300},
        "approval": {"ticket_action_id": f"action-{number}", "confirmed": True}, "task_state": "closed",
    }
    header = {"alg": "RS256", "kid": "1", "typ": "JWT"}
    return {
        "schema": "stepup.evidence/1", "stepup": "0.1.0", "ceremony": "local", "receipt": receipt, "statement": statement,
        "terms": terms, "salt": verify.encoded(salt), "received_at": at + 31,
        "id_token": jws.serialize_compact(header, json.dumps(claims), key, algorithms=["RS256"]),
        "key": {
            "jwk": public(key), "thumbprint": key.thumbprint(), "jwks_uri": f"{ISSUER}/keys", "fetched_at": at - 5,
        },
    }


def public(key):
    return key.as_dict(private=False) | {"kid": "1", "use": "sig", "alg": "RS256"}


def write(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    key = RSAKey.generate_key(2048)
    (folder / "keys.json").write_text(json.dumps({"keys": [public(key)]}), encoding="utf-8")
    with open(folder / "evidence.jsonl", "w", encoding="utf-8") as lines:
        for number in range(1, count + 1):
            lines.write(json.dumps(document(number, key)) + "\n")


def measured(program, folder, count):
    """The most KiB that it takes to verify so many of them, from a pipe (on Linux); prints the time, too."""
    command = [program, "receipt", "verify", "--file", "-", "--jwks", folder / "keys.json", "-o", "json"]
    began = time.monotonic()
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with open(folder / "evidence.jsonl", "rb") as lines:
        for line in itertools.islice(lines, count):
            run.stdin.write(line)
    run.stdin.flush()
    # It waits for more. What the system says of it when it has ended counts the memory of this program, too.
    status = pathlib.Path(f"/proc/{run.pid}/status").read_text(encoding="utf-8")
    memory = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
    run.stdin.close()
    verdicts = json.loads(run.stdout.read())["verdicts"]
    _, status, used = os.wait4(run.pid, 0)
    seconds = time.monotonic() - began
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode != 0 or verdicts["trusted"] != count:
        sys.exit(f"exit code {run.returncode}: {verdicts}")
    # The processor's time beside that of the clock: others may be at work.
    processor = used.ru_utime + used.ru_stime
    print(f"{count} documents: {seconds:.2f} s ({processor:.2f} s of the processor), {memory} KiB")
    return memory


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    write(folder, count)
    for program in sys.argv[3:]:
        small, large = (measured(program, folder, number) for number in (count // 10, count))
        if large > small + FLAT:
            sys.exit("memory grows with the number of documents")


if __name__ == "__main__":
    main()
