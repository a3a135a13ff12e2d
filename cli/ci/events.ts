import type { EngineEvent } from "./automation";

/** A step of a command for one resource, out of an event of the engine. */
export interface ObservedStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Properties whose change calls for a replacement. */
  readonly keys: readonly string[];
  /** Secrets are masked by the engine. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly oldInputs: Readonly<Record<string, unknown>>;
  readonly oldOutputs: Readonly<Record<string, unknown>>;
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

/** A resource that a refresh has found changed (`update`) or gone (`delete`). */
export interface RefreshedResource {
  readonly urn: string;
  readonly op: string;
}

/** What a command of the engine reported. */
export interface ObservedCommand {
  readonly steps: readonly ObservedStep[];
  readonly messages: readonly ObservedMessage[];
  /** Of a refresh: what is not as recorded. */
  readonly refreshed: readonly RefreshedResource[];
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
  const refreshed: RefreshedResource[] = [];
  return {
    add: ({ resourcePreEvent, resOutputsEvent, diagnosticEvent }) => {
      if (resourcePreEvent !== undefined) steps.push(stepOf(resourcePreEvent.metadata));
      if (resOutputsEvent !== undefined) {
        const { urn, op } = resOutputsEvent.metadata;
        if (op === "update" || op === "delete") refreshed.push({ urn, op });
      }
      if (diagnosticEvent !== undefined && diagnosticEvent.ephemeral !== true) {
        const { severity, urn, message } = diagnosticEvent;
        if (severity === "warning" || severity === "error" || severity === "info") {
          messages.push({ urn: urn || undefined, severity, text: message.trimEnd() });
        }
      }
    },
    observed: () => ({ steps: [...steps], messages: [...messages], refreshed: [...refreshed] }),
  };
}

function stepOf({ op, urn, type, keys, old, new: next }: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]) {
  return {
    op,
    urn,
    type,
    keys: keys ?? [],
    inputs: next?.inputs ?? {},
    oldInputs: old?.inputs ?? {},
    oldOutputs: old?.outputs ?? {},
  };
}
