import { flag, integerOrNull, listOf, numberOrNull, oneOf, text, textOrNull, texts } from "./field-schemas";
import type { Schema, ValueOf } from "./json-schema";

const name = text("The name of the resource");
const urn = text("The URN of the resource");

/** The result of a step. */
const result = oneOf(
  "How far the step got. `planned`: nothing was done, because the command only previews or was refused. `not finished`: the command ended before",
  ["planned", "done", "failed", "not finished"],
);

const DIAGNOSTIC = {
  code: text("The code, such as `LYC2105`"),
  severity: oneOf("Its severity", ["error", "warning"]),
  message: text("What is wrong"),
  file: textOrNull(
    "The file, relative to the folder in which the command runs; `composeFileCode` for a document in the program",
  ),
  line: integerOrNull("The line, from 1"),
  column: integerOrNull("The column, from 1"),
  remedy: text("What to do"),
  executions: texts("Names of the executions that have reported it; empty for a violation, whose message names them"),
} as const;

/**
 * The schema of the output of `--json`. This schema is the only definition of the report: the type `Report`, the file
 * `docs/reference/ci.schema.json` and the table in `docs/reference/ci.md` are made from it.
 */
export const REPORT_SCHEMA = {
  description:
    "What a command `pulumi-lyceum ci` writes with `--json`. Every field is always there. Later versions of the package may add fields to version 1.",
  type: "object",
  properties: {
    version: { description: "The version of this format", const: 1 },
    command: oneOf("The command", ["preview", "apply", "drift", "destroy"]),
    previewOnly: flag(
      "Whether the command only shows what it would do: `preview`, `drift` and `destroy --preview-only`",
    ),
    project: text("The name of the project; empty if it could not be read"),
    stack: text("The name of the stack"),
    result: oneOf("How the command ended, see above", [
      "succeeded",
      "failed",
      "refused",
      "beyond review",
      "drift",
      "locked",
      "stopped",
    ]),
    executions: listOf("The executions, and what happens to each. `drift` does nothing, so it has none", {
      name,
      urn,
      action: oneOf("What happens. `adopt`: it gets the run that `existingExecutionId` names", [
        "start",
        "adopt",
        "replace",
        "update",
        "delete",
        "keep",
      ]),
      result,
      reasons: texts("The reasons of a planned action"),
      executionId: textOrNull("Its run: the one that the state has after the command, or the one that was deleted"),
      aborts: textOrNull("The run that a planned action aborts, if it is still active then"),
      status: textOrNull("The recorded status of the run"),
      returnCode: integerOrNull("The recorded exit code of the run"),
      failedService: textOrNull("The service that failed"),
      waitFor: textOrNull("Its `waitFor`; null if it is secret or not known"),
      hasNotSucceeded: flag('Whether it has `waitFor: "completed"` and its run has not succeeded'),
      executionType: textOrNull("The machine of a planned run"),
      timeout: numberOrNull("The timeout of a planned run, in seconds"),
      costBound: numberOrNull("What a planned run costs at most; null if its price is not known"),
    }),
    resources: listOf("What happens to all other resources", {
      name,
      urn,
      type: text("The type of the resource"),
      action: text(
        "What happens: `create`, `update`, `replace`, `delete`, `discard`, `import`, `read`, `refresh`, or another operation of Pulumi",
      ),
      properties: texts("Names of the properties that change. In a replacement, only those that require it"),
      changes: listOf("The values that change in an update or a replacement", {
        path: text("The path of the value, such as `tags.team`"),
        from: textOrNull("The old value; `[secret]` if it is secret, cut if it is long, null if there is none"),
        to: textOrNull("The new value"),
      }),
      result,
    }),
    counts: {
      description: "The number of resources for each operation, as Pulumi counts them, with executions and providers",
      type: "object",
      additionalProperties: { type: "integer" },
    },
    cost: {
      description: "What all planned runs cost at most; null if nothing is planned",
      type: ["object", "null"],
      properties: {
        amount: { description: "The sum, in the currency of the account", type: "number" },
        unknown: texts("Names of the executions whose price is not known"),
      },
    },
    diagnostics: listOf("Diagnostics of Compose documents", DIAGNOSTIC),
    violations: listOf(
      "What the policy does not allow, and its warnings. With an error, `result` is `refused`",
      DIAGNOSTIC,
    ),
    unknownImages: texts("Executions with an image that the policy cannot check yet"),
    differences: listOf("What `apply --reviewed` would do beyond the review. Then `result` is `beyond review`", {
      name,
      urn,
      type: text("The type of the resource"),
      what: text("What differs: `action`, `run`, `resource`, `provider`, or the path of a value"),
      reviewed: text("What was reviewed"),
      planned: text("What is planned"),
    }),
    notReviewed: texts(
      "With `preview --save`: values that are not known before the update, so that nobody can review them",
    ),
    pending: listOf("Operations that a killed command left, and that this command did not settle", {
      operation: text("The operation, such as `creating`"),
      urn,
      type: text("The type of the resource"),
      reason: textOrNull("Why this one is not settled; null if the others are the reason"),
    }),
    unrecordedRuns: listOf("Runs of the stack that its state does not have. The command has not ended them", {
      executionId: text("The run"),
      status: text("Its status"),
      isActive: flag("Whether it has not ended"),
      label: text("Its label, which is the name of the resource by default"),
      urn: textOrNull("The URN of the interrupted create that has started it; null if it is not known"),
      abort: textOrNull("The command that ends the run; null if it has ended"),
    }),
    drift: listOf("What `drift` has found: a row for each execution, and for each other resource that was changed", {
      name,
      urn,
      kind: oneOf("What became of the resource, see above", [
        "active",
        "ended as expected",
        "ended at its timeout",
        "failed",
        "aborted elsewhere",
        "lost",
        "forgotten",
        "changed outside",
        "deleted outside",
        "not known",
      ]),
      section: oneOf("`drift`: it changed since the state was written. `known`: the state already records it", [
        "drift",
        "known",
        "none",
        "error",
      ]),
      executionId: textOrNull("The recorded run of an execution"),
      recorded: textOrNull("The recorded status"),
      observed: textOrNull("The observed status"),
      returnCode: integerOrNull("The observed exit code"),
      reason: textOrNull("Why it is not known what became of the resource"),
    }),
    messages: listOf("Warnings and errors that are not diagnostics", {
      severity: oneOf("Its severity", ["error", "warning"]),
      name: text("The name of the resource; empty if there is none"),
      text: text("The message"),
    }),
    output: texts("The last lines that Pulumi printed, if it failed and reported no error"),
  },
} as const satisfies Schema;

/** What a command writes with `--json`. */
export type Report = ValueOf<typeof REPORT_SCHEMA>;
