import { document } from "../testing/read-marks";
import { canonicalText } from "./canonical";

const canonical = (text: string) => canonicalText(document(text).model);
const service = (settings: string) => canonical(`services: {web: {image: nginx, ${settings}}}`);

describe("what does not count as a change", () => {
  it.each([
    [
      "comments and key order",
      "# c\nservices: {web: {image: a, tty: true}}",
      "services: {web: {tty: true, image: a}} # d",
    ],
    ["quoting", "services: {web: {image: a}}", "'services': {\"web\": {image: 'a'}}"],
    ["block or flow", "services: {web: {image: a, dns: [b]}}", "services:\n  web:\n    image: a\n    dns:\n    - b\n"],
    ["aliases", "services: {a: &x {image: i}, b: *x}", "services: {a: {image: i}, b: {image: i}}"],
    ["merge keys", "services: {a: &x {image: i}, b: {<<: *x}}", "services: {a: {image: i}, b: {image: i}}"],
    ["spellings of a number", "services: {a: {image: i, mem_limit: 0x10}}", "services: {a: {image: i, mem_limit: 16}}"],
    ["spellings of true", "services: {a: {image: i, tty: TRUE}}", "services: {a: {image: i, tty: true}}"],
    ["the obsolete version", "version: '3'\nservices: {a: {image: i}}", "services: {a: {image: i}}"],
    ["empty resources", "services: {a: {image: i}}\nvolumes: {d: }", "services: {a: {image: i}}\nvolumes: {d: {}}"],
  ])("%s: no change", (_, before, after) => {
    expect(canonical(after)).toBe(canonical(before));
  });

  it.each([
    ["environment: [A=true, B=1.5, C=1e-05]", "environment: {A: true, B: 1.5, C: 0.00001}"],
    ["pull_policy: if_not_present", "pull_policy: missing"],
    ["extra_hosts: ['a:1.1.1.1', 'b=1.1.1.2,1.1.1.3']", "extra_hosts: {a: 1.1.1.1, b: [1.1.1.2, 1.1.1.3]}"],
    ["labels: [a.b=c, d]", "labels: {a.b: c, d: }"],
    ["command: a 'b c'", "command: [a, b c]"],
    ["ports: ['8000-8001:80-81']", "ports: [{published: 8000, target: 80}, {published: '8001', target: 81}]"],
    [
      "volumes: ['/a:/b/:ro,z']",
      "volumes: [{type: bind, source: /a, target: /b, read_only: true, bind: {create_host_path: true, selinux: z}}]",
    ],
    ["volumes: ['data:/b']", "volumes: [{type: volume, source: data, target: /b, volume: {}}]"],
    [
      "volumes: ['/a:/b:z,shared,private,rslave,rw,ro']",
      "volumes: [{type: bind, source: /a, target: /b, read_only: true, bind: {create_host_path: true, selinux: z, propagation: rslave}}]",
    ],
    ["volumes: ['./a/:/b']", "volumes: ['./a:/b']"],
    ["volumes: ['/a:/b:ro,rw']", "volumes: ['/a:/b']"],
    ["volumes: ['vol:/b:nocopy']", "volumes: [{type: volume, source: vol, target: /b, volume: {nocopy: true}}]"],
    ["volumes: [/b]", "volumes: [{type: volume, target: /b}]"],
    ["ports: [80, '81']", "ports: ['80', {target: 81}]"],
    ["umask: '022'", "umask: 022"],
    ["extra_hosts: ['a:b=1.1.1.1']", "extra_hosts: {'a:b': 1.1.1.1}"],
    ["devices: [/dev/a]", "devices: [{source: /dev/a, target: /dev/a, permissions: rwm}]"],
    ["secrets: [s]", "secrets: [{source: s, target: /run/secrets/s}]"],
    ["networks: [a, b]", "networks: {b: , a: }"],
    ["gpus: all", "gpus: [{count: ALL}]"],
    ["gpus: [{driver: d, options: [a=b]}]", "gpus: [{count: -1, driver: d, options: {a: b}}]"],
    ["gpus: [{device_ids: ['1']}, {count: '2'}]", "gpus: [{device_ids: ['1']}, {count: 2}]"],
    ["attach: 'no', tty: 'YES', scale: '2', cpus: '.5'", "attach: false, tty: true, scale: 2, cpus: 0.5"],
    ["secrets: [{source: s, mode: '400'}]", "secrets: [{source: s, target: /run/secrets/s, mode: 0400}]"],
    ["provider: {type: t, options: {a: 1, b: [2, x]}}", "provider: {type: t, options: {a: ['1'], b: ['2', x]}}"],
    ["build: ./a/", "build: {context: a}"],
    ["build: ./", "build: {context: .}"],
    ["build: a/../..", "build: {context: ..}"],
    ["build: a/../../b", "build: {context: ../b}"],
    ["volumes: [{type: bind, source: a/, target: /b}]", "volumes: [{type: bind, source: ./a, target: /b}]"],
    [
      "volumes: ['/a:/b:Z']",
      "volumes: [{type: bind, source: /a, target: /b, bind: {create_host_path: true, selinux: Z}}]",
    ],
    ["memswap_limit: 0", "memswap_limit: '0'"],
    ["memswap_limit: -1", "memswap_limit: '-1'"],
    ["secrets: [{source: s}]", "secrets: [{source: s, target: /run/secrets/s}]"],
    ["gpus: [{options: [a=b], count: 1}]", "gpus: [{count: '1', options: {a: b}}]"],
    ["develop: {watch: [{path: a/../b, action: rebuild}]}", "develop: {watch: [{path: ./b, action: rebuild}]}"],
    // In an item of a list, the dollar sign of the key is doubled, because Compose replaces variables there. In a
    // mapping, Compose replaces no variables in keys, so the dollar sign of the key is single.
    ["labels: ['a$$b=c$$d']", "labels: {a$b: c$$d}"],
    ["labels: ['a\u202f=c']", "labels: {'a\u202f': c}"],
    ["healthcheck: {test: a b, interval: 90s}", "healthcheck: {test: [CMD-SHELL, a b], interval: 1m30s}"],
    ["mem_limit: 1k, shm_size: 1.5kb", "mem_limit: 1024, shm_size: '1536'"],
    ["dns: a, expose: [80]", "dns: [a], expose: ['80']"],
    ["extra_hosts: {a: 1.1.1.1, b: ['::1', 2.2.2.2]}", "extra_hosts: ['b:[::1]', 'b=2.2.2.2', 'a=1.1.1.1']"],
    ["build: {context: ., provenance: true, sbom: false}", "build: {context: ., provenance: 'true', sbom: 'false'}"],
    ["networks: {n: {priority: 1.5, gw_priority: 2.5}}", "networks: {n: {priority: 1, gw_priority: 2}}"],
    ["dns: [a, ''], dns_search: '', tmpfs: ''", "dns: a, dns_search: [''], tmpfs: ['']"],
    ["storage_opt: {size: 1, a: }", "storage_opt: {size: '1', a: ''}"],
    ["depends_on: [a, b]", "depends_on: {b: {condition: service_started}, a: {required: true, restart: false}}"],
  ])("%s means the same as %s", (before, after) => {
    expect(service(after)).toBe(service(before));
  });

  it("paths and options of configs, secrets and networks", () => {
    const rest = "services: {a: {image: i, networks: {n: {driver_opts: {o: 1}}}}}";
    const [short, long] = ["{file: a/b, driver_opts: {n: 1}}", "{file: ./a/b, driver_opts: {n: '1'}}"];
    expect(canonical(`configs: {c: {file: x}}\nsecrets: {s: ${short}}\n${rest}`)).toBe(
      canonical(`configs: {c: {file: ./x}}\nsecrets: {s: ${long}}\n${rest.replace("o: 1", "o: '1'")}`),
    );
  });

  it.each(["configs", "networks", "secrets", "volumes"])("the names of external %s", (section) => {
    const text = (settings: string) => canonical(`${section}: {x: {${settings}}}\nservices: {a: {image: i}}`);
    expect(text("external: {name: n}")).toBe(text("external: true, name: n"));
    expect(text("external: {}")).toBe(text("external: true"));
    expect(text("external: {name: n}")).not.toBe(text("external: {name: m}"));
  });

  it("the schedule of a job", () => {
    const text = (schedule: string) => canonical(`jobs: {j: {image: i, triggers: {schedule: [${schedule}]}}}`);
    expect(text("'0 0 * * *'")).toBe(text("{cron: '0 0 * * *'}"));
    expect(text("'0 0 * * *'")).not.toBe(text("'0 1 * * *'"));
  });

  it("labels of networks and volumes", () => {
    const rest = "services: {a: {image: i}}";
    expect(canonical(`networks: {n: {labels: [a=b]}}\n${rest}`)).toBe(
      canonical(`networks: {n: {labels: {a: b}}}\n${rest}`),
    );
  });
});

describe("what counts as a change", () => {
  it.each([
    ["an image", "tty: true", "tty: false"],
    ["a string and a number", "user: '1'", "user: 1"],
    ["the order of a list", "dns: [a, b]", "dns: [b, a]"],
    ["octal and decimal", "mode: 0440", "mode: 440"],
    ["a size with a fraction", "memswap_limit: 1.5", "memswap_limit: '1.5'"],
    ["the target of a secret", "secrets: [{source: s, target: t}]", "secrets: [s]"],
    ["the target of a config", "configs: [c]", "configs: [{source: c, target: /run/secrets/c}]"],
    ["large numbers", "x-a: 9007199254740993", "x-a: 9007199254740992"],
    ["a value and none", "environment: {A: ''}", "environment: {A: }"],
    ["an extension", "x-own: {exit: 0}", "x-own: {exit: 1}"],
    ["the condition of a dependency", "depends_on: [a]", "depends_on: {a: {condition: service_healthy}}"],
    ["a dependency that is not required", "depends_on: [a]", "depends_on: {a: {required: false}}"],
    ["an exposed port", "expose: [80]", "expose: [81]"],
    ["a device", "devices: [/dev/a]", "devices: [/dev/b]"],
    ["a command", "command: a", "command: b"],
    ["a healthcheck", "healthcheck: {test: a}", "healthcheck: {test: b}"],
    ["the address of a host", "extra_hosts: ['a=1.1.1.1']", "extra_hosts: ['a=1.1.1.2']"],
    ["a umask", "umask: '022'", "umask: '027'"],
    ["when an image is pulled", "pull_policy: always", "pull_policy: never"],
    ["the provenance of a build", "build: {context: ., provenance: true}", "build: {context: ., provenance: false}"],
    // Compose replaces variables in the items of a list, but not in the keys of a mapping. So the two forms do not mean
    // the same.
    ["a variable as a key", "environment: ['$A']", "environment: {'$A': }"],
  ])("%s: a change", (_, before, after) => {
    expect(service(after)).not.toBe(service(before));
  });
});

const WIDE = [100, 100, 100, 100, 100];

it.each([
  ["of a range of 100 ports, each", [100], 100],
  ["of a range of 101 ports, the range", [101], 1],
  ["of 500 ports in wide ranges, each", WIDE, 500],
  ["of more in wide ranges, the ranges", [...WIDE, 13], 6],
  ["of narrow ranges next to them, each", [...WIDE, 12], 512],
  ["of a range that is too wide next to them, the range alone", [...WIDE, 101], 501],
])("writes %s", (_, counts, items) => {
  const ports = counts.map((count) => `'1-${count}:1-${count}'`);
  expect(JSON.parse(service(`ports: [${ports.join(", ")}]`)).services.web.ports).toHaveLength(items);
});

it("leaves a value alone whose form no rule knows", () => {
  const odd =
    "environment: [{A: 1}], networks: [{n: 1}], volumes: [1], extra_hosts: [a, {b: c}], labels: word, depends_on: [1], deploy: [labels], build: 5, provider: {options: {a: , b: [1, {c: 2}]}}";
  expect(JSON.parse(service(odd))).toEqual({
    services: {
      web: {
        image: "nginx",
        environment: [{ A: 1 }],
        networks: [{ n: 1 }],
        volumes: [1],
        extra_hosts: ["a", { b: "c" }],
        labels: "word",
        depends_on: [1],
        deploy: ["labels"],
        build: 5,
        provider: { options: { a: null, b: [1, { c: 2 }] } },
      },
    },
  });
});

it.each([
  "ports: x",
  "ports: [x-y, true]",
  "stop_grace_period: 5",
  "annotations: [~]",
  "volumes: [{type: bind}]",
  "devices: ['/a:/b:c:d']",
  "configs: [5]",
  "configs: [{source: c}]",
  "secrets: [{}]",
  "command: a 'b",
  "networks: [a, {n: 1}]",
  "extra_hosts: {a: {b: c}}",
  "extra_hosts: 5",
])("leaves a value of an unknown form alone: %s", (settings) => {
  const written = document(`services: {web: {image: nginx, ${settings}}}`).model;
  expect(JSON.parse(service(settings))).toEqual(written);
});

it("sorts the keys at every level, and keeps unusual keys", () => {
  expect(canonical("services: {b: {image: i, __proto__: {z: 1, a: 2}}, a: {image: i}}")).toBe(
    '{"services":{"a":{"image":"i"},"b":{"__proto__":{"a":2,"z":1},"image":"i"}}}',
  );
});
