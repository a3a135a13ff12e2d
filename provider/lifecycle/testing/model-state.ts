import type { Properties } from "../../schema";
import type { RecordedState, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";

/** A resource in a state. */
export interface Entry {
  /** Number of the resource. Updates, renames and moves keep it. A replacement gets another number. */
  readonly row: number;
  readonly id: string;
  readonly inputs: ResourceInputs;
  readonly outputs: ExecutionOutputs;
  /** The reasons why an existing run missed its desired state. */
  readonly initErrors: readonly string[];
  /**
   * Whether the engine removes the resource from the state without a delete (the resource option `retainOnDelete` of
   * the last command).
   */
  readonly retained: boolean;
  /** Whether the resource was deleted for a replacement that was not created. The next `up` then only creates. */
  readonly pendingReplacement?: true;
}

/** The state of a stack. */
export interface StackState {
  scope: string | undefined;
  readonly entries: Map<string, Entry>;
  /** Old resources that a forced replacement has left for deletion, in addition to the current resource of the name. */
  readonly twins: Twin[];
}

/** An old resource that the next `up` deletes at its end, if the command lives that long. */
export interface Twin {
  readonly name: string;
  readonly entry: Entry;
}

/** One resource as the program declares it. */
export interface Declared {
  readonly values: Properties;
  readonly retained: boolean;
}

/** The URN of a resource of the model. Names are equal in every stack. */
export const urnOf = (name: string): string =>
  `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::${name}`;

/** The name in a URN. */
export function nameOf(urn: string | undefined): string {
  return urn?.split("::").at(-1) ?? "";
}

let rows = 0;

/** The number of a new resource. */
export function nextRow(): number {
  rows += 1;
  return rows;
}

/** Outputs after the state has stored them. */
export function stored(outputs: ExecutionOutputs): ExecutionOutputs {
  return JSON.parse(JSON.stringify(outputs)) as ExecutionOutputs;
}

/** An entry in the form that the operations receive. */
export function recordedState({ id, outputs: { resourceUrn, ...properties } }: Entry): RecordedState {
  return { id, urn: resourceUrn, properties };
}

/** Whether the resource belongs to a start with an unknown outcome. It then has a placeholder id and no run. */
export const isUnclear = ({ outputs }: Entry): boolean => outputs.executionId === "";

/** A state with the same resources, like the state of a copied backend or an exported checkpoint. */
export function copyOf(state: StackState): StackState {
  return { scope: state.scope, entries: new Map(state.entries), twins: [...state.twins] };
}

/** Replaces a state by another one. */
export function restore(state: StackState, from: StackState): void {
  state.scope = from.scope;
  state.entries.clear();
  for (const [name, entry] of from.entries) state.entries.set(name, entry);
  state.twins.splice(0, state.twins.length, ...from.twins);
}

/** All resources of a state that may have a run. One that waits for its replacement was deleted, so it has none. */
export function rowsOf({ entries, twins }: StackState): Twin[] {
  const named = [...entries].map(([name, entry]) => ({ name, entry }));
  return [...named.filter(({ entry }) => entry.pendingReplacement !== true), ...twins];
}
