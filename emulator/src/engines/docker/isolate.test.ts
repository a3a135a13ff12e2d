import { isolate } from "./isolate";
import { asMapping, locationsOf, type Mapping } from "./model";
import { runScope } from "./names";
import { refusals } from "./refusals";

const scope = runScope("local-1", "0123456789ab");
const other = runScope("local-2", "0123456789ab");
const machine = { cpus: 4, memoryBytes: 4 * 1024 ** 3 };
const labels = { "pulumi-lyceum.emulator": "0123456789ab", "pulumi-lyceum.execution": "local-1" };

/** As `docker compose config --format json` prints it. */
const NORMALISED: Mapping = {
  name: "lyceum-local-1",
  services: {
    web: {
      image: "nginx",
      command: null,
      entrypoint: null,
      container_name: "front",
      environment: { A: "1", FROM_SHELL: null },
      labels: { mine: "x", "com.docker.compose.project": "stolen", "pulumi-lyceum.execution": "stolen" },
      logging: { driver: "syslog" },
      networks: { back: { aliases: ["w"], ipv4_address: "10.9.0.4" }, default: null },
      ports: [{ mode: "ingress", target: 80, published: "8080", protocol: "tcp" }],
      volumes: [{ type: "volume", source: "data", target: "/d", volume: {} }],
      pre_stop: [{ command: ["x"] }],
    },
    old: { image: "x", network_mode: "bridge", container_name: "legacy" },
    alone: { image: "x", network_mode: "none" },
    beside: { image: "x", network_mode: "service:web" },
  },
  networks: {
    default: { name: "lyceum-local-1_default", ipam: {} },
    back: {
      name: "shared",
      driver_opts: { "com.docker.network.bridge.name": "br0" },
      ipam: { config: [{ subnet: "10.9.0.0/24" }] },
      internal: true,
    },
  },
  volumes: { data: { name: "fixed" } },
  configs: { c: { name: "fixed-config", content: "hello" } },
};

test("nothing of a text's own naming or addressing is left", () => {
  const { model, notes } = isolate(NORMALISED, scope, machine);
  expect(notes.map(({ service, message }) => `${service}: ${message.split(" ", 1)[0]}`)).toEqual([
    "web: `ports`",
    "web: `logging`",
    "web: `pre_stop`",
    "web: The",
    "web: `ipam`,",
  ]);
  expect(model).toEqual({
    name: "lyceum-local-1",
    services: {
      web: {
        image: "nginx",
        command: null,
        entrypoint: null,
        environment: { A: "1" },
        labels: { mine: "x", ...labels },
        logging: { driver: "json-file", options: { "max-size": "64m", "max-file": "2" } },
        networks: { back: { aliases: ["w", "front"] }, default: { aliases: ["front"] } },
        volumes: [{ type: "volume", source: "data", target: "/d", volume: {} }],
        mem_limit: "805306368",
        memswap_limit: "805306368",
        pids_limit: 4096,
      },
      old: expect.objectContaining({ networks: { default: { aliases: ["legacy"] } } }),
      alone: expect.objectContaining({ network_mode: "none" }),
      beside: expect.objectContaining({ network_mode: "service:web" }),
    },
    networks: {
      default: { name: "lyceum-local-1_default", labels },
      back: { name: "lyceum-local-1_back", internal: true, labels },
    },
    volumes: { data: { name: "lyceum-local-1_data", labels } },
    configs: { c: { name: "lyceum-local-1_c", content: "hello" } },
  });
  expect(asMapping(asMapping(model.services).old).network_mode).toBeUndefined();
  expect(asMapping(asMapping(model.services).alone).networks).toBeUndefined();
});

test("two runs of one text have no name in common", () => {
  const names = (run: typeof scope) =>
    ["networks.*.name", "volumes.*.name", "configs.*.name"].flatMap((pattern) =>
      locationsOf(isolate(NORMALISED, run, machine).model, pattern).map(({ value }) => value),
    );
  expect(names(scope)).toHaveLength(4);
  expect(names(scope).filter((name) => names(other).includes(name))).toEqual([]);
});

test("the default network is there for a service that the daemon's bridge was taken from", () => {
  const { model } = isolate({ services: { a: { image: "x", network_mode: "bridge" } } }, scope, machine);
  expect(model.networks).toEqual({ default: { name: "lyceum-local-1_default", labels } });
});

test("a GPU is left out, and the run says so", () => {
  const devices = [{ capabilities: ["gpu"], driver: "nvidia", count: -1 }];
  const model = {
    services: {
      a: { image: "x", gpus: [{ count: -1 }] },
      b: { image: "x", deploy: { resources: { limits: { memory: "1" }, reservations: { devices, memory: "2" } } } },
      c: { image: "x" },
    },
  };
  const isolated = isolate(model, scope, machine);
  expect(isolated.notes.map((note) => note.service)).toEqual(["a", "b"]);
  expect(isolated.notes[0]?.message).toContain("No GPU here");
  expect(JSON.stringify(isolated.model)).not.toContain("gpu");
  expect(locationsOf(isolated.model, "services.b.deploy.resources")[0]?.value).toEqual({
    limits: {},
    reservations: {},
  });
});

test("more CPUs than the machine has are limited, and the run says so", () => {
  const limited = { resources: { limits: { cpus: 16 } } };
  const model = {
    services: { a: { image: "x", cpus: 16 }, b: { image: "x", deploy: limited }, c: { image: "x", cpus: 2 } },
  };
  const isolated = isolate(model, scope, machine);
  expect(isolated.notes).toEqual([
    { service: "a", message: "No 16 CPUs here: limited to 4." },
    { service: "b", message: "No 16 CPUs here: limited to 4." },
  ]);
  expect(locationsOf(isolated.model, "services.*.cpus").map(({ value }) => value)).toEqual([4, 2]);
  expect(locationsOf(isolated.model, "services.b.deploy.resources.limits.cpus")[0]?.value).toBe("4");
});

test("memory, processes and swap of a run are limited, and it is reported when it asked for more", () => {
  const own = { resources: { limits: { memory: "1048576", pids: 7, cpus: "1" }, reservations: { memory: "2097152" } } };
  const isolated = isolate(
    {
      services: {
        silent: { image: "x" },
        greedy: { image: "x", mem_limit: "999999999999", memswap_limit: "-1", pids_limit: 99999 },
        modest: { image: "x", deploy: own },
      },
    },
    scope,
    machine,
  );
  const share = String(1024 ** 3);
  expect(locationsOf(isolated.model, "services.*").map(({ value }) => pickLimits(asMapping(value)))).toEqual([
    { mem_limit: share, memswap_limit: share, pids_limit: 4096 },
    { mem_limit: share, memswap_limit: share, pids_limit: 4096 },
    { mem_limit: "1048576", memswap_limit: "1048576", mem_reservation: "1048576", pids_limit: 7 },
  ]);
  expect(locationsOf(isolated.model, "services.modest.deploy.resources")[0]?.value).toEqual({
    limits: { cpus: "1" },
    reservations: {},
  });
  expect(isolated.notes).toEqual([
    { service: "greedy", message: "No 953674 MB of memory here: limited to 1024 MB." },
    { service: "greedy", message: "No 99999 processes here: limited to 4096." },
  ]);
});

test("the share of memory is counted by containers", () => {
  const { model } = isolate({ services: { a: { image: "x", scale: 3 } } }, scope, machine);
  expect(asMapping(asMapping(model.services).a).mem_limit).toBe(String(1024 ** 3));
});

function pickLimits(service: Mapping): Mapping {
  const keys = ["mem_limit", "memswap_limit", "mem_reservation", "pids_limit"];
  return Object.fromEntries(Object.entries(service).filter(([key]) => keys.includes(key)));
}

test("a name that every object has stays an ordinary key", () => {
  const model = JSON.parse('{"services":{"__proto__":{"image":"x"}},"volumes":{"__proto__":{}}}') as Mapping;
  const text = JSON.stringify(isolate(model, scope, machine).model);
  expect(text).toContain('"__proto__":{"image":"x"');
  expect(refusals(JSON.parse('{"services":{"__proto__":{"build":"."}}}'))).toHaveLength(1);
});
