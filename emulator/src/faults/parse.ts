import type { Schema } from "../contract/document";
import { schemaCheck } from "../contract/schema-check";
import { type Commit, type Fault, type InjectedFault, VIEW_FAULTS } from "./fault";

/** The fault that the body of a request describes, or the errors in the body. */
export type ParsedFault =
  | { readonly kind: "fault"; readonly fault: Omit<InjectedFault, "id"> }
  | { readonly kind: "wrong"; readonly reasons: readonly string[] };

const commit = (byDefault: Commit): Schema => ({ enum: ["never", "before", "after"], default: byDefault });
/** The schema of a time in seconds. The maximum is 11 days, because timers of Node cannot wait longer than 24 days. */
const SECONDS = { type: "number", minimum: 0, maximum: 1_000_000 };
const COUNT = { type: "integer", minimum: 0 };
const TEXTS = { type: "object", additionalProperties: { type: "string" } };
const NAMES = { type: "array", items: { type: "string" } };
/** The header names and values that Node accepts. For other headers, Node would throw an error. */
const HEADERS = {
  type: "object",
  propertyNames: { pattern: "^[\\w!#$%&'*+.^`|~-]+$" },
  additionalProperties: { type: "string", pattern: "^[\\t\\x20-\\x7e\\x80-\\xff]*$" },
};

/** The fields of each kind of fault. */
const KINDS: Readonly<Record<Fault["kind"], Schema>> = {
  status: {
    properties: {
      status: { type: "integer", minimum: 200, maximum: 599 },
      headers: HEADERS,
      code: { type: "string" },
      commit: commit("never"),
    },
    required: ["status"],
  },
  garbage: {
    properties: {
      body: { type: "string", default: "<html><body>502 Bad Gateway</body></html>" },
      commit: commit("never"),
    },
  },
  reset: { properties: { afterBytes: COUNT, commit: commit("never") } },
  delay: { properties: { seconds: SECONDS, commit: commit("after") }, required: ["seconds"] },
  hold: { properties: { commit: commit("after") } },
  reshape: {
    properties: {
      kind: {},
      drop: NAMES,
      upperCase: NAMES,
      prefix: TEXTS,
      reverse: NAMES,
      rename: TEXTS,
      set: { type: "object" },
      empty: { type: "boolean" },
    },
    // A fault with only the field `kind` would have no effect.
    minProperties: 2,
    additionalProperties: false,
  },
  "lagging-list": { properties: { seconds: SECONDS }, required: ["seconds"] },
  forget: {},
  "id-forms": {},
  "short-pages": { properties: { entries: { type: "integer", minimum: 1, default: 1 } } },
};

const CHECKS = new Map(
  Object.entries(KINDS).map(([kind, fault]) => {
    const lasts = kind === "reshape" || VIEW_FAULTS.has(kind);
    const properties = {
      match: {
        type: "object",
        properties: { executionId: { type: "string" }, fileNamePrefix: { type: "string" } },
        additionalProperties: false,
        default: {},
      },
      after: { ...COUNT, default: 0 },
      times: { anyOf: [{ const: "always" }, { type: "integer", minimum: 1 }], default: lasts ? "always" : 1 },
      fault,
    };
    return [kind, schemaCheck({ type: "object", properties })];
  }),
);

/** Parses the body of `POST /_emulator/faults`. `operations` has the valid operations. `*` is valid too. */
export function parseFault(
  body: { readonly fault?: unknown; readonly operation?: unknown },
  operations: readonly string[],
): ParsedFault {
  const { operation = "*" } = body;
  const kind = (body.fault as { readonly kind?: unknown } | null | undefined)?.kind;
  const check = CHECKS.get(kind as string);
  if (check === undefined)
    return { kind: "wrong", reasons: [`fault.kind must be one of ${[...CHECKS.keys()].join(", ")}`] };
  const reasons = [...check(body)];
  if (operation !== "*" && !operations.some((name) => name === operation)) {
    reasons.push(`operation must be * or one of ${operations.join(", ")}`);
  }
  if (reasons.length > 0) return { kind: "wrong", reasons };
  const { match, after, times, fault } = body as InjectedFault;
  return { kind: "fault", fault: { operation: operation as string, match, after, times, fault } };
}
