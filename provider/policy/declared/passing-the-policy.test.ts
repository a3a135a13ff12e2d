// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { type Policy, RULE_NAMES, ruleViolations } from "..";
import { imageRules, imageViolations } from "./at-update";
import { subjectOf } from "./document";

const PINNED = `ghcr.io/acme/web@sha256:${"a".repeat(64)}`;
const POLICY: Policy = {
  maxTimeout: 300,
  executionTypes: ["cpu", "gpu.l*"],
  pinnedImages: true,
  registries: ["ghcr.io/acme"],
  awaitCompletedOn: ["prod-*"],
};
const ALLOWED = { timeout: 60, executionType: "cpu", waitFor: "completed" };

const URN = "urn:pulumi:prod-eu::shop::lyceum:index:ComposeExecution::train";

/** The codes of the violations at a preview on the stack `prod-eu`. */
function atPreview(inputs: object, policy: Policy = POLICY): readonly string[] {
  const subject = subjectOf({ name: "train", stack: "acme/shop/prod-eu" }, { ...ALLOWED, ...inputs });
  return [...new Set(RULE_NAMES.flatMap((rule) => ruleViolations(rule, policy, subject)).map(({ code }) => code))];
}

/** The codes of the violations that the provider finds at the update. */
function atUpdate(inputs: object, policy: Policy = POLICY): readonly string[] {
  return [
    ...new Set(
      imageViolations(imageRules({ refuse: policy, exceptions: [] }, ""), { ...ALLOWED, ...inputs }, URN).map(
        ({ code }) => code,
      ),
    ),
  ];
}

/**
 * A text with one Compose service whose image is allowed. `more` is added to the Compose service, and `top` to the
 * document.
 */
const text = (more: string, top = "") => ({
  composeFileCode: `services:\n  web:\n    image: ${PINNED}\n    ${more}\n${top}`,
});
/**
 * The model of files with one Compose service whose image is allowed. `more` and `top` have the same meaning as for
 * `text`.
 */
const model = (web: object, top: object = {}) => ({
  composeFile: "compose.yaml",
  compose: { services: { web: { image: PINNED, ...web } }, ...top },
});
const image = (name: string) => ({ composeFileCode: `services: { web: { image: ${JSON.stringify(name)} } }` });

const DIGEST = "LYC5103";
const REGISTRY = "LYC5104";
const PART = "LYC5108";
const BOTH = [DIGEST, REGISTRY];

/** Ways to run an image that the policy does not name, or to give a container the machine's Docker. */
const IMAGES: readonly (readonly [string, object, readonly string[]])[] = [
  ["a tag", image("ghcr.io/acme/web:1"), [DIGEST]],
  ["a tag that looks like a digest", image(`ghcr.io/acme/web:sha256-${"a".repeat(64)}`), [DIGEST]],
  ["a short digest", image("ghcr.io/acme/web@sha256:abc"), BOTH],
  ["another digest algorithm", image(`ghcr.io/acme/web@md5:${"a".repeat(32)}`), [DIGEST]],
  ["two digests", image(`${PINNED}@sha256:${"b".repeat(64)}`), BOTH],
  ["another registry", image(PINNED.replace("ghcr.io", "evil.example")), [REGISTRY]],
  ["a registry that begins like it", image(PINNED.replace("ghcr.io", "ghcr.io.evil.example")), [REGISTRY]],
  ["a folder that begins like it", image(PINNED.replace("acme", "acme-evil")), [REGISTRY]],
  ["a folder above", image(PINNED.replace("acme/web", "acme/../evil/web")), BOTH],
  ["the registry as a folder", image(PINNED.replace("ghcr.io", "evil/ghcr.io")), [REGISTRY]],
  ["another port", image(PINNED.replace("ghcr.io", "ghcr.io:8443")), [REGISTRY]],
  ["capital letters", image(PINNED.replace("ghcr.io", "GHCR.IO")), [REGISTRY]],
  ["a scheme", image(`https://${PINNED}`), BOTH],
  ["white space", image(` evil/web ${PINNED}`), BOTH],
  ["the id of an image", image("b".repeat(64)), BOTH],
  ["Docker's own registry", image(`acme/web@sha256:${"a".repeat(64)}`), [REGISTRY]],
  ["a variable", image("${IMAGE}"), BOTH],
  ["the default of a variable", image(`\${IMAGE:-${PINNED}}`), BOTH],
  ["a variable behind the registry", image("ghcr.io/acme/${NAME}"), BOTH],
  ["no image", { composeFileCode: "services: { web: { command: [x] } }" }, BOTH],
  ["an empty service", { composeFileCode: "services: { web: }" }, BOTH],
  ["an image in a profile", text("", `  more:\n    image: evil.example/x\n    profiles: [later]\n`), BOTH],
  ["an alias", { composeFileCode: "x-web: &web { image: evil.example/x }\nservices: { web: *web }\n" }, BOTH],
  ["a merge key", { composeFileCode: "x-w: &w { image: evil.example/x }\nservices: { web: { <<: *w } }\n" }, BOTH],
  ["a document that is secret", { composeFileCode: "[secret]" }, BOTH],
  ["a document that is not known", { composeFileCode: UNKNOWN_TEXT }, BOTH],
  [
    "two documents",
    { composeFileCode: `${image(PINNED).composeFileCode}\n---\nservices: { web: { image: evil } }` },
    BOTH,
  ],
  ["an argument that looks like the model", { ...image("evil.example/x"), compose: model({}).compose }, BOTH],
  ["an image for the service", { ...text("build: ."), images: { web: "evil.example/x" } }, BOTH],
  ["an image for the name of the image", { ...text(""), images: { [PINNED]: "evil.example/x" } }, BOTH],
  ["a mount of an image", text("volumes: [{ type: image, source: evil.example/x, target: /x }]"), BOTH],
  [
    "a mount of an image in files",
    model({ volumes: [{ type: "image", source: "evil.example/x", target: "/x" }] }),
    BOTH,
  ],
  ["a mount whose type is a variable", text("volumes: [{ type: '${T}', source: evil.example/x, target: /x }]"), [PART]],
  ["a mount that is a variable", text("volumes: ['${MOUNT}']"), [PART]],
  ["a build with a Dockerfile in the text", text("build: { dockerfile_inline: FROM evil }"), [PART]],
  ["a build from Git", text("build: https://example.com/evil.git"), [PART]],
  ["a build from a folder of the machine", text("build: /mnt/s3/evil"), [PART]],
  ["a build that is a variable", text('build: "${BUILD:-https://example.com/evil.git}"'), [PART]],
  [
    "a build with an additional context",
    text("build: { context: ., additional_contexts: { a: docker-image://evil } }"),
    [PART],
  ],
  ["a build with a cache", text("build: { context: ., cache_from: [evil] }"), [PART]],
  ["a build that a pull policy asks for", text("build: .\n    pull_policy: build"), [PART]],
  [
    "a build without an image",
    { composeFileCode: "services: { web: { build: https://example.com/x.git } }" },
    [...BOTH, PART],
  ],
  ["a provider", text("provider: { type: evil }"), [PART]],
  ["a provider in files", model({ provider: { type: "evil" } }), [PART]],
  ["a model", text("models: [llm]", "models: { llm: { model: evil.example/llm } }"), [PART]],
  ["a model in files", model({ models: { llm: null } }, { models: { llm: { model: "evil" } } }), [PART]],
  ["an include", text("", "include: [/mnt/s3/evil.yaml]\n"), [PART]],
  ["an include of an artifact", text("", "include: [{ path: 'oci://evil.example/x' }]\n"), [PART]],
  ["a service of another file", text("extends: { file: /mnt/s3/evil.yaml, service: evil }"), [PART]],
  ["a service that is extended", text("", "  more:\n    extends: web\n"), BOTH],
  ["the socket of Docker", text("use_api_socket: true"), [PART]],
  ["a mount of the socket", text("volumes: ['/var/run/docker.sock:/s']"), [PART]],
  ["a mount of the socket, in another spelling", text("volumes: ['/mnt/s3/../../run/docker.sock:/s']"), [PART]],
  ["a mount of its folder", text("volumes: [{ type: bind, source: /run, target: /s }]"), [PART]],
  ["a mount of the whole machine", text("volumes: ['/:/host']"), [PART]],
  ["a path that leaves the project", text("volumes: ['./../../run/docker.sock:/s']"), [PART]],
  ["a path of the home folder", text("volumes: ['~/x:/s']"), [PART]],
  ["a pipe of Docker", text("volumes: [{ type: npipe, source: '\\\\.\\pipe\\docker_engine', target: /s }]"), [PART]],
  [
    "a named volume that is a path",
    text("volumes: ['v:/s']", "volumes: { v: { driver_opts: { type: none, o: bind, device: /run } } }"),
    [PART],
  ],
  [
    "a named volume that says nfs, and is a path",
    text("volumes: ['v:/s']", "volumes: { v: { driver_opts: { type: nfs, o: 'rw,bind', device: /run } } }"),
    [PART],
  ],
  [
    "a named volume of overlay",
    text("volumes: ['v:/s']", "volumes: { v: { driver_opts: { type: overlay, o: lowerdir=/, device: overlay } } }"),
    [PART],
  ],
  ["a volume of a plugin", text("volumes: ['v:/s']", "volumes: { v: { driver: evil/plugin } }"), [PART]],
  ["a config of a path", text("configs: [c]", "configs: { c: { file: /run/docker.sock } }"), [PART]],
  ["a secret of a path", text("secrets: [c]", "secrets: { c: { file: /run/docker.sock } }"), [PART]],
  ["volumes of a container outside the run", text("volumes_from: ['container:agent']"), [PART]],
  ["a privileged container", text("privileged: true"), [PART]],
  ["a container that is privileged by a variable", text("privileged: '${P:-true}'"), [PART]],
  ["a privileged hook", text("post_start: [{ command: x, privileged: true }]"), [PART]],
  ["a hook with an image", text("post_start: [{ command: x, image: evil }]"), [PART]],
  ["processes of the machine", text("pid: host"), [PART]],
  ["a capability of the machine", text("cap_add: [SYS_ADMIN]"), [PART]],
  ["all capabilities", text("cap_add: [CAP_ALL]"), [PART]],
  ["a capability that is a variable", text("cap_add: ['${CAP}']"), [PART]],
  ["a disk of the machine", text("devices: ['/dev/sda:/dev/sda']"), [PART]],
  ["a disk behind the name of a GPU", text("devices: ['/dev/nvidia0/../sda']"), [PART]],
  ["a rule for devices", text("device_cgroup_rules: ['b *:* rwm']"), [PART]],
  ["an init container", text("pre_start: [{ image: evil }]"), [PART]],
  ["a key that a later Compose may have", text("before_start: [{ image: evil }]"), [PART]],
  ["a key of the document that a later Compose may have", text("", "workers: { evil: { image: evil } }"), [PART]],
];

test.each(IMAGES)("neither preview nor update lets through %s", (_, inputs, codes) => {
  expect([atPreview(inputs), atUpdate(inputs)]).toEqual([codes, codes]);
});

test.each<[string, object, readonly string[]]>([
  ["a longer timeout", { timeout: 301 }, ["LYC5101"]],
  ["a timeout that is not known", { timeout: UNKNOWN_TEXT }, ["LYC5101"]],
  ["a timeout that is secret", { timeout: "[secret]" }, ["LYC5101"]],
  ["a machine that no pattern matches", { executionType: "gpu.h100" }, ["LYC5102"]],
  ["a machine in capitals", { executionType: "CPU" }, ["LYC5102"]],
  ["a machine that begins like one", { executionType: "cpu.large" }, ["LYC5102"]],
  ["a machine that is not known", { executionType: UNKNOWN_TEXT }, ["LYC5102"]],
  ["another wait", { waitFor: "running" }, ["LYC5106"]],
  ["a wait that is not known", { waitFor: UNKNOWN_TEXT }, ["LYC5106"]],
  ["an adopted run that is not known", { existingExecutionId: UNKNOWN_TEXT, timeout: 600 }, ["LYC5101"]],
  ["an adopted run without an id", { existingExecutionId: " ", timeout: 600 }, ["LYC5101"]],
])("a preview does not let through %s", (_, inputs, codes) => {
  expect(atPreview({ ...image(PINNED), ...inputs })).toEqual(codes);
});

const NOTHING = "pre_start: []\n    models: []\n    device_cgroup_rules: []";

test.each<[string, object]>([
  ["an image alone", image(PINNED)],
  ["an image for a build", { composeFileCode: "services: { web: { build: . } }", images: { web: PINNED } }],
  ["a build that the provider leaves out of a text", { ...text("build: ."), profiles: [] }],
  ["a build that the provider leaves out of files", model({ build: { context: "." } })],
  ["an empty build", text("build:")],
  ["the bucket", text("volumes: ['/mnt/s3/in:/in', { type: bind, source: /mnt/s3, target: /s }]")],
  ["named volumes and folders of the project", text("volumes: ['v:/v', './data:/d', '/anonymous']", "volumes: { v: }")],
  [
    "a volume of a network",
    text("volumes: ['v:/v']", "volumes: { v: { driver_opts: { type: nfs, o: 'addr=10.0.0.1,rw', device: ':/x' } } }"),
  ],
  ["a mount in memory", text("volumes: [{ type: tmpfs, target: /x }]\n    tmpfs: /y")],
  ["contents", text("configs: [c]", "configs: { c: { content: 'a: $B' } }")],
  ["a GPU", text("devices: ['/dev/nvidia0', 'nvidia.com/gpu=all']\n    gpus: all")],
  ["harmless capabilities", text("cap_add: [IPC_LOCK, NET_ADMIN]\n    privileged: false")],
  ["processes of another service", text("pid: service:web")],
  ["extensions", text("x-more: { image: evil }", "x-evil: { build: . }")],
  ["a hook", text("post_start: [{ command: x, user: root, x-a: b }]")],
  ["no init container, model, rule for devices or included file", text(NOTHING, "models: {}\ninclude: []\n")],
  ["variables elsewhere", text("command: echo $X\n    environment: { A: '${B:-c}' }")],
])("%s is allowed", (_, inputs) => {
  expect([atPreview(inputs), atUpdate(inputs)]).toEqual([[], []]);
});

test("`allowedKeys` allows the keys that it names, and no other keys", () => {
  const policy: Policy = { ...POLICY, allowedKeys: ["pre_start", "privileged", "volumes"] };
  const inputs = text("privileged: true\n    volumes: ['/data:/d']\n    pre_start: [{ image: a }]");
  expect([atPreview(inputs, policy), atUpdate(inputs, policy)]).toEqual([[], []]);
  expect(atPreview(text("privileged: true\n    pid: host"), policy)).toEqual([PART]);
});

test("without a rule about images, a document may have any key", () => {
  const inputs = text("privileged: true\n    build: https://example.com/evil.git");
  expect(atPreview(inputs, { maxTimeout: 300 })).toEqual([]);
});

test("a part that is not known at a preview is checked at the update", () => {
  const inputs = model({ privileged: UNKNOWN_TEXT, volumes: [UNKNOWN_TEXT] });
  expect(atPreview(inputs)).toEqual([]);
  expect(atUpdate(inputs)).toEqual([PART]);
});

test("the message names the part, and the service or the document", () => {
  const subject = subjectOf({ name: "train", stack: "dev" }, text("build: x", "include: [a]\n"));
  expect(ruleViolations("allowedKeys", POLICY, subject)).toEqual([
    expect.objectContaining({ message: "include of the document names files that no rule sees", path: ["include"] }),
    expect.objectContaining({
      message: "build of service web builds an image that no rule sees",
      path: ["services", "web", "build"],
    }),
  ]);
});
