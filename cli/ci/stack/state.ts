import { kindOf } from "../../../provider/lyceum/answers/status";
import type { StackSettings } from "../../../provider/lyceum/configuration/configuration";
import { SETTING_NAMES } from "../../../provider/lyceum/configuration/settings";
import { argumentOf, isExecutionType, knownText, PROVIDER_TYPE } from "../../../provider/policy/declared";
import { nameOf, parseRecorded, type RecordedOutputs } from "../../../provider/schema";
import { runIdOf } from "../../../provider/schema/run-id";
import { SCOPE_TYPE } from "../../../provider/schema/type-tokens";
import { SECRET_SIGNATURE, SIGNATURE_KEY } from "../../../provider/schema/wire-forms";
import type { PulumiStack } from "./automation";
import { type PendingOperation, pendingIn } from "./pending";

/** An execution in the state of a stack. */
export interface RecordedExecution {
  readonly name: string;
  readonly urn: string;
  readonly waitFor: string;
  readonly outputs: RecordedOutputs;
}

/** The part of a stack's state that belongs to this package. */
export interface RecordedStack {
  readonly executions: readonly RecordedExecution[];
  /** Operations that a killed command left. */
  readonly pending: readonly PendingOperation[];
  /** The URN of the stack itself; `undefined` if the state is empty. */
  readonly root: string | undefined;
  /** All recorded runs, including those of resources that are about to be deleted. */
  readonly recorded: readonly RecordedOutputs[];
  /**
   * The provider resources of this package in the state. Empty if the program uses the dynamic provider, which is no
   * resource.
   */
  readonly providers: readonly RecordedProvider[];
  /** The secrets with which the start keys of the stack's runs are made. Never print them. */
  readonly scopes: readonly string[];
}

/** A provider of this package in the state of a stack. */
export interface RecordedProvider {
  /** The reference by which resources name the provider: its URN and its id. */
  readonly reference: string;
  /** The settings of the provider. Never print them: they may contain a key. */
  readonly settings: StackSettings;
}

interface Resource {
  readonly urn?: unknown;
  readonly id?: unknown;
  readonly type?: unknown;
  readonly delete?: unknown;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Reads the state of a stack. */
export async function recordedStack(stack: Pick<PulumiStack, "exportStack">): Promise<RecordedStack> {
  return executionsIn((await stack.exportStack()).deployment);
}

/** Returns the part of an exported deployment that belongs to this package. The executions are sorted by URN. */
export function executionsIn(deployment: unknown): RecordedStack {
  const { resources, pending_operations: pending } = (deployment ?? {}) as {
    readonly resources?: readonly Resource[] | null;
    readonly pending_operations?: readonly unknown[] | null;
  };
  const all = (resources ?? []).flatMap(({ urn, id, type, delete: isReplaced, inputs, outputs }) => {
    if (typeof urn !== "string" || typeof type !== "string" || !isExecutionType(type)) return [];
    // After a start without a clear answer, the id of the resource is a placeholder. If the run was found later, the
    // outputs have its id.
    const recorded = parseRecorded({ ...outputs, executionId: runIdOf(id, outputs) });
    // A secret or unknown `waitFor` counts as "completed", so that `hasNotSucceeded` reports a run that failed.
    const given = argumentOf(inputs ?? {}, "waitFor");
    const waitFor = given === undefined ? "running" : (knownText(given) ?? "completed");
    return [{ isReplaced: isReplaced === true, execution: { name: nameOf(urn), urn, waitFor, outputs: recorded } }];
  });
  const executions = all.flatMap(({ isReplaced, execution }) => (isReplaced ? [] : [execution]));
  const operated = (pending ?? []).map((one) => ((one ?? {}) as { readonly resource?: Resource }).resource ?? {});
  return {
    executions: executions.sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    pending: pendingIn(pending ?? []),
    root: (resources ?? []).flatMap(({ urn, type }) =>
      type === STACK_TYPE && typeof urn === "string" ? [urn] : [],
    )[0],
    recorded: all.map(({ execution }) => execution.outputs),
    providers: (resources ?? []).flatMap(({ urn, id, type, inputs }) =>
      type === PROVIDER_TYPE ? [{ reference: `${urn}::${id}`, settings: settingsIn(inputs) }] : [],
    ),
    scopes: [...new Set([...(resources ?? []), ...operated].flatMap(scopesOf))],
  };
}

function settingsIn(inputs: Resource["inputs"]): StackSettings {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, secretText(inputs?.[name])]));
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/** An input of executions, stored files and providers: the stack's secret for digests and start keys. */
const SCOPE_INPUT = "__scope";

function scopesOf({ type, inputs, outputs }: Resource): readonly string[] {
  const value = type === SCOPE_TYPE ? outputs?.secret : inputs?.[SCOPE_INPUT];
  const scope = secretText(value);
  return scope === undefined ? [] : [scope];
}

/** Returns the text of an input, even if it is secret: `exportStack` decrypts secrets. */
function secretText(value: unknown): string | undefined {
  if (typeof value === "string") return knownText(value);
  const { [SIGNATURE_KEY]: signature, plaintext } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (signature !== SECRET_SIGNATURE || typeof plaintext !== "string") return undefined;
  try {
    const text: unknown = JSON.parse(plaintext);
    return typeof text === "string" ? text : undefined;
  } catch {
    return plaintext;
  }
}

/** Returns whether a run with `waitFor: "completed"` has not succeeded. */
export function hasNotSucceeded({ waitFor, outputs }: Pick<RecordedExecution, "waitFor" | "outputs">): boolean {
  return waitFor === "completed" && kindOf(outputs) !== "completed";
}
