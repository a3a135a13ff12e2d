import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Bucket } from "./bucket/bucket";
import type { BucketSettings } from "./bucket/settings";
import { AdjustableClock } from "./clock/adjustable-clock";
import { type Clock, realClock } from "./clock/clock";
import { readContract } from "./contract/document";
import { contractValidators } from "./contract/validators";
import type { Engine } from "./engines/engine";
import { createSimulatedEngine } from "./engines/simulated";
import type { Execution } from "./executions/execution";
import { ExecutionStore, type StoreEffects } from "./executions/execution-store";
import { type HideSecrets, hideNothing } from "./executions/hidden-secrets";
import { Runs } from "./executions/runs";
import { InjectedFaults } from "./faults/injected-faults";
import { RequestLog } from "./server/request-log";
import { buildServer } from "./server/server";
import { BASE_PATH, CONTROL_PATH, type ServerState } from "./server/state";
import { storedKey } from "./store/api-key";
import { BUCKET_FOLDER, type ForeignLock, JOURNAL, lockDataFolder } from "./store/data-folder";

export type { HideSecrets } from "./executions/hidden-secrets";
export { labelOf } from "./executions/label";
export { KEY_PREFIX, newKey } from "./store/api-key";

/** The options of an emulator. */
export interface EmulatorOptions {
  /** The port at which the server listens. 0 means any free port. */
  readonly port: number;
  /** The address at which the server listens. Default: `127.0.0.1`. */
  readonly host?: string;
  /** Host names that the header `Host` may have, in addition to the names of this machine. Default: none. */
  readonly allowedHosts?: readonly string[];
  /** The key that clients must send. Default: the key in the data folder. The first start makes this key. */
  readonly apiKey?: string;
  /** The data folder. Default: a temporary folder, which the emulator removes when it ends. */
  readonly dataDirectory?: string;
  /** How {@link lockDataFolder} treats a lock whose process may be in another container. Default: `by-pid`. */
  readonly foreignLock?: ForeignLock;
  /** The engine. Default: the simulated engine. A test may pass another engine. */
  readonly engine?: "docker" | "simulated" | Engine;
  /** The clock. Default: the clock of the machine. The docker engine does not use this clock. */
  readonly clock?: Clock;
  /** Settings of the bucket. An absent setting has its default. */
  readonly bucket?: Partial<BucketSettings>;
  /** Writes to the file with the records of the runs. A test may pass a function that fails. */
  readonly write?: StoreEffects["write"];
  /** Called for each new status of each run, after the status is stored. */
  readonly seen?: (run: RunSeen) => void;
  /** Hides the secrets of a Compose text on the page, but not in the API. Default: hides nothing. */
  readonly hideSecrets?: HideSecrets;
  /** Prints one line for a person. Default: prints nothing. */
  readonly log?: (line: string) => void;
}

/** A new status of a run, with its time. The emulator passes it to the function `seen`. */
export interface RunSeen extends Pick<Execution, "executionId" | "fileName" | "status" | "returnCode"> {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A running emulator. */
export interface Emulator {
  /** Base URL for clients, including the path. */
  readonly url: string;
  readonly apiKey: string;
  readonly engine: "docker" | "simulated";
  /** Base URL of the control endpoint, which is for tests. */
  readonly control: string;
  /** URL of the page. The API key is after the `#`, because a browser does not send this part of a URL. */
  readonly page: string;
  /**
   * Stops the emulator: ends the runs that have begun, and stores the data for the next emulator with this data folder.
   */
  close(): Promise<void>;
}

/**
 * Starts an emulator. Resolves when the emulator is ready.
 * @throws an error with the reason, for example that Docker is missing or that another emulator uses the data folder.
 * If the port is in use, the `code` of the error is `EADDRINUSE`.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { log = () => {}, host = "127.0.0.1" } = options;
  const undo: (() => unknown)[] = [];
  const unwind = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log(`while stopping: ${String(error)}`);
      }
    }
  };
  try {
    const dataDirectory =
      options.dataDirectory === undefined
        ? await mkdtemp(join(tmpdir(), "lyceum-emulator-"))
        : resolve(options.dataDirectory);
    if (options.dataDirectory === undefined) undo.push(() => rm(dataDirectory, { recursive: true, force: true }));
    undo.push(lockDataFolder(dataDirectory, options.foreignLock));
    const { apiKey = storedKey(dataDirectory) } = options;
    const store = openStore(dataDirectory, { log, ...(options.write && { write: options.write }) });
    undo.push(() => store.close());

    const clock = options.clock ?? new AdjustableClock();
    const bucket = new Bucket(join(dataDirectory, BUCKET_FOLDER), clock, options.bucket);
    const engine = await engineOf(options, { clock, log, workFolder: join(dataDirectory, "docker") });
    const runs = new Runs({ store, engine, clock, log, bucket: () => bucket.mount(), seen: options.seen });
    undo.push(() => runs.close());
    const contract = readContract();
    const state: ServerState = {
      apiKey,
      contract,
      validators: contractValidators(contract),
      clock,
      engine,
      runs,
      store,
      bucket,
      faults: new InjectedFaults(),
      requests: new RequestLog(),
      hideSecrets: options.hideSecrets ?? hideNothing,
      breaches: [],
      log,
      // The server also accepts the address at which it listens. DNS rebinding cannot use this address: it needs a host
      // name whose address an attacker can change.
      allowedHosts: new Set([urlHost(host), ...(options.allowedHosts ?? [])].map(hostName)),
    };
    const app = buildServer(state);
    undo.push(() => app.close());
    await runs.recover();
    await app.listen({ host, port: options.port });
    const origin = `http://${urlHost(host)}:${(app.server.address() as AddressInfo).port}`;
    return {
      url: origin + BASE_PATH,
      apiKey,
      engine: engine.name,
      control: origin + CONTROL_PATH,
      page: `${origin}/#key=${encodeURIComponent(apiKey)}`,
      close: unwind,
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}

/** The engine for this machine: docker if Docker works, otherwise simulated. `reason` says why Docker does not work. */
export type EngineChoice = { readonly engine: "docker" } | { readonly engine: "simulated"; readonly reason: string };

/** Checks whether this machine can run real containers. Never rejects. */
export async function chooseEngine(): Promise<EngineChoice> {
  const { dockerAvailable } = await import("./engines/docker/index.js");
  const docker = await dockerAvailable();
  return docker.available ? { engine: "docker" } : { engine: "simulated", reason: docker.reason };
}

/** The result of {@link removeAbandoned}. Without Docker, no run was removed. */
export interface RemovedRuns {
  readonly runs: number;
  /** Lines about what could not be removed, each with the reason. */
  readonly problems: readonly string[];
  /** Why Docker cannot be used. Absent if Docker works. */
  readonly withoutDocker?: string;
}

/** Removes the containers, networks and volumes of runs whose emulator ran on this machine and has ended. */
export async function removeAbandoned(): Promise<RemovedRuns> {
  const { dockerAvailable, sweepAbandoned } = await import("./engines/docker/index.js");
  const docker = await dockerAvailable();
  return docker.available ? sweepAbandoned(docker.facts) : { runs: 0, problems: [], withoutDocker: docker.reason };
}

async function engineOf(
  { engine = "simulated" }: EmulatorOptions,
  effects: { readonly clock: Clock; readonly log: (line: string) => void; readonly workFolder: string },
): Promise<Engine> {
  if (engine === "simulated") return createSimulatedEngine(effects.clock);
  if (engine !== "docker") return engine;
  // The Docker engine's code is loaded only if the engine is used.
  const { createDockerEngine } = await import("./engines/docker/index.js");
  // Containers run in real time. With another clock, the engine would wait for a time that never comes.
  return createDockerEngine({ ...effects, clock: realClock });
}

/** Returns the host with which programs of this machine reach a server that listens at an address. */
export function urlHost(address: string): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  const host = address.includes(":") ? hostName(`[${address}]`) : address;
  return host === "[::]" ? "[::1]" : host;
}

/**
 * Returns a host name as clients send it. An IPv6 address has several spellings, but clients send only one spelling.
 */
function hostName(name: string): string {
  return name.startsWith("[") ? new URL(`http://${name}`).hostname : name.toLowerCase();
}

function openStore(dataDirectory: string, effects: StoreEffects): ExecutionStore {
  try {
    return new ExecutionStore(join(dataDirectory, JOURNAL), effects);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The records in ${dataDirectory} cannot be read: ${reason}. Move that folder away, or give the emulator another one with --data.`,
    );
  }
}
