import type { EngineEvent } from "../automation";

/** Type of an execution in the plugin. */
export const TYPE = "lyceum:index:ComposeExecution";

/** The URN of an execution of the stack `prod`. */
export function urnOf(name: string): string {
  return `urn:pulumi:prod::training::${TYPE}::${name}`;
}

const head = { sequence: 0, timestamp: 0 };

/** A message of the engine as it comes. */
export function diagnostic(name: string | undefined, severity: string, message: string): EngineEvent {
  const urn = name === undefined ? {} : { urn: urnOf(name) };
  // The SDK's type leaves `debug` out, the engine does not.
  const event = { ...urn, message, color: "never", severity } as NonNullable<EngineEvent["diagnosticEvent"]>;
  return { ...head, diagnosticEvent: event };
}

/** A step of the engine: inputs of the new state, outputs of the old one. */
export function step(
  op: string,
  name: string,
  { old, new: next }: { readonly old?: Record<string, unknown>; readonly new?: Record<string, unknown> },
): EngineEvent {
  const urn = urnOf(name);
  const state = (inputs: Record<string, unknown>, outputs: Record<string, unknown>) => ({
    type: TYPE,
    urn,
    id: "",
    parent: "",
    provider: "",
    inputs,
    outputs,
  });
  const metadata = {
    op: op as NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["op"],
    urn,
    type: TYPE,
    provider: "",
    ...(old === undefined ? {} : { old: state({}, old) }),
    ...(next === undefined ? {} : { new: state(next, {}) }),
  };
  return { ...head, resourcePreEvent: { metadata, planning: true } };
}
