import type { Uploads } from "../../../lifecycle";
import { createMemoryBucket } from "../../../lifecycle/testing/memory-bucket";
import { createEngine } from "../../../lifecycle/testing/model/engine";
import { type Kill, startProcess } from "../../../lifecycle/testing/model/process";
import { type DesiredRun, declared as declaredOf, PLAIN_RUN } from "../../../lifecycle/testing/model/rules";
import type { StackState } from "../../../lifecycle/testing/model/state";
import { type Behaviour, createModelService, type ModelRun } from "../../../lifecycle/testing/model-service";
import { createVirtualClock } from "../../../lifecycle/testing/virtual-clock";
import type { LyceumPort } from "../../../lyceum/port";
import { dynamicHost } from "./dynamic-host";
import { createHttpService } from "./http-service";

/** The name of the only resource of the stack. */
const NAME = "train";

/**
 * The arguments of a declared run: those that the random model of the lifecycle makes, and three that only these tests
 * set.
 */
export type Declared = Partial<DesiredRun> & {
  readonly whenUnverified?: "start" | "fail";
  readonly enableS3Mount?: boolean;
  readonly artifacts?: Readonly<Record<string, string>>;
};

/** Makes a stack with one resource, with the real client and host, in virtual time. */
export function createStack(script: ModelRun["script"]) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.script = script;
  const http = createHttpService(service, clock);
  /** How the processes of the stack store files of runs. Absent by default. */
  const stored: { uploads?: Uploads } = {};
  const bucket = createMemoryBucket();
  const state: StackState = { scope: "scope-secret", entries: new Map(), twins: [] };

  async function run(kind: "up" | "refresh" | "destroy", declared: Declared = {}, kill?: Kill) {
    let answeredAt = 0;
    const port = http.client();
    const watched: LyceumPort = {
      ...port,
      start: async (request, options) => {
        const outcome = await port.start(request, options);
        // At the next moment (see `Kill.at`), the process gets the answer to the start.
        answeredAt = process.moments() + 1;
        return outcome;
      },
    };
    const process: ReturnType<typeof startProcess> = startProcess(
      { clock, port: watched, uploads: stored.uploads, bucket: bucket.bucket },
      kill,
    );
    const engine = createEngine(dynamicHost, process, state);
    const program = new Map([[NAME, declaredOf(NAME, { ...PLAIN_RUN, ...declared })]]);
    const before = http.requests.length;
    const result = await (kind === "up" ? engine.up(program) : engine[kind]());
    return {
      result,
      warnings: process.reported
        .filter((line) => line.startsWith("warning: "))
        .map((line) => line.slice("warning: ".length)),
      reported: process.reported,
      requests: http.requests.slice(before),
      /** The number of the moment (see {@link Kill}) at which the process gets the answer to the start. */
      answeredAt,
    };
  }

  return { clock, service, http, bucket, stored, state, run };
}

/** The result of {@link createStack}. */
export type Stack = ReturnType<typeof createStack>;

/** The statuses of a run that starts and stays active. */
export const GOING = [
  { after: 1, status: "starting" },
  { after: 2, status: "running" },
];

/** The statuses of a run that stays active for most of an hour. */
export const LONG = [...GOING, { after: 3000, status: "completed", returnCode: 0 }];

/** The calls that show the state of a run. */
export const READS = ["list", "history", "record", "olderStatus"] as const;

/**
 * Makes a start without a clear answer.
 *
 * @param exists whether the start made a run
 */
export const unclearStart = (exists = true, started = (): void => undefined): Behaviour["starts"][number] => ({
  commit: exists,
  outcome: (error) => {
    started();
    return { kind: "unknown", error };
  },
});

/** Returns the ids of the runs that have not ended. */
export const active = ({ service }: Stack): string[] =>
  service.runs.filter((run) => service.stateOf(run).endedAt === undefined).map(({ executionId }) => executionId);

/** Returns the recorded outputs of the resource. */
export const outputsOf = ({ state }: Stack) => state.entries.get(NAME)?.outputs;
