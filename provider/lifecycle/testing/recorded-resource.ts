import type { LyceumPort } from "../../lyceum/port";
import { createReportWriter } from "../../reads/report/write-report";
import { check, create, createRuntime, type ExecutionOutputs } from "..";
import type { RecordedState, ResourceInputs } from "../run/inputs";
import { noBucket } from "./memory-bucket";
import { createModelService } from "./model-service";
import { memoryPorts } from "./projects";
import { createVirtualClock } from "./virtual-clock";

/** The URN of the resource. */
export const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train";
/** A secret value that no message and no state may show. */
export const SECRET = "correct-horse-battery";
/** A signal that never fires. */
export const { signal: never } = new AbortController();

/**
 * Starts a process with a model service in virtual time. `rows` contains the notices and warnings with the name of
 * their resource, such as `train warning: …`. `written` contains the contents of written files by path.
 */
export function startProcess(changed: (port: LyceumPort) => Partial<LyceumPort> = () => ({})) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.script = [{ after: 1, status: "running" }];
  const rows: string[] = [];
  const record =
    (kind: string) =>
    (urn: string, message: string): void =>
      void rows.push(`${urn.split("::").at(-1)} ${kind}: ${message}`);
  const engine = {
    report: { progress: () => undefined, notice: record("notice"), warning: record("warning") },
    liveness: { isAlive: async () => true },
    flush: async () => undefined,
  };
  const open = () => ({ ...service.client, ...changed(service.client) });
  const written = new Map<string, string>();
  const writeFile = (path: string, text: string): void => {
    if (path.startsWith("/read-only/")) throw new Error("the file cannot be written (EROFS)");
    written.set(path, text);
  };
  const newCommand = () =>
    createRuntime({
      clock,
      engine,
      open,
      openBucket: noBucket,
      project: memoryPorts(),
      writeReport: createReportWriter(writeFile),
    });
  return { clock, service, rows, written, runtime: newCommand(), newCommand };
}

/** Makes inputs of the resource. */
export const inputs = (values: Record<string, unknown> = {}, more: Partial<ResourceInputs> = {}): ResourceInputs => ({
  urn: URN,
  scope: "scope-secret",
  secrets: [],
  values: { composeFileCode: "services:\n  train:\n    image: busybox\n", ...values },
  ...more,
});

/** Makes a state with these outputs. */
export const stateOf = ({ resourceUrn, ...properties }: ExecutionOutputs): RecordedState => ({
  id: properties.executionId,
  urn: resourceUrn,
  properties,
});

/** Creates the resource in an earlier command, and returns what this command recorded. */
export async function recorded(process: ReturnType<typeof startProcess>, values: Record<string, unknown> = {}) {
  const { inputs: news } = await check(process.runtime, { news: inputs(values) });
  const state = stateOf(await create(process.runtime, { news, signal: never }));
  return { state, oldInputs: news };
}

/** Creates the resource in one command, and starts the next command. `runtime` belongs to the next command. */
export async function nextCommand(values: Record<string, unknown> = {}) {
  const process = startProcess();
  const old = await recorded(process, values);
  return { process, old, runtime: process.newCommand() };
}
