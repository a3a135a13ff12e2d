import { NO_SECRETS, type SecretRules } from "../../model/secret-rules";
import { validateCompose } from "..";

function marksOf(text: string): string[] {
  const { diagnostics } = validateCompose(text);
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, path }) => `${code} ${path}`);
}

const service = (settings: string, rest = "") => marksOf(`services: {a: {image: i, ${settings}}}${rest}`);

it.each([
  ["gpus: [{count: many}]", "LYC2109 services.a.gpus[0].count"],
  ["configs: [{source: c, mode: rw}]", "LYC2109 services.a.configs[0].mode"],
  ["configs: [{source: c, mode: '0o440'}]", "LYC2109 services.a.configs[0].mode"],
  ["ports: ['0']", "LYC2210 services.a.ports[0]"],
  ["attach: maybe", "LYC2112 services.a.attach"],
  ["build: {context: ., additional_contexts: {a: 1}}", "LYC2104 services.a.build.additional_contexts.a"],
  ["build: {context: ., additional_contexts: [a]}", "LYC2109 services.a.build.additional_contexts[0]"],
  ["gpus: [{OPTIONS: [a=b]}]", "LYC2105 services.a.gpus[0].OPTIONS"],
  ["develop: {watch: [{path: '', action: rebuild}]}", "LYC2109 services.a.develop.watch[0].path"],
  ["deploy: {update_config: {parallelism: -1}}", "LYC2110 services.a.deploy.update_config.parallelism"],
  ["healthcheck: {test: a, retries: '-1'}", "LYC2110 services.a.healthcheck.retries"],
  ["ports: [{target: -1}]", "LYC2110 services.a.ports[0].target"],
  ["pid: ", "LYC2104 services.a.pid"],
  ["group_add: [1.5]", "LYC2104 services.a.group_add[0]"],
  ["configs: [{source: c, mode: 1.5}]", "LYC2109 services.a.configs[0].mode"],
  ["volumes_from: ['']", "LYC2202 services.a.volumes_from[0]"],
  ["mem_limit: -1, deploy: {resources: {limits: {memory: 1k}}}", "LYC2221 services.a.mem_limit"],
  ["volumes: [{type: tmpfs, target: /a, tmpfs: {mode: -1}}]", "LYC2110 services.a.volumes[0].tmpfs.mode"],
  ["storage_opt: {size: 1.5}", "LYC2104 services.a.storage_opt.size"],
  ["storage_opt: {size: true}", "LYC2104 services.a.storage_opt.size"],
  ["storage_opt: {size: [a]}", "LYC2104 services.a.storage_opt.size"],
  ["deploy: {resources: {limits: {pids: few}}}", "LYC2112 services.a.deploy.resources.limits.pids"],
  ["pids_limit: '1e+06'", "LYC2112 services.a.pids_limit"],
  ["pids_limit: 1e30", "LYC2112 services.a.pids_limit"],
  ["scale: -1e6", "LYC2110 services.a.scale"],
  ["ulimits: {nofile: 1e6}", "LYC2112 services.a.ulimits.nofile"],
  ["ulimits: {nofile: {soft: 1, hard: 1e6}}", "LYC2112 services.a.ulimits.nofile.hard"],
  ["build: {context: ., ulimits: {nofile: 1e6}}", "LYC2104 services.a.build.ulimits.nofile"],
  ["memswap_limit: '-1k'", "LYC2213 services.a.memswap_limit"],
  ["build: {context: ., ulimits: {n: {soft: '1', hard: 2}}}", "LYC2104 services.a.build.ulimits.n.soft"],
  ["volumes: [{type: volume, target: ''}]", "LYC2106 services.a.volumes[0]"],
  ["stop_signal: ", "LYC2104 services.a.stop_signal"],
  ["ports: [~]", "LYC2104 services.a.ports[0]"],
  ["ports: [{target: 80x}]", "LYC2112 services.a.ports[0].target"],
  ["ulimits: {nofile: {soft: few, hard: 1}}", "LYC2112 services.a.ulimits.nofile.soft"],
  ["ulimits: {nofile: {soft: 1, hard: 0}}", "LYC2110 services.a.ulimits.nofile.soft"],
  ["network_mode: , networks: [default]", "LYC2104 services.a.network_mode"],
  ["build: {context: ., dockerfile: a, dockerfile_inline: }", "LYC2104 services.a.build.dockerfile_inline"],
  ["depends_on: {x: {condition: service_healthy}}", "LYC2202 services.a.depends_on.x"],
])("refuses %s", (settings, mark) => {
  expect(service(settings, "\nconfigs: {c: {content: x}}")).toEqual([mark]);
});

it.each([
  "gpus: [{count: ALL}, {count: '2'}, {count: 3}]",
  "configs: [{source: c, mode: '0440'}, {source: c, target: /x, mode: 0440}]",
  "healthcheck: {test: a, retries: 0}",
  "ports: ['0:80']",
  "network_mode: none, networks: []",
  "network_mode: '', networks: [default]",
  "restart: ''",
  "develop: {watch: [{path: ., action: sync, target: /b}]}",
  "x-any: $A",
  "volumes: [/a, {type: bind, source: /b, target: /b}]",
  "storage_opt: {size: 1, a: b, c: }",
  "mem_limit: 1.5, deploy: {resources: {limits: {memory: 1k}}}",
  "hostname: !!str 1",
  "memswap_limit: '-1'",
  "pre_start: [{image: j, per_replica: yes}]",
  "scale: 1e6, pids_limit: -1.5e6, cpu_shares: 1_000_000.0",
])("accepts %s", (settings) => {
  expect(service(settings, "\nconfigs: {c: {content: x}}")).toEqual([]);
});

it.each([
  ["per_replica: maybe", "LYC2112", "per_replica"],
  ["devices: ['/a:/b:c:d']", "LYC2109", "devices[0]"],
  ["environment: ['A =1']", "LYC2109", "environment[0]"],
  ["extra_hosts: [noaddress]", "LYC2109", "extra_hosts[0]"],
  ["blkio_config: {weight: '5'}", "LYC2104", "blkio_config.weight"],
  ["configs: [{source: c, mode: '9'}]", "LYC2109", "configs[0].mode"],
  ["gpus: [{count: many}]", "LYC2109", "gpus[0].count"],
  ["storage_opt: {a: 1.5}", "LYC2104", "storage_opt.a"],
  ["volumes: [{type: bind, target: /x}]", "LYC2106", "volumes[0]"],
  ["volumes: ['/a:']", "LYC2222", "volumes[0]"],
  ["image: UPPER", "LYC2223", "image"],
  ["stop_signal: none", "LYC2107", "stop_signal"],
  ["ulimits: {nofile: {soft: 20, hard: 10}}", "LYC2110", "ulimits.nofile.soft"],
])("refuses %s of an init container, as of a service", (settings, code, path) => {
  expect(service(`pre_start: [{command: c, ${settings}}]`, "\nconfigs: {c: {content: x}}")).toEqual([
    `${code} services.a.pre_start[0].${path}`,
  ]);
});

it("requires a source for every secret that does not exist already, with or without a driver", () => {
  expect(marksOf("services: {a: {image: i}}\nsecrets: {s: {driver: d}, t: {external: true}}")).toEqual([
    "LYC2218 secrets.s",
  ]);
  expect(marksOf("services: {a: {image: i}}\nsecrets: {s: {environment: ''}}")).toEqual(["LYC2218 secrets.s"]);
  expect(marksOf("services: {a: {image: i}}\nsecrets: {s: {fiel: x}}")).toEqual(["LYC2105 secrets.s.fiel"]);
  expect(marksOf("services: {a: {image: i}}\nconfigs: {c: {driver: d}}")).toEqual(["LYC2105 configs.c.driver"]);
  expect(marksOf("services: {a: {image: i}}\nconfigs: {c: {environment: ''}}")).toEqual([]);
});

it.each([
  ["configs: {own: {}}", "the config own needs exactly one of file, environment, content"],
  ["secrets: {own: {}}", "the secret own needs exactly one of file, environment"],
])("names the possible sources: %s", (declaration, message) => {
  expect(validateCompose(`services: {a: {image: i}}\n${declaration}`).diagnostics).toMatchObject([{ message }]);
});

it("refuses options of a secret's driver that are not texts", () => {
  const secret = (option: string) =>
    marksOf(`services: {a: {image: i}}\nsecrets: {s: {external: true, driver_opts: {o: ${option}}}}`);
  expect(secret("1.5")).toEqual(["LYC2104 secrets.s.driver_opts.o"]);
  expect(secret("1")).toEqual([]);
});

it("refuses settings of an external volume, but not its extensions", () => {
  const marks = (settings: string) => marksOf(`services: {a: {image: i}}\nvolumes: {v: {${settings}}}`);
  expect(marks("external: {name: n}, driver: d")).toEqual(["LYC2217 volumes.v.driver"]);
  expect(marks("external: true, x-a: 1, name: n")).toEqual([]);
});

it("refuses two names of one external resource", () => {
  const text = (name: string) => `services: {a: {image: i}}\nnetworks: {net: {external: {name: one}, name: ${name}}}`;
  expect(validateCompose(text("two")).diagnostics).toMatchObject([
    { code: "LYC2221", message: "networks.net.external.name is another name than `networks.net.name`" },
  ]);
  expect(marksOf(text("one"))).toEqual([]);
  expect(marksOf(text("one").replace(", name: one}}", "}}"))).toEqual([]);
});

it.each(["configs: {x: {content: a, ", "networks: {x: {", "secrets: {x: {file: a, ", "volumes: {x: {"])(
  "refuses a label without a name: %s",
  (declaration) => {
    const text = (label: string) => `services: {a: {image: i}}\n${declaration}labels: ['${label}']}}`;
    expect(marksOf(text("=b"))).toEqual([expect.stringMatching(/^LYC2108 \w+\.x\.labels\[0\]$/)]);
    expect(marksOf(text("b"))).toEqual([]);
  },
);

it.each([
  ["labels: ['=x']", "Write NAME=value, or remove it."],
  ["blkio_config: {weight: '3'}", "Write a number, without quotes."],
  ["build: {context: ., ulimits: {n: '1'}}", "Write a number, without quotes."],
  ["expose: [1.5]", "Write a whole number, such as 80."],
  ["storage_opt: {a: [b]}", "Write a text, in quotes if it looks like a number or a date."],
  ["pid: ", "Write a text, in quotes if it looks like a number or a date."],
  ["gpus: [{COUNT: 1}]", "Did you mean `count`?"],
])("the remedy for %s", (settings, remedy) => {
  const { diagnostics } = validateCompose(`services: {a: {image: i, ${settings}}}`);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([{ remedy }]);
});

it("accepts a variable in an image, whatever its value is", () => {
  expect(marksOf("services: {a: {image: A-$I}}")).toEqual([]);
});

it.each([
  ["in the image", "x/TOKEN", undefined],
  ["in the name that is probably meant", "x/Token", undefined],
  ["in neither", "x/Other", "Write `x/other`."],
])("shows no name in a remedy for an image if a secret is %s", (_, image, shown) => {
  const secretRules: SecretRules = {
    ...NO_SECRETS,
    secretsIn: (text, place) => {
      const found = /TOKEN|token/.exec(text)?.[0];
      if (found === undefined || place?.key !== "image") return [];
      return [{ kind: "a token", certainty: "ordinary", value: found, start: 2, end: 7 }];
    },
  };
  const { diagnostics } = validateCompose(`services: {a: {image: ${image}}}`, { secretRules });
  expect(diagnostics).toMatchObject([{ code: "LYC2223", remedy: shown ?? expect.stringContaining("REGISTRY") }]);
});
