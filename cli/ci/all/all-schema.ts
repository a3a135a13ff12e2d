import { listOf, oneOf, text, textOrNull } from "../report/field-schemas";
import type { Schema, ValueOf } from "../report/json-schema";
import { REPORT_SCHEMA } from "../report/report-schema";

const STACK = {
  folder: text("The folder of the project, relative to the current folder"),
  project: text("The name of the project"),
  stack: text("The name of the stack"),
} as const;

/**
 * The schema of the JSON that a command writes with `--all`. The type `AllReport` and the file
 * `docs/reference/ci-all.schema.json` are made from this schema.
 */
export const ALL_SCHEMA = {
  description:
    "The output of `pulumi-lyceum ci preview`, `apply` and `drift` with `--all` and `--json`. Every report has every field. Later versions of the package may add fields to version 1.",
  type: "object",
  properties: {
    version: { description: "The version of this format", const: 1 },
    command: oneOf("The command", ["preview", "apply", "drift"]),
    since: textOrNull("The commit in the option `--since`. Null without the option"),
    exitCode: { description: "The exit code of the whole command", type: "integer" },
    error: textOrNull(
      "An error that concerns no single stack, for example that there is no project. Null if there is no such error",
    ),
    stacks: listOf("The stacks of the command, ordered by folder", {
      ...STACK,
      exitCode: {
        description: "The exit code for this stack. Null if the command did not start work on it",
        type: ["integer", "null"],
      },
      reason: textOrNull("Why the command did not start work on this stack. Null if it did"),
      report: {
        ...REPORT_SCHEMA,
        description:
          "The JSON for this stack, in the form without `--all`. Null if the command did not start work on the stack, or if there is no JSON",
        type: ["object", "null"],
      },
    }),
    untouched: listOf("The stacks that no change since the commit in `--since` concerns", STACK),
    unreviewed: listOf(
      "The stacks that are not applied, because the folder in `--reviewed` has no file for them",
      STACK,
    ),
  },
} as const satisfies Schema;

/** The JSON that a command writes with `--all` and `--json`. */
export type AllReport = ValueOf<typeof ALL_SCHEMA>;
