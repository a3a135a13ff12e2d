import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bucket } from "../bucket/bucket";
import { readContract } from "../contract/document";
import { contractValidators } from "../contract/validators";
import { createSimulatedEngine } from "../engines/simulated";
import { ExecutionStore } from "../executions/execution-store";
import { hideNothing } from "../executions/hidden-secrets";
import { Runs } from "../executions/runs";
import { InjectedFaults } from "../faults/injected-faults";
import { RequestLog } from "../server/request-log";
import type { ServerState } from "../server/state";
import { ManualClock } from "./manual-clock";

/** The state of a server that does not listen, with its clock and its log. */
export type TestServerState = ReturnType<typeof testServerState>;

/**
 * Makes the state of a server, without a server that listens. The state has a folder; the caller removes the folder
 * with `remove`.
 */
export function testServerState() {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  const clock = new ManualClock(Date.UTC(2030, 0, 1));
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const store = new ExecutionStore(join(folder, "journal"), { log });
  const engine = createSimulatedEngine(clock);
  const bucket = new Bucket(join(folder, "bucket"), clock, { credentialSeconds: 60 });
  const contract = readContract();
  const state: ServerState = {
    apiKey: "lk_1",
    contract,
    validators: contractValidators(contract),
    clock,
    engine,
    runs: new Runs({ store, engine, clock, bucket: () => bucket.mount(), log }),
    store,
    bucket,
    faults: new InjectedFaults(),
    requests: new RequestLog(),
    hideSecrets: hideNothing,
    breaches: [],
    log,
    allowedHosts: new Set(),
  };
  const remove = (): void => {
    store.close();
    rmSync(folder, { recursive: true });
  };
  return { state, clock, logged, remove };
}
