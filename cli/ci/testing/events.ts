import type { Settled } from "../apply/settle";
import type { EngineEvent } from "../stack/automation";
import { gatherEvents, type ObservedCommand } from "../stack/events";
import { unsettledOperation } from "../stack/pending";
import { executionsIn, type RecordedStack } from "../stack/state";

/** The resource type of an execution with the plugin. With the dynamic provider, an execution has another type. */
export const TYPE = "lyceum:index:ComposeExecution";

/** Returns the URN of a resource of the stack `prod`, by default of an execution. */
export function urnOf(name: string, type: string = TYPE): string {
  return `urn:pulumi:prod::training::${type}::${name}`;
}

type Detailed = NonNullable<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["detailedDiff"]>;
type DiffKind = Detailed[string]["diffKind"];

const head = { sequence: 0, timestamp: 0 };

/** Returns a message event of the engine. */
export function diagnostic(name: string | undefined, severity: string, message: string): EngineEvent {
  const urn = name === undefined ? {} : { urn: urnOf(name) };
  // The engine sends the severity `debug`, but the type of the SDK lacks it.
  const event = { ...urn, message, color: "never", severity } as NonNullable<EngineEvent["diagnosticEvent"]>;
  return { ...head, diagnosticEvent: event };
}

/** The resource of a step; by default an execution. */
interface StepOptions {
  /** Outputs in the old state. */
  readonly old?: Record<string, unknown>;
  /** Inputs in the old state. */
  readonly oldInputs?: Record<string, unknown>;
  /** The id of the resource in the old state; by default the id of its run. */
  readonly id?: string;
  /** The URN in the old state, if an alias renames the resource. */
  readonly oldUrn?: string;
  /** The id that an import gives the resource. */
  readonly newId?: string;
  /** The paths of the properties that change, as the provider lists them (`detailedDiff`). */
  readonly paths?: readonly string[];
  /** Inputs in the new state. */
  readonly new?: Record<string, unknown>;
  /** The resource option `retainOnDelete`, as it is recorded and as it is declared. */
  readonly wasRetained?: boolean;
  readonly isRetained?: boolean;
  readonly type?: string;
  /** The reference to the provider, as it is declared and as it is recorded. */
  readonly provider?: string;
  readonly oldProvider?: string;
  readonly keys?: string[];
  readonly diffs?: string[];
}

/** Returns the event that the engine sends when a step starts. */
export function step(op: string, name: string, options: StepOptions = {}): EngineEvent {
  return { ...head, resourcePreEvent: { metadata: metadataOf(op, name, options), planning: true } };
}

/** Returns the event that the engine sends when a step ends. */
export function ended(op: string, name: string, type: string, hasFailed = false, id = ""): EngineEvent {
  const metadata = metadataOf(op, name, { type, old: {}, id });
  if (hasFailed) return { ...head, resOpFailedEvent: { metadata, status: 0, steps: 0 } };
  return { ...head, resOutputsEvent: { metadata, planning: false } };
}

/** Returns the event in which Pulumi reports the number of resources for each operation. */
export function summary(counts: Record<string, number>): EngineEvent {
  const resourceChanges = counts as NonNullable<EngineEvent["summaryEvent"]>["resourceChanges"];
  return { ...head, summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges, policyPacks: {} } };
}

function metadataOf(op: string, name: string, options: StepOptions) {
  const { old, new: next, type = TYPE, keys, diffs, wasRetained = false, isRetained = false } = options;
  const {
    oldInputs = {},
    id = String(old?.executionId ?? ""),
    paths = [],
    provider = "",
    oldProvider = provider,
    newId = "",
  } = options;
  const detailedDiff = Object.fromEntries(
    paths.map((path) => [path, { diffKind: "update" as DiffKind, inputDiff: false }]),
  );
  const urn = urnOf(name, type);
  const state = (
    inputs: Record<string, unknown>,
    outputs: Record<string, unknown>,
    retainOnDelete: boolean,
    provider: string,
    own: { readonly urn: string; readonly id: string },
  ) => ({
    type,
    ...own,
    parent: "",
    provider,
    inputs,
    outputs,
    retainOnDelete,
  });
  return {
    op: op as NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["op"],
    urn,
    type,
    provider: old === undefined ? provider : oldProvider,
    detailedDiff,
    ...(keys === undefined ? {} : { keys }),
    ...(diffs === undefined ? {} : { diffs }),
    // The engine sends null if there is no old state, but the type of the SDK lacks it.
    ...(old === undefined
      ? { old: null as never }
      : { old: state(oldInputs, old, wasRetained, oldProvider, { urn: options.oldUrn ?? urn, id }) }),
    ...(next === undefined ? {} : { new: state(next, {}, isRetained, provider, { urn, id: newId }) }),
  };
}

/** Returns the data that is collected from the events of a command. */
export function observedOf(events: readonly EngineEvent[]): ObservedCommand {
  const gathered = gatherEvents();
  for (const event of events) gathered.add(event);
  return gathered.observed();
}

/** Returns the state of a stack with these executions. Each is recorded as running, with `waitFor: "running"`. */
export function stateOf(...names: readonly string[]): RecordedStack {
  const resources = names.map((name) => ({
    urn: urnOf(name),
    type: TYPE,
    id: `run-${name}`,
    inputs: { waitFor: "running" },
    outputs: { status: "running" },
  }));
  return executionsIn({ resources });
}

/** Returns the data that a command has if it did nothing about pending operations. */
export function unsettled(recorded: RecordedStack): Settled {
  const pending = recorded.pending.map((one) => unsettledOperation(one));
  return { recorded, pending, unrecorded: [], notes: [] };
}
