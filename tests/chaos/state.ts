import type { StateResource } from "../harness/commands";

/** An execution as the stack's file records it. */
export interface Recorded {
  readonly name: string;
  readonly executionId: string;
}

/** What a state holds; `unreadable` says what no command could work with. */
export interface StackContents {
  readonly executions: readonly Recorded[];
  /** Whether nothing at all is recorded. */
  readonly isEmpty: boolean;
  readonly unreadable: readonly string[];
}

interface StateFile {
  readonly checkpoint?: {
    readonly latest?: { readonly resources?: readonly (StateResource & { readonly pendingReplacement?: boolean })[] };
  };
}

/** The type of a run that the plugin manages. */
const PLUGIN_TYPE = "lyceum:index:ComposeExecution";

/** Reads the backend's file of a stack. */
export function readState(text: string): StackContents {
  let file: StateFile;
  try {
    file = JSON.parse(text) as StateFile;
  } catch (error) {
    return { executions: [], isEmpty: false, unreadable: [`the state is no JSON: ${String(error)}`] };
  }
  const resources = file.checkpoint?.latest?.resources ?? [];
  const executions = resources.filter(({ type }) => String(type).endsWith(":ComposeExecution"));
  return {
    isEmpty: resources.length === 0,
    unreadable: executions.flatMap(({ urn, type, id, inputs, outputs }) => {
      if (id === undefined || id === "") return [`${urn} is recorded without an id`];
      if (outputs?.executionId !== id) return [`${urn} records another run than its id says`];
      const isDynamic = type !== PLUGIN_TYPE;
      if (isDynamic && (typeof outputs?.__provider !== "string" || typeof inputs?.__provider !== "string"))
        return [`${urn} is recorded without its provider`];
      return [];
    }),
    executions: executions
      // What waits for its new run has ended: the engine keeps the entry until then.
      .filter(({ pendingReplacement }) => pendingReplacement !== true)
      .map(({ urn, id = "" }) => ({ name: urn.split("::").at(-1) ?? "", executionId: id })),
  };
}
