package main

import (
	"github.com/pulumi-lyceum/pulumi-lyceum/sdk/go/lyceum"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		hello, err := lyceum.NewComposeExecution(ctx, "hello", &lyceum.ComposeExecutionArgs{
			ComposeFile: "compose.yaml",
			WaitFor:     lyceum.WaitForCompleted,
		})
		if err != nil {
			return err
		}
		ctx.Export("executionId", hello.ExecutionId)
		ctx.Export("status", hello.Status)
		ctx.Export("returnCode", hello.ReturnCode)
		return nil
	})
}
