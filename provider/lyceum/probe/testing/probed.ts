import { createHttpService, type Deviation } from "../../../hosts/dynamic/testing/http-service";
import { createModelService } from "../../../lifecycle/testing/model-service";
import { createVirtualClock } from "../../../lifecycle/testing/virtual-clock";
import type { OperationName } from "../../operations";
import type { LyceumPort } from "../../port";
import { ASSUMPTIONS } from "../assumptions";
import type { StoredMarker } from "../mount";
import { walk } from "../walk";

/** Deviations from the contract, by call. */
export type Deviations = Partial<Record<OperationName, Deviation>>;

/** An emulated API with deviations from the contract and an older run, and a probe of this API that can be stopped. */
export function prepare(deviations: Deviations = {}) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.machines = ["cpu"];
  service.behaviour.output = ["a line", "marker-1", "short-1 exited with code 0"];
  service.runs.push({
    executionId: "older",
    request: { compose_file_code: "", file_name: "older" },
    createdAt: clock.now() - 3_600_000,
    script: [{ after: 1, status: "completed", returnCode: 0 }],
  });
  const http = createHttpService(service, clock);
  for (const [operation, deviation] of Object.entries(deviations)) http.deviate(operation as OperationName, deviation);
  const stop = new AbortController();
  /** The lines of progress. */
  const shown: string[] = [];
  const marker = { stored: { kind: "stored" } as StoredMarker, removed: 0, isRemovable: true };
  const probe = (client: LyceumPort = http.client()) =>
    walk({
      client,
      now: clock.now,
      sleep: clock.sleep,
      unknownId: "unknown-1",
      signal: stop.signal,
      progress: (text) => void shown.push(text),
      machine: "cpu",
      fileName: "probe-1",
      marker: {
        key: "probe/1.txt",
        content: "marker-1",
        store: async () => marker.stored,
        remove: async () => {
          marker.removed += 1;
          return marker.isRemovable;
        },
      },
    });
  const active = () => service.runs.filter((run) => !run.abortedAt && !service.stateOf(run).endedAt).length;
  const starts = () => http.requests.filter((request) => request.startsWith("start")).length;
  return { service, http, stop, probe, active, starts, marker, shown };
}

/** The finding about each assumption. */
export const findingsOf = ({ answers }: Awaited<ReturnType<typeof walk>>) =>
  new Map(ASSUMPTIONS.map(({ id, evaluate }) => [id, evaluate(answers)]));
