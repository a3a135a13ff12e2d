import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callCompose } from "../daemon/compose";
import { runScope } from "../daemon/names";
import { type Compose, prepareModel } from "../run/prepare";
import { composeText } from "./compose-text";
import { asMapping, type Mapping } from "./model";

// Nothing but the real Compose can say what it refuses. `npm test` looks for one, or builds it; without one it is left out.
const plugin = process.env.LYCEUM_TEST_COMPOSE_PLUGIN || undefined;
const withCompose = plugin === undefined ? describe.skip : describe;
const scope = runScope("local-1", "0123456789ab");
const GPU = "No GPU here: the reservation is left out, the service runs on the CPU.";
const gpu = { driver: "nvidia", count: 1, capabilities: ["gpu"] };
const { signal } = new AbortController();
const mebibytes = (count: number) => String(count * 1024 ** 2);

interface Form {
  readonly asked: Mapping;
  /** What Compose brings up: `deploy.resources`, or the keys of the service. */
  readonly resources?: Mapping;
  readonly keys?: Mapping;
  readonly notes?: readonly string[];
}

/** `deploy.resources` in each form, as Compose gets it from the engine. */
const FORMS: Readonly<Record<string, Form>> = {
  "limits.cpus, more than there are": {
    asked: { deploy: { resources: { limits: { cpus: "16" } } } },
    resources: { limits: { cpus: 4 } },
    notes: ["No 16 CPUs here: limited to 4."],
  },
  gpus: { asked: { gpus: "all" }, notes: [GPU] },
  "all together": {
    asked: {
      deploy: {
        resources: {
          limits: { memory: "64M", cpus: "0.5", pids: 50 },
          reservations: { memory: "32M", cpus: "0.25", devices: [gpu] },
        },
      },
    },
    resources: {
      limits: { memory: mebibytes(64), cpus: 0.5, pids: 50 },
      reservations: { memory: mebibytes(32), cpus: 0.25 },
    },
    notes: [GPU],
  },
  "keys of the service": {
    asked: { mem_limit: "64M", mem_reservation: "32M", memswap_limit: "64M", cpus: 16, pids_limit: 50 },
    keys: {
      mem_limit: mebibytes(64),
      mem_reservation: mebibytes(32),
      memswap_limit: mebibytes(64),
      cpus: 4,
      pids_limit: 50,
    },
    notes: ["No 16 CPUs here: limited to 4."],
  },
  "both places": {
    asked: {
      mem_limit: "64M",
      mem_reservation: "32M",
      cpus: 16,
      pids_limit: 50,
      deploy: {
        resources: { limits: { memory: "64M", cpus: "16", pids: 50 }, reservations: { memory: "32M", devices: [gpu] } },
      },
    },
    resources: {
      limits: { memory: mebibytes(64), cpus: 4, pids: 50 },
      reservations: { memory: mebibytes(32) },
    },
    keys: { mem_limit: mebibytes(64), mem_reservation: mebibytes(32), cpus: 4, pids_limit: 50 },
    notes: ["No 16 CPUs here: limited to 4.", GPU],
  },
};

const KEYS = ["mem_limit", "mem_reservation", "memswap_limit", "cpus", "pids_limit", "gpus"];

withCompose("the real Compose takes what the engine makes of", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "resources-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const compose: Compose = (args, input) =>
    callCompose({ plugin: plugin ?? "", socket: "/none" }, { project: scope.project, folder, args, input, signal });

  test.each(Object.entries(FORMS))(
    "%s",
    async (_name, { asked, resources, keys = {}, notes = [] }) => {
      const text = JSON.stringify({ services: { a: { image: "x", ...asked } } });
      const prepared = await prepareModel(text, scope, 4, compose, (reason) => reason);
      if (prepared.kind === "failed") throw new Error(prepared.reasons.join("\n"));
      expect(prepared.value.notes.map(({ message }) => message).sort()).toEqual([...notes].sort());

      const input = composeText(prepared.value.model);
      const exit = await compose(["config", "--format", "json"], input, {});
      expect(exit.stderr).toBe("");
      const service = asMapping(asMapping(asMapping(JSON.parse(exit.stdout)).services).a);
      expect(asMapping(service.deploy).resources).toEqual(resources);
      expect(Object.fromEntries(Object.entries(service).filter(([key]) => KEYS.includes(key)))).toEqual(keys);
    },
    30_000,
  );
});
