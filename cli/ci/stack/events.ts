import { providerUrn } from "../../../provider/schema";
import type { EngineEvent } from "./automation";

/** A step of a command for one resource, from an event of the engine. */
export interface ObservedStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** The URN that the resource has in the state, if the program renames it with an alias. */
  readonly renamedFrom?: string;
  /**
   * The changed properties that require a replacement of the resource. The step that deletes the old resource has none.
   */
  readonly keys: readonly string[];
  readonly changed: readonly string[];
  /** The inputs. The engine masks secrets in them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly oldInputs: Readonly<Record<string, unknown>>;
  readonly oldOutputs: Readonly<Record<string, unknown>>;
  /**
   * Whether the state shows the resource. Pulumi sends a state without id and outputs for a new resource that a destroy
   * skips. A component without outputs looks the same, and does not count either.
   */
  readonly isRecorded: boolean;
  /** The id of the recorded resource; empty if no resource is recorded. */
  readonly oldId: string;
  /** The id of the resource that an import puts into the state; empty for other steps. */
  readonly importedId: string;
  /** Paths of the properties that change, if the provider lists them. */
  readonly paths: readonly string[];
  /**
   * Whether the program declares `retainOnDelete`. If the state records the option too, the engine deletes the resource
   * without calling the provider.
   */
  readonly isRetained: boolean;
  /** Whether the state records `retainOnDelete`. */
  readonly wasRetained: boolean;
  /**
   * The URN of the provider that the program selects, or else of the recorded provider. Empty if the resource has none.
   */
  readonly provider: string;
}

/** A message about a resource or, without a URN, about the command. */
export interface ObservedMessage {
  readonly urn: string | undefined;
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
}

/**
 * A warning or error that a command reports. `name`: the name of the resource. Empty if the message concerns no
 * resource.
 */
export interface ReportedMessage {
  readonly severity: "warning" | "error";
  readonly name: string;
  readonly text: string;
}

/**
 * A step that has ended. In a refresh, `op` shows what the refresh has found: `update` if the resource has changed, and
 * `delete` if the resource is gone.
 */
export interface EndedStep {
  readonly urn: string;
  readonly op: string;
  /** The id of the recorded resource; empty if no resource is recorded. */
  readonly oldId: string;
  readonly hasFailed: boolean;
}

/** The events of one command of the engine. */
export interface ObservedCommand {
  readonly steps: readonly ObservedStep[];
  readonly messages: readonly ObservedMessage[];
  /**
   * What the program, its language host, a policy pack or a dynamic provider wrote to the standard error, line by line.
   * The output of other providers is not in it.
   */
  readonly printed: readonly string[];
  readonly ended: readonly EndedStep[];
  /** The number of resources for each operation, as Pulumi counts them; empty if Pulumi sent no summary. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Collects the events of one command. Drops messages of severity `debug` at once, because Pulumi's Node.js SDK writes
 * inputs into them, even secrets in plaintext. Also drops ephemeral messages, because they show progress, and progress
 * differs between commands.
 */
export function gatherEvents(): {
  readonly add: (event: EngineEvent) => void;
  readonly observed: () => ObservedCommand;
} {
  const steps: ObservedStep[] = [];
  const messages: ObservedMessage[] = [];
  const printed: string[] = [];
  const ended: EndedStep[] = [];
  let counts: Readonly<Record<string, number>> = {};
  return {
    add: ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, summaryEvent, diagnosticEvent }) => {
      if (resourcePreEvent !== undefined) steps.push(stepOf(resourcePreEvent.metadata));
      if (resOutputsEvent !== undefined) ended.push(endOf(resOutputsEvent.metadata, false));
      if (resOpFailedEvent !== undefined) ended.push(endOf(resOpFailedEvent.metadata, true));
      if (summaryEvent !== undefined) counts = { ...summaryEvent.resourceChanges } as Record<string, number>;
      if (diagnosticEvent !== undefined && diagnosticEvent.ephemeral !== true) {
        const { severity, urn, message } = diagnosticEvent;
        if ((severity as string) === "info#err") printed.push(message);
        if (severity === "warning" || severity === "error" || severity === "info") {
          messages.push({ urn: urn || undefined, severity, text: message.trimEnd() });
        }
      }
    },
    observed: () => ({ steps: [...steps], messages: [...messages], printed: [...printed], ended: [...ended], counts }),
  };
}

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function endOf({ urn, op, old }: Pick<Metadata, "urn" | "op" | "old">, hasFailed: boolean): EndedStep {
  return { urn, op, oldId: old?.id ?? "", hasFailed };
}

function stepOf({ op, urn, type, keys, diffs, detailedDiff, old, new: next, provider }: Metadata): ObservedStep {
  return {
    op,
    urn,
    type,
    ...(old?.urn === undefined || old.urn === urn ? {} : { renamedFrom: old.urn }),
    keys: keys ?? [],
    changed: diffs !== undefined && diffs.length > 0 ? diffs : differing(old?.inputs, next?.inputs),
    inputs: next?.inputs ?? {},
    oldInputs: old?.inputs ?? {},
    oldOutputs: old?.outputs ?? {},
    isRecorded: (old?.id ?? "") !== "" || Object.keys(old?.outputs ?? {}).length > 0,
    oldId: old?.id ?? "",
    importedId: (op as string).startsWith("import") ? (next?.id ?? "") : "",
    paths: Object.keys(detailedDiff ?? {}).length > 0 ? Object.keys(detailedDiff ?? {}) : (diffs ?? []),
    isRetained: next?.retainOnDelete === true,
    wasRetained: old?.retainOnDelete === true,
    // For an update, `provider` is the recorded provider, so the provider in the new state comes first.
    provider: providerUrn(next?.provider || provider),
  };
}

/**
 * Returns the names of the inputs that differ. Used if the provider has not listed the changed inputs. Names that begin
 * with `__` are internal and do not count.
 */
function differing(
  olds: Readonly<Record<string, unknown>> | undefined,
  news: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  if (olds === undefined || news === undefined) return [];
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  return names.filter((name) => !name.startsWith("__") && JSON.stringify(olds[name]) !== JSON.stringify(news[name]));
}
