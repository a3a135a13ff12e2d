import type { Properties } from "../../../schema";
import type { RecordedState, ResourceInputs } from "../../run/inputs";
import type { ExecutionOutputs } from "../../run/record/record";

/** A resource in the state of a stack. */
export interface Entry {
  /** Number of the resource. Updates, renames and moves keep the number. A replacement gets another number. */
  readonly row: number;
  readonly id: string;
  readonly inputs: ResourceInputs;
  readonly outputs: ExecutionOutputs;
  /** Why the run of the resource missed its desired state. */
  readonly initErrors: readonly string[];
  /**
   * Whether the engine removes the resource from the state without a delete. This is the resource option
   * `retainOnDelete` of the last command.
   */
  readonly retained: boolean;
  /**
   * Whether the resource was deleted for a replacement that was not created. The next `up` then creates the
   * replacement.
   */
  readonly pendingReplacement?: true;
}

/** The state of a stack. */
export interface StackState {
  scope: string | undefined;
  readonly entries: Map<string, Entry>;
  /**
   * Old resources that a forced replacement has left to delete. The current resources of the same names are in
   * `entries`.
   */
  readonly twins: Twin[];
}

/**
 * The old resource of a forced replacement. The `up` deletes it after the creates and updates. If this `up` fails or
 * dies before, the old resource stays, and the next `up` or destroy deletes it.
 */
export interface Twin {
  readonly name: string;
  readonly entry: Entry;
}

/** One resource as the program declares it. */
export interface Declared {
  readonly values: Properties;
  readonly retained: boolean;
}

/** Returns the URN of a resource of the model. The same name has the same URN in every stack. */
export const urnOf = (name: string): string =>
  `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::${name}`;

/** Returns the name in a URN. */
export function nameOf(urn: string | undefined): string {
  return urn?.split("::").at(-1) ?? "";
}

let rows = 0;

/** Returns the number of a new resource. */
export function nextRow(): number {
  rows += 1;
  return rows;
}

/** Returns outputs as they are after the state has stored them. */
export function stored(outputs: ExecutionOutputs): ExecutionOutputs {
  return JSON.parse(JSON.stringify(outputs)) as ExecutionOutputs;
}

/** Converts an entry to the form that the operations receive. */
export function recordedState({ id, outputs: { resourceUrn, ...properties } }: Entry): RecordedState {
  return { id, urn: resourceUrn, properties };
}

/** Whether the start of the resource got no clear answer. The resource then has a placeholder id and no run. */
export const isUnclear = ({ outputs }: Entry): boolean => outputs.executionId === "";

/** Copies a state with its resources, as in a copied backend or an exported checkpoint. */
export function copyOf(state: StackState): StackState {
  return { scope: state.scope, entries: new Map(state.entries), twins: [...state.twins] };
}

/** Replaces the content of a state by the content of another state. */
export function restore(state: StackState, from: StackState): void {
  state.scope = from.scope;
  state.entries.clear();
  for (const [name, entry] of from.entries) state.entries.set(name, entry);
  state.twins.splice(0, state.twins.length, ...from.twins);
}

/**
 * Returns all resources of a state that may have a run. A resource that waits for its replacement was deleted, so it
 * has no run.
 */
export function rowsOf({ entries, twins }: StackState): Twin[] {
  const named = [...entries].map(([name, entry]) => ({ name, entry }));
  return [...named.filter(({ entry }) => entry.pendingReplacement !== true), ...twins];
}
