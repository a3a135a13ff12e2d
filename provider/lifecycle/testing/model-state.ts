import type { Properties } from "../../schema";
import type { RecordedState, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";

/** One resource as the state holds it. */
export interface Entry {
  /** Which row it is, through all its updates, its renames and its moves; a replacement is another row. */
  readonly row: number;
  readonly id: string;
  readonly inputs: ResourceInputs;
  readonly outputs: ExecutionOutputs;
  /** Reasons of a run that exists but did not reach its desired state. */
  readonly initErrors: readonly string[];
  /** Whether the engine drops the row without a delete: the resource option `retainOnDelete` of the last command. */
  readonly retained: boolean;
  /** Deleted for a replacement whose create has not come: the next `up` only creates. */
  readonly pendingReplacement?: true;
}

/** What the state of a stack holds. */
export interface StackState {
  scope: string | undefined;
  readonly entries: Map<string, Entry>;
  /** Rows that a forced replacement has left for deletion, next to the current row of the same name. */
  readonly twins: Twin[];
}

/** A row that is deleted at the end of the next `up` that gets so far. */
export interface Twin {
  readonly name: string;
  readonly entry: Entry;
}

/** One resource as the program declares it. */
export interface Declared {
  readonly values: Properties;
  readonly retained: boolean;
}

/** URN of a resource of the model: equal names in every stack. */
export const urnOf = (name: string): string =>
  `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::${name}`;

/** The name in a URN. */
export function nameOf(urn: string | undefined): string {
  return urn?.split("::").at(-1) ?? "";
}

let rows = 0;

/** The number of a new row. */
export function nextRow(): number {
  rows += 1;
  return rows;
}

/** Outputs as they come back from a state. */
export function stored(outputs: ExecutionOutputs): ExecutionOutputs {
  return JSON.parse(JSON.stringify(outputs)) as ExecutionOutputs;
}

/** An entry as the operations are given it. */
export function recordedState({ id, outputs: { resourceUrn, ...properties } }: Entry): RecordedState {
  return { id, urn: resourceUrn, properties };
}

/** Whether a row is that of a start whose outcome is not known: its id is a placeholder, and it names no run. */
export const isUnclear = ({ outputs }: Entry): boolean => outputs.executionId === "";

/** A state with the same rows, as a copied backend or an exported checkpoint has them. */
export function copyOf(state: StackState): StackState {
  return { scope: state.scope, entries: new Map(state.entries), twins: [...state.twins] };
}

/** Puts another state in place of what a state holds. */
export function restore(state: StackState, from: StackState): void {
  state.scope = from.scope;
  state.entries.clear();
  for (const [name, entry] of from.entries) state.entries.set(name, entry);
  state.twins.splice(0, state.twins.length, ...from.twins);
}

/** All rows of a state. A row whose replacement has not come yet was deleted: it holds no run any more. */
export function rowsOf({ entries, twins }: StackState): Twin[] {
  const named = [...entries].map(([name, entry]) => ({ name, entry }));
  return [...named.filter(({ entry }) => entry.pendingReplacement !== true), ...twins];
}
