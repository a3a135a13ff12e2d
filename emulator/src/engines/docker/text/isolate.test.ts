import { runScope } from "../names";
import { isolate } from "./isolate";
import { asMapping, locationsOf, type Mapping } from "./model";
import { refusals } from "./refusals";

const scope = runScope("local-1", "0123456789ab", "me");
const other = runScope("local-2", "0123456789ab", "me");
const labels = {
  "pulumi-lyceum.emulator": "0123456789ab",
  "pulumi-lyceum.execution": "local-1",
  "pulumi-lyceum.owner": "me",
};

/** A model as `docker compose config --format json` prints it. */
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
      networks: { back: { aliases: ["w"], interface_name: "lan0", ipv4_address: "10.9.0.4" }, default: null },
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

test("names and addresses that the text sets are removed", () => {
  const { model, notes } = isolate(NORMALISED, scope, 4);
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
        networks: { back: { aliases: ["w", "front"], interface_name: "lan0" }, default: { aliases: ["front"] } },
        volumes: [{ type: "volume", source: "data", target: "/d", volume: {} }],
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
      locationsOf(isolate(NORMALISED, run, 4).model, pattern).map(({ value }) => value),
    );
  expect(names(scope)).toHaveLength(4);
  expect(names(scope).filter((name) => names(other).includes(name))).toEqual([]);
});

test("a service that would use the daemon's bridge gets the default network", () => {
  const { model } = isolate({ services: { a: { image: "x", network_mode: "bridge" } } }, scope, 4);
  expect(model.networks).toEqual({ default: { name: "lyceum-local-1_default", labels } });
});

test("a name such as `__proto__` stays an ordinary key", () => {
  const model = JSON.parse('{"services":{"__proto__":{"image":"x"}},"volumes":{"__proto__":{}}}') as Mapping;
  const text = JSON.stringify(isolate(model, scope, 4).model);
  expect(text).toContain('"__proto__":{"image":"x"');
  expect(refusals(JSON.parse('{"services":{"__proto__":{"build":"."}}}'))).toHaveLength(1);
});

test("missing resources are left out and reported wherever they are requested, and other limits stay", () => {
  const limits = { memory: "64M", cpus: "16", pids: 50 };
  const reservations = { memory: "32M", devices: [{ driver: "nvidia", count: 1, capabilities: ["gpu"] }] };
  const ask = { mem_limit: "64M", cpus: 16, pids_limit: 50, gpus: [{ count: -1 }] };
  const services = { a: { ...ask, deploy: { replicas: 1, resources: { limits, reservations } } }, b: { cpus: 4 } };
  const { model, notes } = isolate({ services }, scope, 4);
  expect(model.services).toMatchObject({
    a: {
      mem_limit: "64M",
      cpus: 4,
      pids_limit: 50,
      deploy: { replicas: 1, resources: { limits: { ...limits, cpus: 4 }, reservations: { memory: "32M" } } },
    },
    b: { cpus: 4 },
  });
  expect(JSON.stringify(model)).not.toMatch(/gpus|devices/);
  expect(notes.map(({ service, message }) => `${service}: ${message}`).sort()).toEqual([
    "a: No 16 CPUs here: limited to 4.",
    "a: No GPU here: the reservation is left out, the service runs on the CPU.",
  ]);
});

test("a dependency on a service of an inactive profile is left out, and any other stays", () => {
  const dependsOn = { web: { condition: "service_started" }, off: { condition: "service_started", required: false } };
  const services = { web: { image: "x" }, app: { image: "x", depends_on: dependsOn } };
  const { model } = isolate({ name: "n", services }, scope, 4);
  expect(asMapping(asMapping(asMapping(model).services).app).depends_on).toEqual({ web: dependsOn.web });
});
