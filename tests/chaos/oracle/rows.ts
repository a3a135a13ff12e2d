import type { LedgerRun } from "../../harness/emulator/control";
import type { StackId } from "../plan/stage";

/** An execution in the state of a stack. */
export interface Row {
  readonly stack: StackId;
  readonly name: string;
  readonly urn: string;
  /** The id of the run. Empty if it is not known whether the start made a run. */
  readonly executionId: string;
  /** The start key of a start without a clear answer. The run with this key belongs to the resource. */
  readonly key?: string;
  /**
   * Whether the run continues when the resource is deleted, because of the engine's `retainOnDelete` or because of
   * `onDelete: "leave"`.
   */
  readonly isRetained: boolean;
  /** Whether the engine deletes the resource with the next command, even if the program declares it. */
  readonly isGoing: boolean;
}

/** The content of a state. If no command can use the state, `unreadable` is the reason. */
export interface StackContents {
  readonly rows: readonly Row[];
  /** Whether the state records nothing at all. */
  readonly isEmpty: boolean;
  readonly unreadable: readonly string[];
}

/** The properties of a recorded resource that this test reads. */
interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface StateFile {
  readonly checkpoint?: { readonly latest?: { readonly resources?: readonly RecordedResource[] } };
}

/** The type of an execution in the plugin. */
const PLUGIN_TYPE = "lyceum:index:ComposeExecution";

/** The beginning of a resource's id while its run is unknown. The start key follows this text. */
const PLACEHOLDER = "unclear-start-";

/** Reads the file in which a backend stores a stack. */
export function readState(stack: StackId, text: string): StackContents {
  let file: StateFile;
  try {
    file = JSON.parse(text) as StateFile;
  } catch (error) {
    return { rows: [], isEmpty: false, unreadable: [`the state of ${stack} is no JSON: ${String(error)}`] };
  }
  const resources = file.checkpoint?.latest?.resources ?? [];
  const executions = resources.filter(({ type }) => String(type).endsWith(":ComposeExecution"));
  return {
    isEmpty: resources.length === 0,
    unreadable: executions.flatMap(faultsOf).map((fault) => `${stack}: ${fault}`),
    rows: executions
      // The run of a resource with `pendingReplacement` has ended. The engine keeps the resource until a new run
      // exists.
      .filter(({ pendingReplacement }) => pendingReplacement !== true)
      .map((resource) => rowOf(stack, resource)),
  };
}

function rowOf(stack: StackId, { urn, id = "", outputs = {}, retainOnDelete, ...entry }: RecordedResource): Row {
  const executionId = String(outputs.executionId ?? id);
  const key = id.startsWith(PLACEHOLDER) && executionId === "" ? id.slice(PLACEHOLDER.length) : undefined;
  return {
    stack,
    name: urn.split("::").at(-1) ?? "",
    urn,
    executionId,
    ...(key === undefined ? {} : { key }),
    isRetained: retainOnDelete === true || outputs.onDelete === "leave",
    isGoing: entry.delete === true,
  };
}

function faultsOf({ urn, type, id, inputs, outputs }: RecordedResource): readonly string[] {
  if (id === undefined || id === "") return [`${urn} is recorded without an id`];
  // The placeholder stays the id of the resource until a refresh, even after the run is known. So the two ids may
  // differ.
  if (!id.startsWith(PLACEHOLDER) && outputs?.executionId !== id)
    return [`${urn} records another run than its id says`];
  const isDynamic = type !== PLUGIN_TYPE;
  if (isDynamic && (typeof outputs?.__provider !== "string" || typeof inputs?.__provider !== "string"))
    return [`${urn} is recorded without its provider`];
  return [];
}

/** Returns whether a resource has a run. */
export function holds({ executionId, key }: Pick<Row, "executionId" | "key">, run: LedgerRun): boolean {
  if (key !== undefined) return run.fileName?.startsWith(key) === true;
  return executionId === run.executionId;
}
