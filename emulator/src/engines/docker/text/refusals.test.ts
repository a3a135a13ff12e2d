import { refusals } from "./refusals";
import { readComposeText } from "./text";

function validate(text: string): readonly string[] {
  const read = readComposeText(text);
  if (read.kind !== "read") throw new Error(read.reasons.join("\n"));
  return read.documents.flatMap((document) => refusals(document));
}

const service = (keys: string) => `services: {web: {image: x, ${keys}}}`;

test.each([
  ["include", "include: [other.yaml]", "include"],
  ["models", "models: {m: {model: ai/x}}", "models"],
  ["build", service("build: ."), "services.web.build"],
  ["build, long", service("build: {context: .}"), "services.web.build"],
  ["env_file", service("env_file: .env"), "services.web.env_file"],
  ["env_file, long", service("env_file: [{path: .env, required: false}]"), "services.web.env_file"],
  ["label_file", service("label_file: /etc/passwd"), "services.web.label_file"],
  ["extends.file", service("extends: {file: base.yaml, service: a}"), "services.web.extends.file"],
  ["develop", service("develop: {watch: [{path: ., action: sync}]}"), "services.web.develop"],
  ["credential_spec", service("credential_spec: {file: x.json}"), "services.web.credential_spec"],
  ["provider", service("provider: {type: anything}"), "services.web.provider"],
  ["a relative bind", service('volumes: ["./data:/data"]'), "services.web.volumes[0]"],
  ["an absolute bind", service('volumes: ["/etc:/host:ro"]'), "services.web.volumes[0]"],
  ["a home bind", service('volumes: ["~/x:/x"]'), "services.web.volumes[0]"],
  ["a Windows bind", service("volumes: ['C:\\data:/data']"), "services.web.volumes[0]"],
  ["a long bind", service("volumes: [{type: bind, source: data, target: /d}]"), "services.web.volumes[0]"],
  ["a mount of another kind", service("volumes: [{type: npipe, source: x, target: /d}]"), "services.web.volumes[0]"],
  ["privileged", service("privileged: true"), "services.web.privileged"],
  ["devices", service('devices: ["/dev/kvm"]'), "services.web.devices"],
  ["device_cgroup_rules", service('device_cgroup_rules: ["c 1:3 mr"]'), "services.web.device_cgroup_rules"],
  ["cap_add", service("cap_add: [SYS_ADMIN]"), "services.web.cap_add"],
  ["security_opt", service('security_opt: ["seccomp:unconfined"]'), "services.web.security_opt[0]"],
  ["cgroup_parent", service("cgroup_parent: /x"), "services.web.cgroup_parent"],
  ["runtime", service("runtime: nvidia"), "services.web.runtime"],
  ["use_api_socket", service("use_api_socket: true"), "services.web.use_api_socket"],
  ["network_mode host", service("network_mode: host"), "services.web.network_mode"],
  ["network_mode container", service('network_mode: "container:other"'), "services.web.network_mode"],
  ["a network that another project made", service("network_mode: other_default"), "services.web.network_mode"],
  ["a network with a capital", service("network_mode: Bridge"), "services.web.network_mode"],
  ["pid host", service("pid: host"), "services.web.pid"],
  ["ipc container", service('ipc: "container:other"'), "services.web.ipc"],
  ["uts host", service("uts: host"), "services.web.uts"],
  ["userns host", service("userns_mode: host"), "services.web.userns_mode"],
  ["cgroup host", service("cgroup: host"), "services.web.cgroup"],
  ["volumes_from", service("volumes_from: [other]"), "services.web.volumes_from"],
  ["external_links", service("external_links: [db]"), "services.web.external_links"],
  [
    "a privileged hook",
    service("post_start: [{command: x, privileged: true}]"),
    "services.web.post_start[0].privileged",
  ],
  ["an external volume", "volumes: {d: {external: true}}", "volumes.d.external"],
  ["an external volume by name", "volumes: {d: {external: {name: other}}}", "volumes.d.external"],
  ["a volume driver", "volumes: {d: {driver: nfs}}", "volumes.d.driver"],
  ["a bind in disguise", "volumes: {d: {driver_opts: {type: none, o: bind, device: /etc}}}", "volumes.d"],
  [
    "a bind by option alone",
    "volumes: {d: {driver_opts: {type: tmpfs, device: tmpfs, o: 'size=1,rbind'}}}",
    "volumes.d",
  ],
  ["a network share", "volumes: {d: {driver_opts: {type: nfs, o: addr=h, device: ':/x'}}}", "volumes.d"],
  ["an external network", "networks: {n: {external: true}}", "networks.n.external"],
  ["a macvlan", "networks: {n: {driver: macvlan}}", "networks.n.driver"],
  ["a file config", "configs: {c: {file: ./c}}", "configs.c.file"],
  ["a file secret", "secrets: {s: {file: ./s}}", "secrets.s.file"],
  ["a secret of the shell", "secrets: {s: {environment: TOKEN}}", "secrets.s.environment"],
  ["an external secret", "secrets: {s: {external: true}}", "secrets.s.external"],
])("%s is refused at its location", (_name, text, location) => {
  const found = validate(text);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^\S+: refused, .+\.$/);
  expect(found[0]?.startsWith(`${location}: `)).toBe(true);
});

test("the refusal of a docker socket names it", () => {
  for (const mount of ["/var/run/docker.sock:/var/run/docker.sock", "/run/docker.sock:/s"]) {
    expect(validate(service(`volumes: ["${mount}"]`))[0]).toContain("docker socket");
  }
  const long = service("volumes: [{type: bind, source: /var/run/docker.sock, target: /s}]");
  expect(validate(long)[0]).toContain("docker socket");
});

test("merged values and later documents are checked too", () => {
  const text = `x-b: &b {build: .}\nservices: {a: {<<: *b}}\n---\nservices: {b: {image: x, privileged: true}}`;
  expect(validate(text)).toEqual([
    expect.stringMatching(/^services\.a\.build: /),
    expect.stringMatching(/^services\.b\.privileged: /),
  ]);
});

test("every error is reported at once", () => {
  expect(
    validate(service('build: ., env_file: .env, privileged: true, volumes: ["/a:/a", "b:/b", "./c:/c"]')),
  ).toHaveLength(5);
});

test.each([
  ["nothing special", service("command: [x]")],
  [
    "named and anonymous volumes",
    `${service('volumes: ["data:/data", /anon, {type: tmpfs, target: /t}]')}\nvolumes: {data: {}}`,
  ],
  ["keys that ask for nothing", service("privileged: false, cap_add: [], build: null, env_file: []")],
  ["fewer rights", service('security_opt: ["no-new-privileges:true"], cap_drop: [ALL], read_only: true')],
  [
    "namespaces of the run itself",
    'services: {a: {image: x}, b: {image: x, network_mode: "service:a", ipc: shareable}}',
  ],
  ["no network", service("network_mode: none")],
  [
    "the default network by its other names",
    'services: {a: {network_mode: bridge}, b: {network_mode: default}, c: {network_mode: ""}}',
  ],
  ["extends in the same text", "services: {a: {image: x}, b: {extends: {service: a}}}"],
  ["a tmpfs volume", "volumes: {d: {driver: local, driver_opts: {type: tmpfs, device: tmpfs, o: size=10m}}}"],
  ["inline configs", `${service("configs: [c]")}\nconfigs: {c: {content: hello}}`],
  ["a GPU", service("deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}")],
])("%s is not refused", (_name, text) => {
  expect(validate(text)).toEqual([]);
});

test.each([
  [null],
  ["text"],
  [7],
  [[1, 2]],
  [{ services: "x" }],
  [{ services: [1] }],
  [{ services: { a: null }, volumes: 3 }],
])("compose itself validates a text that is not a compose model: %j", (model) => {
  expect(refusals(model)).toEqual([]);
});
