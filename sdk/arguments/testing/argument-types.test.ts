import type * as pulumi from "@pulumi/pulumi";
import type { ComposeExecutionArgs, ComposeExecutionBaseArgs } from "../../args.generated";
import { ComposeExecution } from "../../compose-execution";

// The type checker compiles this file. Each line after `@ts-expect-error` must be an error. No test makes these calls.

declare const text: pulumi.Output<string>;

/** Calls that the types accept, and calls that they refuse. */
function calls(): void {
  new ComposeExecution("a", { composeFile: "compose.yaml" });
  new ComposeExecution("a", { composeFile: ["compose.yaml", "gpu.yaml"], timeout: 300 });
  new ComposeExecution("a", { composeFileCode: text });
  new ComposeExecution("a", { existingExecutionId: text });
  new ComposeExecution("a", { composeFile: "compose.yaml", existingExecutionId: "7d1f0b9c" });
  ComposeExecution.get("a", text);
  const args: ComposeExecutionArgs = { composeFile: "compose.yaml" };
  new ComposeExecution("a", args);
  new ComposeExecution("a", { ...args, timeout: 300 });

  // @ts-expect-error no arguments
  new ComposeExecution("a");
  // @ts-expect-error neither source
  new ComposeExecution("a", {});
  // @ts-expect-error neither source
  new ComposeExecution("a", { timeout: 300 });
  // @ts-expect-error both sources
  new ComposeExecution("a", { composeFile: "compose.yaml", composeFileCode: "services: {}" });
  // @ts-expect-error both sources, and a run to adopt
  new ComposeExecution("a", { composeFile: "a", composeFileCode: text, existingExecutionId: "7d1f0b9c" });
  // @ts-expect-error a path cannot be an output
  new ComposeExecution("a", { composeFile: text });
  // @ts-expect-error a misspelt argument
  new ComposeExecution("a", { composefile: "compose.yaml" });
  // @ts-expect-error an argument that does not exist
  new ComposeExecution("a", { composeFile: "compose.yaml", image: "busybox" });
  // @ts-expect-error a text in place of the arguments
  new ComposeExecution("a", "compose.yaml");
}

/** A component that passes its arguments on. */
interface TrainArgs extends ComposeExecutionBaseArgs {
  readonly composeFile: string;
}

/** Adds the arguments of a caller to its own. */
function withDefaults(more: Partial<ComposeExecutionBaseArgs> = {}): ComposeExecution {
  const defaults: ComposeExecutionBaseArgs = { timeout: 300 };
  return new ComposeExecution("train", { ...defaults, composeFile: "compose.yaml", ...more });
}

/** Passes the arguments of a component on to a run. */
function train(args: TrainArgs): ComposeExecution {
  return new ComposeExecution("train", { ...args, composeFile: args.composeFile });
}

test("the type checker accepts and refuses these calls", () => {
  expect([calls, train, withDefaults]).toHaveLength(3);
});
