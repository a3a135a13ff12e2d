"""One run after another, with registry credentials from the stack's configuration."""

import pulumi
import pulumi_lyceum as lyceum

config = pulumi.Config()
# `pulumi up --replace` would otherwise adopt the run instead of starting a new one.
options = pulumi.ResourceOptions(delete_before_replace=True)

# Has to succeed before anything that depends on it is created.
prepare = lyceum.ComposeExecution(
    "prepare",
    compose_file="prepare.yaml",
    wait_for=lyceum.WaitFor.COMPLETED,
    opts=options,
)

# A function of the provider: the run as Lyceum reports it.
finished = lyceum.get_execution_output(execution_id=prepare.execution_id)


def training(prepared: str) -> str:
    """The Compose text may contain outputs."""
    return f"""
services:
  train:
    image: busybox:stable
    command: ["sh", "-c", "echo Training after {prepared}; sleep 300"]
x-lyceum-sim: {{run: 300}}
"""


# This run only has to be running.
train = lyceum.ComposeExecution(
    "train",
    compose_file_code=prepare.execution_id.apply(training),
    timeout=600,
    graceful_timeout=30,
    registry_credentials=lyceum.BasicRegistryCredentialsArgs(
        type="basic",
        username=config.require("registryUser"),
        password=config.require_secret("registryPassword"),
    ),
    triggers=[config.get("dataset") or "v1"],
    opts=options,
)

pulumi.export("prepared", finished.status)
pulumi.export("training", train.execution_id)
