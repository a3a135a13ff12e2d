import { flag, integerOrNull, listOf, numberOrNull, oneOf, text, textOrNull, texts } from "./field-schemas";
import type { Schema, ValueOf } from "./json-schema";

const name = text("The name of the resource");
const urn = text("The URN of the resource");

const result = oneOf(
  "The result of the step. `planned`: the command only previewed the step, or was refused. `not finished`: the command ended before the step did",
  ["planned", "done", "failed", "not finished"],
);

const DIAGNOSTIC = {
  code: text("The code, such as `LYC2105`"),
  severity: oneOf("The severity of the diagnostic", ["error", "warning"]),
  message: text("The problem"),
  file: textOrNull(
    "The file with the problem, relative to the folder in which the command runs. `composeFileCode` for a document that is part of the program",
  ),
  line: integerOrNull("The number of the line. The first line is 1"),
  column: integerOrNull("The number of the column. The first column is 1"),
  remedy: text("How to correct the problem"),
  executions: texts(
    "Names of the executions with this diagnostic. Empty for a violation, because its message contains the names",
  ),
} as const;

/**
 * The schema of the output of `--json`. This schema is the only definition of the report: the type `Report`, the file
 * `docs/reference/ci.schema.json` and the table in `docs/reference/ci.md` are made from it.
 */
export const REPORT_SCHEMA = {
  description:
    "The output of a command `pulumi-lyceum ci` with `--json`. Every report has every field. Later versions of the package may add fields to version 1.",
  type: "object",
  properties: {
    version: { description: "The version of this format", const: 1 },
    command: oneOf("The command", ["preview", "apply", "drift", "destroy"]),
    previewOnly: flag("Whether the command changes nothing: true for `preview`, `drift` and `destroy --preview-only`"),
    project: text("The name of the project. Empty if the name cannot be read"),
    stack: text("The name of the stack"),
    result: oneOf("The result of the command, see the table above", [
      "succeeded",
      "failed",
      "refused",
      "beyond review",
      "drift",
      "locked",
      "stopped",
    ]),
    executions: listOf(
      "The executions, each with the action on it. Empty for `drift`, because `drift` changes nothing",
      {
        name,
        urn,
        action: oneOf("The action. `adopt`: the execution gets the run in `existingExecutionId`", [
          "start",
          "adopt",
          "replace",
          "update",
          "delete",
          "keep",
        ]),
        result,
        reasons: texts("The reasons of a planned action"),
        executionId: textOrNull(
          "The id of the run in the state after the command. For a deleted execution, the id of its last run",
        ),
        aborts: textOrNull("The id of the run that the planned action aborts if the run is still active"),
        status: textOrNull("The recorded status of the run"),
        returnCode: integerOrNull("The recorded exit code of the run"),
        failedService: textOrNull("The name of the Compose service that failed"),
        waitFor: textOrNull("The argument `waitFor`. Null if the value is secret or unknown"),
        hasNotSucceeded: flag('Whether the execution has `waitFor: "completed"` and its run has not succeeded'),
        executionType: textOrNull("The machine of a planned run"),
        timeout: numberOrNull("The timeout of a planned run, in seconds"),
        costBound: numberOrNull(
          "The highest possible cost of a planned run, in the currency of the account. Null if the price is unknown",
        ),
      },
    ),
    resources: listOf("All other resources, each with the action on it", {
      name,
      urn,
      type: text("The type of the resource"),
      action: text(
        "The action: `create`, `update`, `replace`, `delete`, `discard`, `import`, `read`, `refresh`, `rename`, or another operation of Pulumi",
      ),
      properties: texts(
        "Names of the properties that change. For a replacement, only the properties that require the replacement",
      ),
      changes: listOf("The values that the action changes. For an import, `id`; for a new name, `name` or `URN`", {
        path: text("The path of the value, such as `tags.team`"),
        from: textOrNull("The old value. `[secret]` for a secret. A long value is cut. Null if there is no old value"),
        to: textOrNull("The new value, in the same form"),
      }),
      result,
    }),
    counts: {
      description:
        "The number of resources for each operation, as Pulumi counts them. Pulumi also counts executions and providers",
      type: "object",
      additionalProperties: { type: "integer" },
    },
    cost: {
      description: "The highest possible cost of all planned runs. Null if the command plans nothing",
      type: ["object", "null"],
      properties: {
        amount: { description: "The sum, in the currency of the account", type: "number" },
        unknown: texts("Names of the executions whose price is unknown"),
      },
    },
    uploads: listOf(
      "What a planned command sends to the bucket at most, for each resource with stored files or mounted files",
      {
        name,
        urn,
        files: integerOrNull("The number of files; null if it is not known"),
        bytes: integerOrNull("The size of the files in bytes; null if it is not known"),
      },
    ),
    diagnostics: listOf("Diagnostics of Compose documents", DIAGNOSTIC),
    violations: listOf("Violations of the policy. If one of them is an error, `result` is `refused`", DIAGNOSTIC),
    unknownImages: texts(
      "Names of the executions with an image that is unknown at the preview. If the policy has rules about images, the provider checks this image at the update",
    ),
    differences: listOf(
      "Differences between the plan and the review, if `apply --reviewed` would go beyond the review. `result` is then `beyond review`",
      {
        name,
        urn,
        type: text("The type of the resource"),
        what: text(
          "The part that differs: `action`, `run`, `resource`, `provider`, `URN`, `id`, or the path of a value",
        ),
        reviewed: text("The reviewed value or action"),
        planned: text("The planned value or action"),
      },
    ),
    notReviewed: texts(
      "With `preview --save`: the values that are not reviewed, because they are unknown until the update. Also the generated names with a random end",
    ),
    pending: listOf(
      "Operations of a killed command that are still in the state. Pulumi does not know whether they took effect",
      {
        operation: text("The operation, such as `creating`"),
        urn,
        type: text("The type of the resource"),
        reason: textOrNull(
          "Why this operation stays in the state. Null if the operation stays only because another one does",
        ),
      },
    ),
    unrecordedRuns: listOf("Runs of the stack that are not in its state. The command does not end them", {
      executionId: text("The id of the run"),
      status: text("The status of the run"),
      isActive: flag("Whether the run has not ended"),
      label: text("The label of the run. By default, the label is the name of the resource"),
      urn: textOrNull("The URN of the resource whose interrupted create started the run. Null if the URN is unknown"),
      abort: textOrNull("The command that ends the run. Null if the run has ended"),
    }),
    drift: listOf(
      "The result of `drift`: an entry for each execution, and for each other resource that was changed outside of Pulumi",
      {
        name,
        urn,
        kind: oneOf("The kind of drift, see the table in the section about `drift`", [
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
        section: oneOf(
          "The section of the summary. `drift`: the resource changed after the state was written. `known`: the state already records the change. `none`: there is no change. `error`: the status of the resource is unknown",
          ["drift", "known", "none", "error"],
        ),
        executionId: textOrNull("The id of the recorded run. Null for other resources"),
        recorded: textOrNull("The status in the state"),
        observed: textOrNull("The status that Lyceum reports"),
        returnCode: integerOrNull("The exit code that Lyceum reports"),
        reason: textOrNull("Why the status of the resource is unknown"),
      },
    ),
    messages: listOf("Warnings and errors that are not about a Compose document", {
      severity: oneOf("The severity of the message", ["error", "warning"]),
      name: text("The name of the resource. Empty if the message is about no resource"),
      text: text("The message"),
    }),
    output: texts("The last lines that Pulumi printed, if Pulumi failed without an error message"),
  },
} as const satisfies Schema;

/** What a command writes with `--json`. */
export type Report = ValueOf<typeof REPORT_SCHEMA>;
