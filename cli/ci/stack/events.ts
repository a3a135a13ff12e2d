import type { EngineEvent } from "./automation";

/** A step of a command for one resource, out of an event of the engine. */
export interface ObservedStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Properties whose change calls for a replacement. */
  readonly keys: readonly string[];
  /** Properties that change. */
  readonly changed: readonly string[];
  /** Secrets are masked by the engine. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly oldInputs: Readonly<Record<string, unknown>>;
  readonly oldOutputs: Readonly<Record<string, unknown>>;
  /** The resource option `retainOnDelete` as the program declares it, and as it is recorded: the engine then deletes without the provider. */
  readonly isRetained: boolean;
  readonly wasRetained: boolean;
}

/** A message about a resource, or about the command where it has no URN. */
export interface ObservedMessage {
  readonly urn: string | undefined;
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
}

/** A warning or error as a summary shows it, with the name of the resource that it is about; empty where it is about none. */
export interface ReportedMessage {
  readonly severity: "warning" | "error";
  readonly name: string;
  readonly text: string;
}

/** A step that has come to its end; in a refresh, what was found of a resource. */
export interface EndedStep {
  readonly urn: string;
  readonly op: string;
  readonly hasFailed: boolean;
}

/** What a command of the engine reported. */
export interface ObservedCommand {
  readonly steps: readonly ObservedStep[];
  readonly messages: readonly ObservedMessage[];
  readonly ended: readonly EndedStep[];
  /** How many resources there are of each operation, as Pulumi itself counts them; empty where it came to no count. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Gathers the events of one command. Messages of severity `debug` are dropped as they come: Pulumi's Node.js SDK writes inputs into them,
 * secrets in plaintext too. Ephemeral ones are progress, which differs from one command to the next.
 */
export function gatherEvents(): {
  readonly add: (event: EngineEvent) => void;
  readonly observed: () => ObservedCommand;
} {
  const steps: ObservedStep[] = [];
  const messages: ObservedMessage[] = [];
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
        if (severity === "warning" || severity === "error" || severity === "info") {
          messages.push({ urn: urn || undefined, severity, text: message.trimEnd() });
        }
      }
    },
    observed: () => ({ steps: [...steps], messages: [...messages], ended: [...ended], counts }),
  };
}

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function endOf({ urn, op }: Pick<Metadata, "urn" | "op">, hasFailed: boolean): EndedStep {
  return { urn, op, hasFailed };
}

function stepOf({ op, urn, type, keys, diffs, old, new: next }: Metadata): ObservedStep {
  return {
    op,
    urn,
    type,
    keys: keys ?? [],
    changed: diffs !== undefined && diffs.length > 0 ? diffs : differing(old?.inputs, next?.inputs),
    inputs: next?.inputs ?? {},
    oldInputs: old?.inputs ?? {},
    oldOutputs: old?.outputs ?? {},
    isRetained: next?.retainOnDelete === true,
    wasRetained: old?.retainOnDelete === true,
  };
}

/** Names of the inputs that are not the same: a provider need not name them. Those of this package and of the SDK begin with `__`. */
function differing(
  olds: Readonly<Record<string, unknown>> | undefined,
  news: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  if (olds === undefined || news === undefined) return [];
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  return names.filter((name) => !name.startsWith("__") && JSON.stringify(olds[name]) !== JSON.stringify(news[name]));
}
