import pulumi
import pulumi_lyceum as lyceum

# One short run of a Compose project. `up` is done when it has completed with success.
hello = lyceum.ComposeExecution(
    "hello",
    compose_file="compose.yaml",
    execution_type="cpu",
    timeout=60,
    wait_for=lyceum.WaitFor.COMPLETED,
    # `pulumi up --replace` would otherwise adopt the run instead of starting a new one.
    opts=pulumi.ResourceOptions(delete_before_replace=True),
)

pulumi.export("executionId", hello.execution_id)
pulumi.export("status", hello.status)
pulumi.export("returnCode", hello.return_code)
