#!/usr/bin/env python3
"""C1's own Python SDK against `stepup sandbox --tls`: whether a strict client of C1's takes the sandbox's answers, and the
sandbox its requests.

    official.py STEPUP

Everything that an approver does there: who I am, search, read, comment, approve, approve with step-up (both legs, with the
built-in user at the API's page between them), deny; policies and step-up providers are read and made. The SDK
signs nobody in, so it gets the credential that `stepup` has.
"""

import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile

import httpx
from conductorone_sdk import SDK
from conductorone_sdk.models import errors, shared


class Sandbox:
    """A sandbox with TLS, whose API runs the ceremony itself, as C1's does."""

    def __init__(self, program, home):
        self.program = program
        self.environment = {"HOME": home, "TMPDIR": home, "PATH": os.environ["PATH"]}
        words = [program, "sandbox", "--tls", "-o", "json", "--set", "ceremony=hosted"]
        self.child = subprocess.Popen(words, env=self.environment, stdout=subprocess.PIPE)
        self.info = json.loads(self.child.stdout.readline())
        self.tasks = {task["numeric_id"]: task["id"] for task in self.info["tasks"]}

    def credential(self):
        kept = json.loads((pathlib.Path(self.info["config"]) / "credentials.json").read_text())
        return next(value for name, value in kept.items() if name.startswith("api/sandbox@"))

    def sign_in(self, url):
        environment = self.environment | {"SSL_CERT_FILE": self.info["ca_file"]}
        subprocess.run([self.program, "sandbox", "sign-in", "--with", "key", url], env=environment, check=True)


class Approver:
    """What an approver's program does with the SDK."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        # The SDK sends one of the two as it is.
        credential = f"Bearer {sandbox.credential()}"
        self.sdk = SDK(
            security=shared.Security(bearer_auth=credential, oauth=credential),
            server_url=sandbox.info["api_url"],
            client=httpx.Client(verify=ssl.create_default_context(cafile=sandbox.info["ca_file"])),
        )
        self.user_id = self.sdk.auth.introspect().introspect_response.user_id

    def task(self, number):
        answer = self.sdk.task.get(request={"id": self.sandbox.tasks[number]})
        return answer.task_service_get_response.task_view.task

    def step(self, number):
        return self.task(number).policy_instance.policy_step_instance.id

    def act(self, action, number, **body):
        """One of the actions, on the current step; `comment` is for the task as a whole."""
        if action != "comment":
            body["policy_step_id"] = self.step(number)
        request = {"task_id": self.sandbox.tasks[number], f"task_actions_service_{action}_request": body}
        answer = getattr(self.sdk.task_actions, action)(request=request)
        return getattr(answer, f"task_actions_service_{action}_response")

    def transactions(self, number):
        request = {"task_id": self.sandbox.tasks[number], "target_type": "TARGET_TYPE_TICKET"}
        answer = self.sdk.step_up_transaction.search(request=request)
        return answer.search_step_up_transactions_response.list


def reads(approver):
    request = {"my_work_user_ids": [approver.user_id], "task_states": ["TASK_STATE_OPEN"], "page_size": 10}
    found = approver.sdk.task_search.search(request=request).task_search_response.list
    numbers = {view.task.numeric_id for view in found}
    assert {"4211", "4212", "4213"} <= {str(number) for number in numbers}, numbers
    for number in approver.sandbox.tasks:
        assert approver.task(number).id == approver.sandbox.tasks[number]
    user = approver.sdk.user.get(request={"id": approver.user_id}).user_service_get_response.user_view.user
    assert user.id == approver.user_id
    policies = approver.sdk.policies.list(request={}).list_policy_response.list
    assert policies
    one = approver.sdk.policies.get(request={"id": policies[0].id}).get_policy_response.policy
    assert one.id == policies[0].id
    providers = approver.sdk.step_up_provider.list().list_step_up_providers_response.list
    assert providers


def plain(approver):
    assert approver.act("comment", "4212", comment="seen").task_view
    assert approver.act("approve", "4212", comment="fine").ticket_action_id
    assert closed(approver, "4212", "GRANTED")


def denied(approver):
    assert approver.act("deny", "4218", comment="not now").ticket_action_id
    assert closed(approver, "4218", "DENIED")


def step_up(approver):
    """Both legs, as docs/c1.md section 4.2 has them."""
    try:
        approver.act("approve", "4211")
        raise AssertionError("a step that requires step-up was approved without it")
    except errors.SDKError as error:
        assert error.status_code in (400, 403), error
    assert approver.task("4211").state == "TASK_STATE_OPEN"
    first = approver.act("approve_with_step_up", "4211", step_up_transaction_id="")
    assert first.redirect_url and approver.task("4211").state == "TASK_STATE_OPEN"
    approver.sandbox.sign_in(first.redirect_url)
    [transaction] = [one for one in approver.transactions("4211") if one.state == "STEP_UP_TRANSACTION_STATE_VERIFIED"]
    second = approver.act("approve_with_step_up", "4211", step_up_transaction_id=transaction.id)
    assert second.ticket_action_id
    assert closed(approver, "4211", "GRANTED")


def administers(approver):
    """A provider, a policy that requires it, and the policy as it is read again."""
    request = {
        "display_name": "Official",
        "issuer_url": approver.sandbox.info["issuer"],
        "client_id": "c1",
        "client_secret": "s",
        "step_up_o_auth2_settings": {"acr_values": ["phr"]},
    }
    made = approver.sdk.step_up_provider.create(request=request).create_step_up_provider_response
    provider = made.step_up_provider.id
    approval = {"user_approval": {"user_ids": [approver.user_id]}, "requires_step_up_provider_id": provider}
    request = {
        "display_name": "Official",
        "policy_type": "POLICY_TYPE_GRANT",
        "policy_steps": {"grant": {"steps": [{"approval": approval}]}},
    }
    policy = approver.sdk.policies.create(request=request).create_policy_response.policy
    read = approver.sdk.policies.get(request={"id": policy.id}).get_policy_response.policy
    [step] = read.policy_steps["grant"].steps
    assert step.approval.requires_step_up_provider_id == provider


def closed(approver, number, outcome):
    task = approver.task(number)
    return task.state == "TASK_STATE_CLOSED" and outcome in str(task.task_type)


def main(program):
    with tempfile.TemporaryDirectory() as home:
        sandbox = Sandbox(str(pathlib.Path(program).resolve()), home)
        try:
            approver = Approver(sandbox)
            for walk in (reads, plain, denied, step_up, administers):
                walk(approver)
                print(f"ok: {walk.__name__}")
        finally:
            sandbox.child.terminate()
            sandbox.child.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
