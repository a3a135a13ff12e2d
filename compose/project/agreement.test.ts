// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { bundleOf, marksOf } from "./testing/bundle";

/** Details in which Compose behaves unexpectedly. The comparison with the real Compose found each of these details. */
it("takes a name without a value from the env file, even if the name begins with a digit", () => {
  const files = { "compose.yaml": "services: {a: {image: i, environment: [1A, B]}}", ".env": "1A=x\n" };
  expect(bundleOf(files).bundle?.model).toEqual({
    services: { a: { environment: { "1A": "x", B: null }, image: "i" } },
  });
});

it("refuses numbers in a list of texts, because the list is validated before it becomes a mapping", () => {
  const files = { "compose.yaml": "services: {a: {image: i, environment: [1], labels: [true]}}" };
  expect(marksOf(bundleOf(files))).toEqual([
    "compose.yaml:1:40 LYC2104 services.a.environment[0]",
    "compose.yaml:1:53 LYC2104 services.a.labels[0]",
  ]);
});

it("reads the paths of an included project from its folder, or from the folder above if that does not exist", () => {
  const files = {
    "compose.yaml": "include: [{path: b.yaml, project_directory: x/y}]\nservices: {a: {image: i}}",
    "b.yaml": "configs: {c: {file: c.txt}}\nservices: {b: {image: i, configs: [c]}}",
    "x/c.txt": "above",
  };
  expect(bundleOf(files).bundle?.text).toContain("content: above");
  expect(bundleOf({ ...files, "x/y/c.txt": "in it" }).bundle?.text).toContain('content: "in it"');
});

it("refuses what Compose refuses before it merges: invalid services, even if a later file removes them", () => {
  const over = { "compose.yaml": "services: {a: {image: i, logging: {options: []}}}", "over.yaml": "services:" };
  expect(marksOf(bundleOf(over, { paths: ["compose.yaml", "over.yaml"] }))).toEqual([
    "compose.yaml:1:36 LYC2104 services.a.logging.options",
    "over.yaml:1:1 LYC2103 services",
  ]);
  const parts = {
    "compose.yaml": "include: [b.yaml]\nservices: {a: {image: i}}",
    "b.yaml": "services: 1\nvolume: {}\n",
  };
  expect(marksOf(bundleOf(parts))).toEqual(["b.yaml:1:1 LYC2103 services", "b.yaml:2:1 LYC2105 volume"]);
  const empty = { "compose.yaml": "include: [b.yaml]\nservices:\n", "b.yaml": "services: {b: {image: i}}" };
  expect(marksOf(bundleOf(empty))).toEqual(["compose.yaml:2:1 LYC2103 services"]);
});

it("validates the extends of an empty service, unless another service is merged with it", () => {
  const base = 'services: {"b c": {tty: true, extends: {service: nul, other: 1}}, nul: , ok: {tty: true}}';
  const extending = (service: string, more = "") => ({
    "compose.yaml": `services: {a: {image: i, extends: {file: base.yaml, service: ${service}${more}}}}`,
    "base.yaml": base,
  });
  expect(marksOf(bundleOf(extending("nul")))).toEqual([]);
  expect(marksOf(bundleOf(extending("nul", ", flie: x")))).toEqual([
    "compose.yaml:1:67 LYC2105 services.a.extends.flie",
  ]);
  expect(marksOf(bundleOf(extending('"b c"')))).toEqual([]);
  expect(marksOf(bundleOf(extending("ok", ", flie: x")))).toEqual([]);
  const named = {
    ...extending("nul"),
    "compose.yaml": 'services: {"b c": {image: i, extends: {file: base.yaml, service: nul}}}',
  };
  expect(marksOf(bundleOf(named))).toEqual(['compose.yaml:1:12 LYC2108 services["b c"]']);
});

it("gives each inclusion its own variables in a file that several extend", () => {
  const part = (tag: string) => ({
    [`${tag}/compose.yaml`]: `services: {${tag}: {extends: {file: ../base.yaml, service: b}}}`,
    [`${tag}/.env`]: `TAG=${tag}\n`,
  });
  const files = {
    "compose.yaml": "include: [x/compose.yaml, y/compose.yaml, {path: z/compose.yaml, env_file: other.env}]\n",
    "base.yaml": "services: {b: {image: 'i:${TAG}'}}",
    ...part("x"),
    ...part("y"),
    ...part("z"),
    "other.env": "TAG=other\n",
  };
  expect(bundleOf(files).bundle?.model).toEqual({
    services: { x: { image: "i:x" }, y: { image: "i:y" }, z: { image: "i:other" } },
  });
});

it("refuses an invalid port in a file whose services are extended, even when it is removed later", () => {
  const files = {
    "compose.yaml": "services: {a: {extends: {file: b.yaml, service: b}, ports: !reset []}}",
    "b.yaml": "services: {b: {image: i, ports: [x, '80:80'], networks: [default, default]}}",
  };
  expect(marksOf(bundleOf(files))).toEqual(["b.yaml:1:34 LYC2210 services.b.ports[0]"]);
});

it("builds included services from their own folder, even if they name no context", () => {
  const files = {
    "compose.yaml": "include: [s/b.yaml]\nservices: {a: {image: i, build: {}}}",
    "s/b.yaml": "services: {b: {image: i, build: {args: {A: 1}}}}",
  };
  expect(bundleOf(files).bundle?.model).toMatchObject({ services: { b: { build: { context: "./s" } } } });
});

it("reads the keys of an inclusion in capitals, too, and reports that they are wrong", () => {
  const files = {
    "compose.yaml": "include: [{path: b.yaml, PROJECT_DIRECTORY: s}]\nservices: {a: {image: i}}",
    "b.yaml": "services: {b: {image: i, env_file: x.env}}",
    "s/x.env": "A=1\n",
  };
  expect(marksOf(bundleOf(files))).toEqual(["compose.yaml:1:26 LYC2105 include[0].PROJECT_DIRECTORY"]);
});

it("treats an empty include like no include", () => {
  const files = { "compose.yaml": "include:\nservices: {a: {image: i}}" };
  expect(bundleOf(files).bundle?.model).toEqual({ services: { a: { image: "i" } } });
});

it("refuses a service that is not a mapping, even if a later file makes it a mapping", () => {
  const files = { "compose.yaml": "services: {a: true, b: }", "over.yaml": "services: {a: {image: i}, b: {image: i}}" };
  expect(marksOf(bundleOf(files, { paths: ["compose.yaml", "over.yaml"] }))).toEqual([
    "compose.yaml:1:12 LYC2104 services.a",
    "compose.yaml:1:21 LYC2104 services.b",
  ]);
});

it("refuses an invalid short syntax, even when a later file removes it", () => {
  const files = {
    "compose.yaml":
      "services: {a: {image: i, ports: [x, {published: 1}], volumes: ['aa::b'], devices: ['/a:/b:r:w'], build: {ssh: [k]}}}",
    "over.yaml": "services: {a: {ports: !reset [], volumes: !reset [], devices: !reset [], build: !reset null}}",
  };
  expect(marksOf(bundleOf(files, { paths: ["compose.yaml", "over.yaml"] }))).toEqual([
    "compose.yaml:1:34 LYC2210 services.a.ports[0]",
    "compose.yaml:1:37 LYC2210 services.a.ports[1]",
    "compose.yaml:1:64 LYC2222 services.a.volumes[0]",
    "compose.yaml:1:84 LYC2109 services.a.devices[0]",
    "compose.yaml:1:112 LYC2109 services.a.build.ssh[0]",
  ]);
});

it("lets a later file remove what Compose validates only in the merged project", () => {
  const files = {
    "compose.yaml":
      "services: {a: {image: i, ports: [{target: 1, host_ip: x}], configs: [{target: /a}], mem_limit: much}}",
    "over.yaml": "services: {a: {ports: !reset [], configs: !reset [], mem_limit: !reset null}}",
  };
  expect(marksOf(bundleOf(files, { paths: ["compose.yaml", "over.yaml"] }))).toEqual([]);
});

it("validates the types in an extended file where Compose needs them, and only there", () => {
  const files = {
    "compose.yaml":
      "services: {a: {extends: {file: b.yaml, service: b}, ports: !reset [], cap_add: !reset [], tty: !reset null}}",
    "b.yaml": "services: {b: {image: i, ports: 80, cap_add: [1], tty: []}}",
  };
  expect(marksOf(bundleOf(files))).toEqual([
    "b.yaml:1:33 LYC2104 services.b.ports",
    "b.yaml:1:47 LYC2104 services.b.cap_add[0]",
  ]);
});

it("reports an extended service that is not a mapping at its own position", () => {
  const files = {
    "compose.yaml": "services: {a: {extends: {file: b.yaml, service: b}, tty: true}, c: {extends: d}, d: 1}",
    "b.yaml": "services: {b: [i]}",
  };
  expect(marksOf(bundleOf(files))).toEqual(["compose.yaml:1:82 LYC2104 services.d", "b.yaml:1:12 LYC2104 services.b"]);
});

it("gives build arguments the project's variables after the merge, and drops arguments without a value", () => {
  const build = "image: i, build: {context: ., args: [OWN, OUTER, NONE]}";
  const files = {
    "compose.yaml": `include: [s/b.yaml]\nservices: {a: {${build}}}`,
    "s/b.yaml": `services: {b: {${build}}}`,
    "s/.env": "OWN=1\n",
    ".env": "OUTER=2\n",
  };
  expect(bundleOf(files).bundle?.model).toMatchObject({
    services: { a: { build: { args: { OUTER: "2" } } }, b: { build: { args: { OUTER: "2" } } } },
  });
  expect(bundleOf(files).bundle?.text).not.toMatch(/OWN|NONE/);
});

it("runs a service of the profile with the empty name when no profile is requested", () => {
  const files = { "compose.yaml": "services: {a: {image: i, profiles: ['']}, b: {image: i, profiles: [x]}}" };
  expect(bundleOf(files).bundle?.model).toEqual({ services: { a: { image: "i" } } });
  expect(bundleOf(files, { profiles: ["x"] }).bundle?.model).toEqual({ services: { b: { image: "i" } } });
});

it("reports a text that is not a number once", () => {
  const files = { "compose.yaml": "services: {a: {image: i, scale: '${A}'}}", ".env": "A=two\n" };
  expect(marksOf(bundleOf(files))).toEqual(["compose.yaml:1:33 LYC2112 services.a.scale"]);
});

it("treats a published number and its digits as different ports, as Compose does", () => {
  const ports = "ports: ['80:80', {target: 80, published: '80'}]";
  const portsOf = (text: string) => bundleOf({ "compose.yaml": `services: {a: {image: i, ${text}}}` }).bundle?.text;
  expect(portsOf(ports)?.match(/published/g)).toHaveLength(1);
  expect(portsOf(ports.replace("'80'}", "80}"))?.match(/published/g)).toHaveLength(2);
});
