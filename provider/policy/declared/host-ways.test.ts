// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { type Policy, RULE_NAMES, ruleViolations } from "..";
import { imageRules, imageViolations } from "./at-update";
import { subjectOf } from "./document";

/** Keys that name files, programs, devices or sockets of the machine where a run happens. */

const PINNED = `ghcr.io/acme/web@sha256:${"a".repeat(64)}`;
const POLICY: Policy = { pinnedImages: true, registries: ["ghcr.io/acme"] };
const URN = "urn:pulumi:prod::shop::lyceum:index:ComposeExecution::train";
const PART = "LYC5108";
const OFF = Object.fromEntries(["LYC2304", "LYC2307", "LYC2308", "LYC2309"].map((code) => [code, "off"]));

/** The messages of the violations at the preview and at the update, each with its code. */
function refusedBy(inputs: object, policy: Policy = POLICY): readonly (readonly string[])[] {
  const all = { timeout: 60, executionType: "cpu", ...inputs };
  const subject = subjectOf({ name: "train", stack: "acme/shop/prod" }, all);
  const preview = RULE_NAMES.flatMap((rule) => ruleViolations(rule, policy, subject));
  const update = imageViolations(imageRules({ refuse: policy, exceptions: [] }, ""), all, URN);
  return [preview, update].map((found) => [...new Set(found.map(({ code, message }) => `${code} ${message}`))]);
}

const text = (more: string, top = "", rest: object = {}) => ({
  composeFileCode: `services:\n  web:\n    image: ${PINNED}\n    ${more}\n${top}`,
  diagnostics: OFF,
  ...rest,
});
const model = (web: object, top: object = {}) => ({
  composeFile: "compose.yaml",
  compose: { services: { web: { image: PINNED, ...web } }, ...top },
});
const reserved = (request: string) => text(`deploy: { resources: { reservations: { devices: [${request}] } } }`);

test.each<[string, object]>([
  ["an env file", text("env_file: /mnt/s3/job.env")],
  ["an env file that may be missing", text("env_file: [{ path: /etc/docker/key.env, required: false }]")],
  ["an env file that is a variable", text("env_file: ['${FILE}']")],
  ["a file of labels", text("label_file: ./labels")],
  ["a list of files of labels", text("label_file: [a, b]")],
  ["credentials of a file", text("credential_spec: { file: a.json }")],
  ["credentials of a registry", text("credential_spec: { registry: key }")],
  ["credentials of a file, in files", model({ credential_spec: { file: "a.json" } })],
  ["a config of a variable of the machine", text("configs: [c]", "configs: { c: { environment: HOME } }")],
  ["a secret of a variable of the machine", text("secrets: [c]", "secrets: { c: { environment: KEY } }")],
  [
    "the same next to other variables",
    text("secrets: [c]", "secrets: { c: { environment: K } }", { variables: { A: "" } }),
  ],
  ["an annotation", text("annotations: { run.oci.handler: wasm }")],
  ["a list of annotations", text("annotations: ['org.criu.config=/run/x']")],
  ["an annotation that is a variable", text("annotations: ['${A}']")],
  ["annotations in files", model({ annotations: { "run.oci.hooks.stdout": "/x" } })],
  ["the control groups of the machine", text("cgroup: host")],
  ["control groups that are a variable", text("cgroup: '${G}'")],
  ["another control group", text("cgroup_parent: /system.slice")],
  ["the name of another runtime", text("runtime: evil")],
  ["a shim that the machine has", text("runtime: io.containerd.evil.v1")],
  ["a runtime in capitals", text("runtime: RUNC")],
  ["a device of another vendor", text("devices: ['evil.example/docker=socket']")],
  ["the same as a GPU", text("gpus: [{ driver: cdi, device_ids: ['evil.example/docker=socket'] }]")],
  ["a path as a GPU", text("gpus: [{ device_ids: [/dev/sda] }]")],
  ["a driver of devices", text("gpus: [{ driver: evil }]")],
  ["a driver that is a variable", text("gpus: [{ driver: '${D}' }]")],
  ["options of a driver", text("gpus: [{ driver: nvidia, options: { a: b } }]")],
  ["a key of a GPU that a later Compose may have", text("gpus: [{ image: evil }]")],
  ["a word for GPUs", text("gpus: '${G}'")],
  ["a reserved device", reserved("{ capabilities: [gpu], driver: cdi, device_ids: ['evil.example/a=b'] }")],
  ["a capability of reserved devices", reserved("{ capabilities: [tpm] }")],
  ["lists of capabilities", reserved("{ capabilities: [[gpu, evil]] }")],
  ["a reserved device in files", model({ deploy: { resources: { reservations: { devices: [{ driver: "x" }] } } } })],
  ["a key of deploy that a later Compose may have", text("deploy: { hooks: [{ image: evil }] }")],
  ["a key of resources that a later Compose may have", text("deploy: { resources: { limits: { image: evil } } }")],
  [
    "logs that a socket of the machine gets",
    text("logging: { driver: syslog, options: { syslog-address: 'unix:///s' } }"),
  ],
  ["logs for a variable", text("logging: { driver: fluentd, options: { fluentd-address: '${A}' } }")],
])("neither preview nor update lets through %s", (_, inputs) => {
  for (const found of refusedBy(inputs)) expect(found).toEqual([expect.stringContaining(`${PART} `)]);
});

test("an enumeration of devices names each that is not for computing", () => {
  const [found] = refusedBy(
    text("devices: [/dev/dri, /dev/sda, 'amd.com/gpu=0']\n    gpus: [{ count: 1 }, { driver: x }]"),
  );
  expect(found).toEqual([
    `${PART} devices of service web gives the container the machine, and so its Docker`,
    `${PART} gpus of service web has a driver for devices other than GPUs`,
  ]);
});

test.each<[string, object]>([
  ["no env file", text("env_file: []\n    label_file:")],
  [
    "an env file of a text that the provider rewrites",
    text("env_file: { path: a, required: false }", "", { profiles: [] }),
  ],
  ["a variable of the program", text("configs: [c]", "configs: { c: { environment: V } }", { variables: { V: "x" } })],
  ["annotations of an image", text("annotations: { org.opencontainers.image.source: 'https://x' }")],
  ["a control group of its own", text("cgroup: private\n    cgroup_parent: ''")],
  ["the usual runtimes", text("runtime: io.containerd.runc.v2")],
  ["all GPUs", text("gpus: all")],
  ["a number of GPUs", text("gpus: 2")],
  [
    "GPUs by their names",
    text("gpus: [{ device_ids: ['0', GPU-1a-2b], capabilities: [gpu, utility], driver: nvidia }]"),
  ],
  ["declared GPUs", text("gpus: [{ driver: cdi, device_ids: ['nvidia.com/gpu=all'] }]")],
  ["reserved GPUs", reserved("{ driver: nvidia, count: all, capabilities: [gpu] }")],
  [
    "reserved GPUs in files",
    model({ gpus: [{ count: "all" }], deploy: { replicas: 2, resources: { limits: { cpus: 1 } } } }),
  ],
  [
    "logs for another machine",
    text("logging: { driver: syslog, options: { syslog-address: 'udp://logs:514', tag: '{{.Name}}' } }"),
  ],
])("%s: allowed", (_, inputs) => {
  expect(refusedBy(inputs)).toEqual([[], []]);
});

test("a value inside a part that is not known at the preview is checked at the update", () => {
  const logging = { driver: "syslog", options: { "syslog-address": UNKNOWN_TEXT } };
  const inputs = model({ logging, gpus: [{ driver: UNKNOWN_TEXT }], env_file: undefined });
  const [preview, update] = refusedBy(inputs);
  expect([preview, update?.length]).toEqual([[], 2]);
});

test("`allowedKeys` can name each of these keys", () => {
  const inputs = text("env_file: a\n    runtime: kata\n    cgroup: host");
  const found = refusedBy(inputs, { ...POLICY, allowedKeys: ["env_file", "runtime", "cgroup"] });
  expect(found).toEqual([[], []]);
});
