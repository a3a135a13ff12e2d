import { listOf, oneOf, text, textOrNull } from "../report/field-schemas";
import type { Schema, ValueOf } from "../report/json-schema";
import { REPORT_SCHEMA } from "../report/report-schema";

const STACK = {
  folder: text("The folder of its project, from the current folder"),
  project: text("The name of its project"),
  stack: text("The name of the stack"),
} as const;

/**
 * The schema of the JSON that a command writes with `--all`. The type `AllReport` and the file
 * `docs/reference/ci-all.schema.json` are made from this schema.
 */
export const ALL_SCHEMA = {
  description:
    "What `pulumi-lyceum ci preview`, `apply` and `drift` write with `--all` and `--json`. Every field is always there. Later versions of the package may add fields to version 1.",
  type: "object",
  properties: {
    version: { description: "The version of this format", const: 1 },
    command: oneOf("The command", ["preview", "apply", "drift"]),
    since: textOrNull("The commit that `--since` names; null without the option"),
    exitCode: { description: "The exit code of the whole command", type: "integer" },
    stacks: listOf("The stacks that the command was to work on, ordered by folder", {
      ...STACK,
      exitCode: { description: "The exit code of this stack; null if it was not started", type: ["integer", "null"] },
      reason: textOrNull("Why it was not started; null if it was"),
      report: {
        ...REPORT_SCHEMA,
        description: "The JSON for this stack, as without `--all`; null if it was not started, or has written none",
        type: ["object", "null"],
      },
    }),
    untouched: listOf("The stacks that nothing since `--since` concerns", STACK),
    unreviewed: listOf("The stacks that are not applied, because `--reviewed` has no file for them", STACK),
  },
} as const satisfies Schema;

/** The JSON that a command writes with `--all` and `--json`. */
export type AllReport = ValueOf<typeof ALL_SCHEMA>;
