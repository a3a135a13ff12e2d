// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { checkMaps } from "../../lifecycle/testing/maps";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { Policy } from "..";
import {
  BOTH,
  HEX,
  image,
  LIBRARY,
  options,
  PART,
  PINNED,
  POLICY,
  REGISTRY,
  raw,
  refusedBy,
  text,
  URN,
  volume,
} from "./testing/ways";

type Way = readonly [string, object, readonly string[], Policy?];

const NAMES: readonly Way[] = [
  ["a zero-width space", image(PINNED.replace("web", "web\u200b")), BOTH],
  ["a letter that looks the same", image(PINNED.replace("ghcr", "gh\u0441r")), BOTH],
  [
    "the other spelling of a name with foreign letters",
    image(PINNED.replace("ghcr.io", "xn--ghcr-9oa.io")),
    [REGISTRY],
  ],
  ["a dot behind the host", image(PINNED.replace("ghcr.io", "ghcr.io.")), BOTH],
  ["the registry as a user name", image(PINNED.replace("ghcr.io", "ghcr.io@evil.example")), BOTH],
  ["two slashes", image(PINNED.replace("acme/", "acme//")), BOTH],
  ["the folder itself as a step", image(PINNED.replace("acme/", "acme/./")), BOTH],
  ["escaped slashes", image(PINNED.replace("acme", "acme%2f..%2fevil")), BOTH],
  ["backslashes", image(PINNED.replace("acme/web", "acme\\evil")), BOTH],
  ["the usual port", image(PINNED.replace("ghcr.io", "ghcr.io:443")), [REGISTRY]],
  ["an address", image(PINNED.replace("ghcr.io", "[::1]:5000")), [REGISTRY]],
  ["a tag and a digest of another registry", image(`evil.example/web:1@sha256:${HEX}`), [REGISTRY]],
  ["a tag behind the digest", image(`${PINNED}:1`), BOTH],
  ["a digest that is too long", image(`${PINNED}a`), BOTH],
  ["a digest that is too short", image(PINNED.slice(0, -1)), BOTH],
  ["a digest in capitals", image(PINNED.replace(HEX, HEX.toUpperCase())), BOTH],
  ["a line break behind the name", image(`${PINNED}\n`), BOTH],
  ["a second name on a second line", raw(`services:\n  web:\n    image: |\n      ${PINNED}\n      evil\n`), BOTH],
  ["a zero byte", image(`${PINNED}\u0000`), BOTH],
  ["a very long name", image(`ghcr.io/acme/${"x".repeat(300)}@sha256:${HEX}`), BOTH],
  ["a list of names", image(["evil"]), BOTH],
  ["a map", image({ evil: 1 }), BOTH],
  ["a number", image(12), BOTH],
  ["a folder next to the library", image("docker.io/evil/x"), [REGISTRY], LIBRARY],
  ["another name of Docker's registry", image("registry-1.docker.io/library/x"), [REGISTRY], LIBRARY],
  ["the library in capitals", image("Docker.io/library/x"), [REGISTRY], LIBRARY],
  ["the library of this machine", image("localhost/library/x"), [REGISTRY], LIBRARY],
  ["the library with a port", image("docker.io:443/library/x"), [REGISTRY], LIBRARY],
  ["the id of an image with its algorithm", image(`sha256:${HEX}`), [REGISTRY], LIBRARY],
  ["the beginning of an id", image("abcdef012345"), [REGISTRY], LIBRARY],
];

const TEXTS: readonly Way[] = [
  ["a byte order mark", raw("\ufeffservices: { web: { image: evil } }"), BOTH],
  ["JSON", raw('{"services":{"web":{"image":"evil"}}}'), BOTH],
  ["base64", raw("services: { web: { image: !!binary ZXZpbA== } }"), BOTH],
  ["base64 of a name in the library", raw("services: { web: { image: !!binary aGVsbG8g } }"), [REGISTRY], LIBRARY],
  ["a tag of YAML for texts", raw("services: { web: { image: !!str evil } }"), BOTH],
  [
    "an image that is removed again",
    raw(`services: { web: { image: !reset ${PINNED}, build: https://x } }`),
    [...BOTH, PART],
  ],
  ["an image with the tag !override", raw("services: { web: { image: !override evil } }"), BOTH],
  ["a key twice", raw(`services:\n  web:\n    image: ${PINNED}\n    image: evil\n`), BOTH],
  ["all services twice", raw(`services: { a: { image: ${PINNED} } }\nservices: { a: { image: evil } }\n`), BOTH],
  ["a key twice in two spellings", raw(`services: { a: { image: ${PINNED}, "im\\u0061ge": evil } }`), BOTH],
  [
    "the first of two merged maps",
    raw(`x-a: &a { image: ${PINNED} }\nx-b: &b { image: evil }\nservices: { web: { <<: [*b, *a] } }`),
    BOTH,
  ],
  [
    "a merged map that is merged",
    raw("x-b: &b { image: evil }\nx-a: &a { <<: *b }\nservices: { w: { <<: *a } }"),
    BOTH,
  ],
  ["merged services", raw(`x-b: &b { e: { image: evil } }\nservices: { <<: *b, w: { image: ${PINNED} } }`), BOTH],
  ["a merged document", raw("x-b: &b { services: { web: { image: evil } } }\n<<: *b\n"), BOTH],
  ["two merge keys", raw("x-b: &b { image: evil }\nservices: { web: { <<: *b, <<: *b } }"), BOTH],
  ["a merge key in quotes", text('"<<": { privileged: true }'), [PART]],
  ["an alias as a key", raw("x-k: &k image\nservices: { web: { *k : evil } }"), BOTH],
  ["a key with a question mark", raw("services: { web: { ? image : evil } }"), BOTH],
  ["a key in capitals", text("Privileged: true"), [PART]],
  ["services in capitals", text("", "Services: { evil: { image: evil } }\n"), [PART]],
  ["a service whose name looks like an extension", text("", "  x-evil: { image: evil }\n"), BOTH],
  ["a service with a name of JavaScript", text("", "  __proto__: { image: evil }\n"), BOTH],
  ["a key with a name of JavaScript", text("__proto__: { privileged: true }"), [PART]],
  ["a key that every object of JavaScript has", text("constructor: { privileged: true }"), [PART]],
  ["the same in the document", text("", "toString: { evil: { image: evil } }\n"), [PART]],
  ["a word of YAML 1.1", text("privileged: yes"), [PART]],
  ["a word with a tag", text("privileged: !!bool 'true'"), [PART]],
  ["a number for a switch", text("use_api_socket: 1"), [PART]],
  ["YAML 1.1", raw(`%YAML 1.1\n---\nservices: { web: { image: ${PINNED}, privileged: on } }`), [PART]],
  ["a text behind the end", raw(`services: { w: { image: ${PINNED} } }\n...\nservices: { w: { image: evil } }`), BOTH],
  ["an empty first document", raw("---\n---\nservices: { web: { image: evil } }"), BOTH],
  ["another line break", raw(`services: { w: { image: ${PINNED} } } # x\rservices: { e: { image: evil } }`), BOTH],
  ["a line break of Unicode", raw(`services: { w: { image: ${PINNED} } } # x\u0085services: { e: { } }`), BOTH],
];

const PARTS: readonly Way[] = [
  [
    "a build of a service that gets another's image",
    text("", "  more: { extends: web, build: https://e }\n"),
    [...BOTH, PART],
  ],
  ["an empty file of another service", text('extends: { file: "", service: e }'), [PART]],
  ["a file of another service that is null", text("extends: { file: null, service: e }"), [PART]],
  ["writable settings of the kernel", text("security_opt: ['systempaths=unconfined']"), [PART]],
  ["no filter of system calls", text("security_opt: ['no-new-privileges:true', 'seccomp:unconfined']"), [PART]],
  ["no profile of AppArmor", text("security_opt: ['apparmor=unconfined']"), [PART]],
  ["the users of the machine", text("userns_mode: host"), [PART]],
  ["a plugin for logs", text("logging: { driver: evil/plugin }"), [PART]],
  ["a plugin for networks", text("", "networks: { default: { driver: evil/plugin } }\n"), [PART]],
  ["a plugin for addresses", text("", "networks: { default: { ipam: { driver: evil/plugin } } }\n"), [PART]],
  ["a plugin for secrets", text("secrets: [s]", "secrets: { s: { driver: evil/plugin } }"), [PART]],
  ["a plugin for templates", text("configs: [s]", "configs: { s: { content: a, template_driver: evil } }"), [PART]],
  ["a volume outside the run", volume("{ external: true, name: docker }"), [PART]],
  ["the older form of it", volume("{ external: { name: docker } }"), [PART]],
  ["a volume that is called like a path", volume("{ name: /run }"), [PART]],
  ["a volume that is called by a variable", volume("{ name: '${V}' }"), [PART]],
  ["a mount of a volume that is a path", text("volumes: [{ type: volume, source: /run, target: /s }]"), [PART]],
  ["a relative path that starts at the root of the machine", options("type: none, o: 'rw,bind', device: run"), [PART]],
  ["a list of options", options("type: nfs, o: [bind], device: /run"), [PART]],
  ["options in capitals", options("type: none, o: BIND, device: /run"), [PART]],
  ["a way out of the bucket", options("type: none, o: bind, device: /mnt/s3/../../run"), [PART]],
  ["a folder that begins like the bucket", text("volumes: ['/mnt/s3x:/s']"), [PART]],
  ["two slashes at the start", text("volumes: ['//run:/s']"), [PART]],
  ["a way out with backslashes", text("volumes: ['.\\..\\..\\run:/s']"), [PART]],
  ["a kind of mount in capitals", text("volumes: [{ type: Bind, source: /run, target: /s }]"), [PART]],
  ["a mount without its kind", text("volumes: [{ source: /run, target: /s }]"), [PART]],
  ["a mount of an image without a list", text("volumes: { type: image, source: evil, target: /s }"), [PART]],
  ["a map of mounts", text("volumes: { a: /run }"), [PART]],
  ["a list in a list of mounts", text("volumes: [['/run:/s']]"), [PART]],
  [
    "mounts of another service that has the machine",
    text("volumes_from: [more]", `  more: { image: ${PINNED}, volumes: ['/run:/s'] }\n`),
    [PART],
  ],
  ["a list of files for a config", text("configs: [s]", "configs: { s: { file: ['/run/docker.sock'] } }"), [PART]],
  ["a file that is null", text("secrets: [s]", "secrets: { s: { file: null } }"), [PART]],
  ["processes of a container outside the run", text("pid: 'container:agent'"), [PART]],
  ["memory of a container outside the run", text("ipc: 'container:agent'"), [PART]],
  ["the network of a container outside the run", text("network_mode: 'container:agent'"), [PART]],
  ["a program of the machine as a runtime", text("runtime: /mnt/s3/evil"), [PART]],
  ["a capability in small letters", text("cap_add: [sys_admin]"), [PART]],
  ["a capability behind a blank", text("cap_add: [' SYS_ADMIN']"), [PART]],
  ["a disk behind a target that looks like a declared device", text("devices: ['dev/sda:/dev/x=y']"), [PART]],
  ["a disk behind rights that look like a declared device", text("devices: ['../dev/sda:/dev/sda:r=']"), [PART]],
  ["a number for a capability", text("cap_add: [21]"), [PART]],
  ["a capability without a list", text("cap_add: SYS_ADMIN"), [PART]],
  ["a map of capabilities", text("cap_add: { SYS_ADMIN: }"), [PART]],
  ["a capability that loads another kernel", text("cap_add: [SYS_BOOT]"), [PART]],
  ["a capability that a later kernel may have", text("cap_add: [EVERYTHING]"), [PART]],
  ["an image for a service without a name", { ...image(""), images: { "": "evil" } }, BOTH],
  ["a list of images", { ...text(""), images: ["evil"] }, BOTH],
  ["a build next to arguments that are null", { ...text("build: https://e"), variables: null, profiles: null }, [PART]],
  ["an image that is secret", { ...text("build: ."), images: { web: "[secret]" } }, BOTH],
];

const ARGUMENTS: readonly Way[] = [
  ["a text for a timeout", { ...image(PINNED), timeout: "60" }, ["LYC5101"]],
  ["a timeout without an end", { ...image(PINNED), timeout: Number.POSITIVE_INFINITY }, ["LYC5101"]],
  ["a list of machines", { ...image(PINNED), executionType: ["cpu"] }, ["LYC5102"]],
  ["a blank behind a machine", { ...image(PINNED), executionType: "cpu " }, ["LYC5102"]],
];

const WAYS = [...NAMES, ...TEXTS, ...PARTS, ...ARGUMENTS].map(
  ([name, inputs, codes, policy = POLICY]) => [name, inputs, codes, policy] as const,
);

test.each(WAYS)("neither preview nor update lets through %s", (_, inputs, codes, policy) => {
  expect(refusedBy(inputs, policy)).toEqual([codes, codes]);
});

test.each<[string, object]>([
  ["a timeout below zero", { timeout: -1 }],
  ["a part of a second", { timeout: 300.5 }],
  ["the model of files", { compose: { services: { web: { image: PINNED } } } }],
  ["a number for a run", { existingExecutionId: 5 }],
])("the provider itself refuses %s as an argument", (_, inputs) => {
  expect(checkMaps({}, { ...image("evil"), ...inputs, $scope: "s", $urn: URN, $secrets: [] }).failures).not.toEqual([]);
});

test("values that a program passes as the provider's own defaults do not count", () => {
  const given = { ...image(PINNED), $scope: "s", $urn: URN, $secrets: [], executionType: "gpu.h100" };
  const { inputs } = checkMaps({}, { ...given, $defaults: ["executionType"] });
  // The run gets the provider's default, and the policy sees the same value.
  expect(inputs.executionType).toBe("cpu");
  expect(refusedBy({ ...image(PINNED), executionType: "gpu.h100", __defaults: { executionType: "cpu" } })[0]).toEqual([
    "LYC5102",
  ]);
});

test("values that are not known at the preview are checked at the update", () => {
  const model = { services: { web: { image: PINNED, ipc: UNKNOWN_TEXT, logging: { driver: UNKNOWN_TEXT } } } };
  const networks = { default: { driver: UNKNOWN_TEXT } };
  const volumes = { data: { name: UNKNOWN_TEXT }, more: { external: UNKNOWN_TEXT } };
  const inputs = { composeFile: "a.yaml", compose: { ...model, networks, volumes } };
  expect(refusedBy(inputs)).toEqual([[], [PART]]);
});

test.each<[string, object]>([
  ["drivers of Docker", text("logging: { driver: json-file }", "networks: { default: { driver: bridge } }\n")],
  ["the network of the machine, and of another service", text("network_mode: host\n    ipc: host")],
  ["memory of another service", text("ipc: 'service:web'\n    network_mode: none")],
  ["a runtime by its name", text("runtime: nvidia")],
  ["fewer rights", text("security_opt: ['no-new-privileges:true']")],
  ["a named volume", volume("{ name: data-1, driver: local }")],
  ["a folder of the project as a volume", options("type: none, o: bind, device: ./data")],
  ["the bucket as a volume", options("type: none, o: 'rw,bind', device: /mnt/s3/in")],
  [
    "an explicit image next to a merged one",
    raw(`x-b: &b { image: evil }\nservices: { w: { image: ${PINNED}, <<: *b } }`),
  ],
])("%s: allowed", (_, inputs) => {
  expect(refusedBy(inputs)).toEqual([[], []]);
});
