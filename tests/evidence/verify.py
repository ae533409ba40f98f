#!/usr/bin/env python3
"""Verifies evidence (stepup.evidence/1) by docs/receipt.md, "To verify evidence", and nothing of stepup.

    verify.py KEYS FILE...

KEYS is a JWK set that is trusted. Each file holds a document, or a line each. Prints a line for each document, its
verdict first; ends with the exit code of the worst."""

import base64
import datetime
import hashlib
import json
import re
import sys

import rfc8785
from joserfc import jws
from joserfc.jwk import JWKRegistry

ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
CONSENT = {"approver", "client_id", "comment_sha256", "consented_at", "issuer", "requirement", "terms_sha256"}
EXIT = {"trusted": 0, "consistent": 3, "not-bound": 3, "bound-by-word": 3, "unsigned": 3, "malformed": 2, "does-not-hold": 5}
# What Okta may call a sign-in that was asked for IF_POSSIBLE.
IF_POSSIBLE = "urn:okta:loa:2fa:any:ifpossible"
MEETS_IF_POSSIBLE = {"urn:okta:loa:2fa:any", "urn:okta:loa:1fa:any", "urn:okta:loa:1fa:pwd"}
FACTS = {"target": "target", "attempt": "creation", "provider": "provider", "acr": "strength", "freshness": "age"}


class DoesNotHold(Exception):
    """A check that fails."""


def hold(truth, check, why):
    if not truth:
        raise DoesNotHold(f"{check}: {why}")


def once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands there twice")
    return members


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def decoded(text):
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise ValueError("it is not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def strings(claim):
    """The texts of a claim; one of another type counts as not there."""
    return claim if isinstance(claim, list) and all(isinstance(text, str) for text in claim) else []


def times(document, statement):
    """Whole seconds; anything else is no document."""
    found = (document["received_at"], document["key"]["fetched_at"], statement["consented_at"], document["terms"]["skew"])
    for time in found:
        if type(time) is not int or not 0 <= time < 253402300800:
            raise ValueError(f"{time!r} is no time in seconds")


def bound(document, statement, claims):
    receipt, shown = document["receipt"], {name: value for name, value in statement.items() if name not in CONSENT}
    hold({name: shown.get(name) for name in receipt["statement"]} == receipt["statement"], "receipt", "another statement")
    requirement = statement["requirement"]
    same = receipt["approver"]["user_id"] == statement["approver"] and receipt["ceremony"] == document["ceremony"]
    same = same and receipt["task"]["id"] == statement["task_id"] and receipt["task"]["title"] == statement["title"]
    same = same and receipt["task"]["policy_step_id"] == statement["policy_step_id"] and statement["action"] == "approve"
    same = same and all(receipt["requirement"][name] == requirement[name] for name in ("acr_values", "max_age"))
    hold(same, "receipt", "another approval than the statement's")
    hold(sha256(rfc8785.dumps(document["terms"])) == statement["terms_sha256"], "terms", "not those of the statement")
    if document["ceremony"] == "backchannel":
        return claims.get("authorization_details") is not None and "authorization_details" in document["terms"]
    salt = decoded(document["salt"])
    hold(len(salt) == 16, "commitment", "the salt has another length")
    nonce = encoded(hashlib.sha256(salt + rfc8785.dumps(statement)).digest())
    hold(claims.get("nonce") == nonce, "commitment", "the nonce is not the hash of salt and statement")
    return True


def depth(value):
    """How many lists and objects are in each other."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def granted(document, statement, claims):
    """What the provider was given to show, and granted: the statement, and whether it signed that."""
    kind, record = document["terms"].get("authorization_details"), document["receipt"].get("authorization_details")
    if kind is None:
        hold(record is None and "authorization_details" not in document, "granted", "nothing was given to be granted")
        return

    def compared(answer):
        one = isinstance(answer, list) and len(answer) == 1 and isinstance(answer[0], dict)
        hold(one, "granted", "it is not one object")
        hold(answer[0].get("type") == kind, "granted", "another type")
        hold(same_json(answer[0].get("statement"), statement), "granted", "another statement")
        added = {name: value for name, value in answer[0].items() if name not in ("type", "statement")}
        text = json.dumps(added, ensure_ascii=False, separators=(",", ":"))
        hold(len(text.encode()) <= 8192, "granted", "more than 8 KiB were added")
        hold(all(depth(value) <= 16 for value in added.values()), "granted", "what was added is nested too deep")
        return added

    added, signed = compared(document["authorization_details"]["answer"]), "authorization_details" in claims
    if signed:
        for name, value in compared(claims["authorization_details"]).items():
            hold(name in added and same_json(added[name], value), "granted", "the ID token adds what the answer does not")
    hold(same_json(record, {"type": kind, "added": added, "signed": signed}), "granted", "the receipt says something else")


def same_json(one, other):
    """Equal as JSON, where `true` is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def signed(document, header, trusted):
    """Whether a trusted key made the signature; the document's own has to."""
    token, published = document["id_token"], document["key"]
    alg, kid = header.get("alg"), header.get("kid")
    hold(alg in ALGORITHMS and alg in document["terms"]["algorithms"], "algorithm", f"{alg} is not accepted")
    hold("crit" not in header, "algorithm", "crit")
    hold(str(header.get("typ", "JWT")).upper() in ("JWT", "APPLICATION/JWT"), "algorithm", "typ")

    def made_by(jwk):
        if not jwk["kty"] in ("RSA", "EC", "OKP") or jwk.get("alg", alg) != alg:
            return False
        try:
            key = JWKRegistry.import_key(jwk)
            if jwk["kty"] == "RSA" and key.public_key.key_size < 2048:
                return False
            jws.deserialize_compact(token, key, algorithms=[alg])
            return True
        except Exception:  # a key that cannot be read verifies nothing
            return False

    own = published["jwk"]
    hold(JWKRegistry.import_key(own).thumbprint() == published["thumbprint"], "key", "another thumbprint")
    hold(kid in (None, own.get("kid")) and made_by(own), "signature", "not made by the key of the document")
    candidates = [jwk for jwk in trusted if kid in (None, jwk.get("kid"))]
    established = any(made_by(jwk) for jwk in candidates)
    hold(established or not candidates, "signer", "not the trusted key of this id")
    return established


def valid(document, statement, claims):
    now, skew, client = document["received_at"], document["terms"]["skew"], statement["client_id"]
    hold(claims.get("iss") == statement["issuer"], "issuer", claims.get("iss"))
    hold(claims.get("aud") in (client, [client]) and claims.get("azp", client) == client, "audience", claims.get("aud"))
    exp, iat = claims["exp"], claims["iat"]
    hold(exp > now - skew and claims.get("nbf", now) <= now + skew, "times", "not valid when it came")
    hold(statement["consented_at"] - skew <= iat <= now + skew, "times", "not issued between consent and arrival")


def enough(document, statement, claims):
    requirement, terms, at = statement["requirement"], document["terms"], claims.get("auth_time")
    now, skew, consented = document["received_at"], terms["skew"], statement["consented_at"]
    if requirement["acr_values"] and requirement["claim"] == "acrs":
        accepted = {value.lower() for value in requirement["acr_values"]}
        hold(accepted & {value.lower() for value in strings(claims.get("acrs"))}, "acr", claims.get("acrs"))
    elif requirement["acr_values"]:
        acr, accepted = claims.get("acr"), requirement["acr_values"] + terms["stronger"]
        hold(acr != "0" and acr in accepted, "acr", acr)
    hold(set(terms["amr"]) <= set(strings(claims.get("amr"))), "amr", claims.get("amr"))
    hold(at is None or at <= now + skew, "freshness", "in the future")
    each_time = requirement["freshness"] == "each-time" or requirement["max_age"] == 0
    if each_time or requirement["max_age"] is not None:
        hold(at, "freshness", "no auth_time")
        hold(not each_time or at >= consented - min(skew, 60), "freshness", "before the consent")
        hold(not each_time or claims["iat"] - at <= max(now - consented, 0) + 1, "freshness", "by the provider's own clock")
        hold(not requirement["max_age"] or now - at - skew <= requirement["max_age"], "freshness", "too old")


def person(document, claims):
    rule, receipt, said = document["terms"]["person"], document["receipt"], claims
    name = rule["claim"]
    if name == "none" or rule["expected"] is None:
        hold(receipt["subject"] == ("not-compared" if name == "none" else "left-to-the-api"), "person", receipt["subject"])
    else:
        userinfo = document.get("userinfo", {}).get("claims", {})
        hold(userinfo.get("sub", claims["sub"]) == claims["sub"], "person", "UserInfo is about somebody else")
        if not claims.get(name):
            said = userinfo
        fold = str.lower if name == "email" else str
        hold(fold(said.get(name) or "") == fold(rule["expected"]), "person", said.get(name))
        verified = name != "email" or said.get("email_verified", True) in (True, "true")
        hold(verified or rule["accept_unverified_email"], "person", "the address is not verified")
        hold(receipt["subject"] == "same", "person", receipt["subject"])
    proof = receipt["proof"]
    facts = {"issuer": "iss", "subject": "sub", "acr": "acr", "auth_time": "auth_time"}
    same = all(proof[own] == claims.get(other) for own, other in facts.items())
    same = same and all(proof.get(name, []) == strings(claims.get(name)) for name in ("amr", "acrs"))
    hold(same, "proof", "the receipt says something else than the ID token")


def seconds(text):
    return datetime.datetime.fromisoformat(text).timestamp()


def shown(document):
    """What the API showed of a hosted approval: whether it agrees with itself and was enough. Nobody signed it."""
    receipt, api = document["receipt"], document["api"]
    statement, own, task = receipt["statement"], receipt["transaction"], receipt["task"]
    same = task["id"] == statement["task_id"] and task["policy_step_id"] == statement["policy_step_id"]
    same = same and statement["action"] == "approve"
    same = same and task["title"] == statement["title"] and task["numeric_id"] in ("", statement["task_number"])
    same = same and receipt["requirement"]["acr_values"] == api["provider"]["values"]
    hold(same and not {"without-step-up", "other-step-up"} & set(receipt["caveats"]), "receipt", "of something else")
    found, history, event = api["transaction"], api["history"], api["audit_event"]
    if found is None:
        hold(receipt["proof"] is None, "proof", "the API showed none")
    else:
        hold(own["id"] == found["id"], "transaction", "another")
        hold(found["state"] == "verified" and found["user_id"] == receipt["approver"]["user_id"], "person", found["user_id"])
        judged(receipt, api, found)
    if history is None:
        hold(not own["in_history"], "history", "not shown")
    else:
        hold(history["id"] == task["policy_step_id"], "history", "another step")
        hold(history["approved_by"] == receipt["approver"]["user_id"], "history", "not approved by the approver")
        hold(own["in_history"] == (history["step_up_transaction_id"] == own["id"]), "history", "another transaction")
    hold(own["audit_event"] == (event and event["id"]), "audit", "another event")
    hold(not event or event["user_id"] in ("", receipt["approver"]["user_id"]), "audit", "another person")


def judged(receipt, api, found):
    """The transaction, by what the step required; what the API does not show has to stand in the receipt."""
    provider, claims, target = api["provider"], found["claims"], found["target"]
    left = set()
    hold(target and target["task_id"] == receipt["task"]["id"], "target", "another task")
    if target["policy_step_id"] != receipt["task"]["policy_step_id"]:
        left.add("target")
    if None in (api["began"], found["created_at"]):
        left.add("attempt")
    else:
        hold(seconds(found["created_at"]) >= seconds(api["began"]) - 60, "attempt", "from before it")
    if not provider["id"] or not found["provider_id"]:
        left.add("provider")
    else:
        hold(provider["id"] == found["provider_id"], "provider", "another")
    accepts, at, began = provider["accepts"], claims["auth_time"], api["began"] or found["created_at"]
    got = claims["acrs" if accepts == "contexts" else "acr"]
    if accepts == "unknown" or accepts in ("acr", "contexts") and got is None:
        left.add("acr")
    elif accepts == "acr":
        hold(got in provider["values"] or IF_POSSIBLE in provider["values"] and got in MEETS_IF_POSSIBLE, "acr", got)
    elif accepts == "contexts":
        hold({one.lower() for one in got} & {one.lower() for one in provider["values"]}, "acr", got)
    if at is None or began is None:
        left.add("freshness")
    else:
        hold(seconds(began) - api["clock_ahead"] - at <= 61, "freshness", "an old sign-in")
        hold(at <= api["read_at"] + 300, "freshness", "in the future")
    unsaid = {name for name in left if FACTS[name] not in receipt["transaction"]["left_to_the_api"]}
    hold(not unsaid, ", ".join(sorted(unsaid)), "the receipt does not say that it was left to the API")
    proof = receipt["proof"]
    hold(proof is None or proof["acr"] == claims["acr"] and proof["auth_time"] == at, "proof", "not what the API showed")


def verify(text, trusted):
    try:
        document = json.loads(text, object_pairs_hook=once)
        if document["schema"] != "stepup.evidence/1":
            raise ValueError(f"schema {document['schema']}")
        if document["ceremony"] == "hosted":
            shown(document)
            return "unsigned", "the API's word alone"
        statement = document["statement"]
        times(document, statement)
        header, claims = (json.loads(decoded(part), object_pairs_hook=once) for part in document["id_token"].split(".")[:2])
        committed = bound(document, statement, claims)
        granted(document, statement, claims)
        valid(document, statement, claims)
        established = signed(document, header, trusted)
        enough(document, statement, claims)
        person(document, claims)
    except DoesNotHold as failed:
        return "does-not-hold", str(failed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return "malformed", f"{type(error).__name__} {error}"
    if not established:
        return "consistent", "signer not established"
    unsigned = "bound-by-word" if "authorization_details" in document else "not-bound"
    return ("trusted" if committed else unsigned), f"task {document['receipt']['task']['numeric_id']}"


def main():
    with open(sys.argv[1], encoding="utf-8") as keys:
        trusted = json.load(keys)["keys"]
    worst = 0
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            documents = [line for line in file if line.strip()]
        for number, text in enumerate(documents, 1):
            verdict, why = verify(text, trusted)
            worst = max(worst, EXIT[verdict])
            print(f"{verdict}: {name}:{number}: {why}")
    sys.exit(worst)


if __name__ == "__main__":
    main()
