import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PolicyPackArgs, UnknownValueError, unknownCheckingProxy } from "@pulumi/policy";
import { UNKNOWN_MARKER } from "../../compose";
import { machine, news } from "../../provider/lifecycle/testing/project-machine";
import { STRICT } from "../../provider/policy";
import { UNKNOWN_TEXT } from "../../provider/schema/wire-forms";
import { costPolicy } from "./cost-policy";
import { lyceumPolicies } from "./policies";
import type { LyceumPolicy, ValidatedResource } from "./types";

let base = "";
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "policy-pack-"));
  mkdirSync(join(base, "infra"));
  writeFileSync(
    join(base, "infra", "web.yaml"),
    "services:\n  web:\n    image: web:1\n    environment: { API_TOKEN: written-out-here }\n",
  );
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const policiesFor = (text: string) => {
  writeFileSync(join(base, "infra", "lyceum-policy.yaml"), text);
  return lyceumPolicies({ folder: join(base, "infra") });
};

const TYPES = ["pulumi-nodejs:dynamic/lyceum:ComposeExecution", "lyceum:index:ComposeExecution"] as const;

/** Returns a resource in the form in which `@pulumi/policy` passes it to a policy. */
function resource(props: object, type: string = TYPES[0]): ValidatedResource {
  const model = { services: { web: { image: "web:1", environment: { API_TOKEN: "(secret)" } } } };
  const inputs = { executionType: "cpu", timeout: 60, waitFor: "running", composeFile: "web.yaml", compose: model };
  const urn = `urn:pulumi:prod::shop::${type}::train`;
  return {
    type,
    name: "train",
    urn,
    props: unknownCheckingProxy({ ...inputs, ...props }) as ValidatedResource["props"],
  };
}

function reported(policies: readonly LyceumPolicy[], one: ValidatedResource): readonly string[] {
  const found: string[] = [];
  for (const { validateResource } of policies) validateResource(one, (message) => found.push(message));
  return found;
}

test("each key of the file is a policy that stops a command, in the order of the rules, and @pulumi/policy accepts them", () => {
  const policies: PolicyPackArgs["policies"] = policiesFor("maxCost: 2\npinnedImages: true\nmaxTimeout: 30\n");
  expect(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel])).toEqual([
    ["lyceum-max-timeout", "mandatory"],
    ["lyceum-pinned-images", "mandatory"],
    ["lyceum-allowed-keys", "mandatory"],
    ["lyceum-max-cost", "mandatory"],
  ]);
});

test.each(TYPES)("%s: a violation has the line of the Compose file", (type) => {
  const policies = policiesFor("maxTimeout: 30\npinnedImages: true\nawaitCompletedOn: [prod]\n");
  expect(reported(policies, resource({}, type))).toEqual([
    "error LYC5101: train: timeout is 60 s, at most 30 s are allowed. Lower `timeout` or `gracefulTimeout`.",
    "web.yaml:3:12 error LYC5103: train: image web:1 of service web has no digest. Write it as `NAME@sha256:…`. The command `docker buildx imagetools inspect IMAGE` shows the digest.",
    'error LYC5106: train: waitFor is running on the stack prod. Set `waitFor` to "completed".',
  ]);
});

describe("with remediate", () => {
  const remediated = (text: string, one: ValidatedResource) => {
    writeFileSync(join(base, "infra", "lyceum-policy.yaml"), text);
    const policies = lyceumPolicies({ folder: join(base, "infra"), remediate: true });
    const accepted: PolicyPackArgs["policies"] = policies;
    for (const { remediateResource } of policies) remediateResource?.({ ...one, props: one.props as never });
    return { levels: accepted.map(({ enforcementLevel }) => enforcementLevel), left: reported(policies, one) };
  };

  test.each(TYPES)("%s: time and machine satisfy the policy, and other violations stay", (type) => {
    const one = resource({ executionType: "gpu.h100", gracefulTimeout: 300 }, type);
    const text = "maxTimeout: 30\nexecutionTypes: [gpu.a*, gpu.a100, cpu]\npinnedImages: true\n";
    const { levels, left } = remediated(text, one);
    expect(levels).toEqual(["remediate", "remediate", "mandatory", "mandatory"]);
    expect(one.props).toMatchObject({ timeout: 30, gracefulTimeout: 10, executionType: "gpu.a100" });
    expect(left).toEqual([expect.stringContaining("LYC5103")]);
  });

  test("nothing is changed below `warn`, in an exception, for an adopted run, or if the policy allows the inputs", () => {
    const exception = "exceptions: [{ rule: maxTimeout, resource: train, until: 2999-01-01, reason: r }]\n";
    const [text, adopts] = ["maxTimeout: 30\n", { existingExecutionId: "run-1" }];
    for (const [policy, props] of [
      [`warn: { ${text.trim()} }\n`, {}],
      [text + exception, {}],
      [text, adopts],
      ["maxTimeout: 60\n", {}],
    ] as const) {
      const one = resource(props);
      remediated(policy, one);
      expect(one.props.timeout).toBe(60);
    }
  });

  test("a default that the state records from an earlier remediation does not hide the declared default", () => {
    const one = resource({ executionType: undefined, __defaults: { executionType: "gpu.a100" } });
    remediated("executionTypes: [gpu.a100]\n", one);
    expect(one.props.executionType).toBe("gpu.a100");
  });

  test("an input that is not known at preview stays unknown, and the other inputs are changed", () => {
    const one = resource({ composeFileCode: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" });
    remediated("maxTimeout: 30\n", one);
    expect(one.props.timeout).toBe(30);
    expect(() => one.props.composeFileCode).toThrow(UnknownValueError);
  });
});

test("other resources, and an execution that adopts a run, are not validated", () => {
  const policies = policiesFor("maxTimeout: 30\nnoPlaintextSecrets: true\n");
  expect(reported(policies, resource({}, "aws:s3/bucket:Bucket"))).toEqual([]);
  expect(reported(policies, resource({ existingExecutionId: "run-1" }))).toEqual([]);
  expect(reported(policies, resource({ existingExecutionId: "" }))).toHaveLength(2);
});

test("unknown inputs at preview are left to @pulumi/policy, which validates them again at the update", () => {
  const policies = policiesFor("maxTimeout: 30\n");
  expect(() => reported(policies, resource({ timeout: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" }))).toThrow(
    UnknownValueError,
  );
  // A rule must read only the inputs that it needs, because a preview throws when a policy reads an unknown input.
  expect(reported(policies, resource({ executionType: UNKNOWN_TEXT }))).toHaveLength(1);
  const web = { image: "evil.example.com/x", environment: { DB: UNKNOWN_TEXT } };
  const images = policiesFor("registries: [docker.io]\npinnedImages: true\n");
  expect(reported(images, resource({ compose: { services: { web } } }))).toHaveLength(2);
  const variables = { DB: UNKNOWN_TEXT };
  expect(reported(policiesFor("noPlaintextSecrets: true\n"), resource({ variables }))).toHaveLength(1);
});

test("a plaintext secret in a Compose file has its line, and files that cannot be read are refused", () => {
  const policies = policiesFor("noPlaintextSecrets: true\n");
  expect(reported(policies, resource({}))).toEqual([
    expect.stringMatching(
      /^web\.yaml:4:31 error LYC5105: .*services\.web\.environment\.API_TOKEN is a secret by its name/i,
    ),
  ]);
  expect(reported(policies, resource({ composeFile: "gone.yaml" }))).toEqual([
    expect.stringContaining('its Compose files cannot be read: "gone.yaml" does not exist (looked for at '),
  ]);
  expect(reported(policies, resource({ composeFile: undefined }))).toEqual([]);
});

test("an image of the program's own document may be secret, and is not repeated", () => {
  const policies = policiesFor("registries: [docker.io]\n");
  const compose = { services: { web: { image: "registry.example.com/private/web:1" } } };
  expect(reported(policies, resource({ composeFile: undefined, compose }))).toEqual([
    "error LYC5104: train: an image of service web does not come from docker.io. Use an image of a registry that is allowed.",
  ]);
});

test("an image from a file of variables cannot be checked: check masks it in the model", () => {
  const contents = {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    "web.yaml": 'services: {a: {image: "${IMG}"}, b: {image: "busybox:${TAG}"}}\n',
    ".env": "IMG=evil.example.com/x\n",
  };
  const declared = { ...news(), composeFile: "web.yaml", variables: { TAG: "1", DB_URL: "" } };
  const { compose } = machine(contents).checked(undefined, declared).inputs;
  expect(JSON.stringify(compose)).toContain("(secret) ");
  expect(reported(policiesFor("registries: [docker.io/library]\n"), resource({ compose }))).toEqual([
    expect.stringContaining("train: an image of service a cannot be checked: no name is written out for it"),
  ]);
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
describe.each([
  ["include", 'include: ["${DIR}/x.yaml"]\n'],
  ["the env_file of an include", 'include: [{ path: in/x.yaml, env_file: "${DIR}/v.env" }]\n'],
  ["extends.file", 'services: { web: { extends: { file: "${DIR}/x.yaml", service: web } } }\n'],
  ["env_file", 'include: [in/x.yaml]\nservices: { own: { image: own:1, env_file: "${DIR}/v.env" } }\n'],
  ["composeFile", undefined],
])("a variable in a path that is unknown at preview: %s", (_, text) => {
  const IN_FOLDER =
    "services:\n  web:\n    image: evil.example.com/web:1\n    environment: { API_TOKEN: written-out-here }\n";
  /**
   * Returns an execution whose program sets the folder. Its inputs have the form that `check` returns and Pulumi passes
   * to a pack.
   */
  const declared = (folder: string) => {
    const contents = {
      "own.yaml": text ?? "services: { own: { image: own:1 } }\n",
      "in/x.yaml": IN_FOLDER,
      "in/v.env": "A=1\n",
    };
    mkdirSync(join(base, "infra", "in"));
    for (const [file, content] of Object.entries(contents)) writeFileSync(join(base, "infra", file), content);
    const composeFile = text === undefined ? ["own.yaml", `${folder}/x.yaml`] : "own.yaml";
    const variables = { KNOWN: "a", DIR: folder };
    const { compose } = machine(contents).checked(undefined, news({ composeFile, variables })).inputs;
    const shown = JSON.stringify({ composeFile, variables, compose });
    return resource(JSON.parse(shown.replace(new RegExp(`${UNKNOWN_MARKER}[^"]*`, "g"), UNKNOWN_TEXT)));
  };

  test.each(["noPlaintextSecrets: true", "registries: [docker.io]"])("%s is left to the update", (rule) => {
    expect(() => reported(policiesFor(rule), declared(UNKNOWN_MARKER))).toThrow(UnknownValueError);
  });

  test("the update decides it", () => {
    const policies = policiesFor("registries: [docker.io]\nnoPlaintextSecrets: true\n");
    expect(reported(policies, declared("in"))).toEqual([
      expect.stringMatching(/^in\/x\.yaml:3:12 error LYC5104: .*image evil\.example\.com\/web:1 of service web/),
      expect.stringMatching(/^in\/x\.yaml:4:31 error LYC5105: /),
    ]);
  });
});

test("a plaintext secret in known files is a violation at preview, also where the rest is left to the update", () => {
  const text = 'include: ["${DIR}/x.yaml"]\nservices:\n  web:\n    environment: { API_TOKEN: written-out-here }\n';
  writeFileSync(join(base, "infra", "web.yaml"), text);
  const [policy] = policiesFor("noPlaintextSecrets: true\n");
  const found: string[] = [];
  const validate = () =>
    policy?.validateResource(resource({ variables: { DIR: UNKNOWN_TEXT } }), (line) => found.push(line));
  expect(validate).toThrow(UnknownValueError);
  expect(found).toEqual([expect.stringMatching(/^web\.yaml:4:31 error LYC5105: /)]);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

test("a policy file that is missing or not valid is an error: a pack without rules would allow everything", () => {
  expect(() => lyceumPolicies({ folder: base })).toThrow(/^LYC5100: The policy .*lyceum-policy\.yaml does not exist\./);
  expect(() => policiesFor("maxTimout: 1\n")).toThrow(
    /^LYC5100: .*lyceum-policy\.yaml:1: a policy has no key maxTimout/,
  );
  for (const empty of ["{}", "pinnedImages: false\nnoPlaintextSecrets: false\n"]) {
    expect(() => policiesFor(empty)).toThrow(
      /^LYC5100: The policy .*lyceum-policy\.yaml has no rule that a pack can evaluate\./,
    );
  }
  expect(policiesFor("pinnedImages: false\nmaxTimeout: 1\n").map(({ name }) => name)).toEqual(["lyceum-max-timeout"]);
  writeFileSync(join(base, "other.yaml"), "maxTimeout: 1\n");
  expect(lyceumPolicies({ folder: base, file: join(base, "other.yaml") })).toHaveLength(1);
});

describe("the cost of all runs", () => {
  const head = { name: "lyceum-max-cost", description: "d", enforcementLevel: "mandatory" } as const;
  const read = jest.fn();
  const costOf = async (
    timeouts: readonly unknown[],
    props: object,
    prices = new Map([["cpu", 60]]),
    more: object = {},
  ) => {
    const policy = costPolicy(
      head,
      () => Promise.resolve(read() ?? prices),
      () => ({ policy: { maxCost: 1.5 }, evaluation: STRICT }),
    );
    const resources = timeouts.map((timeout, at) => ({
      ...resource({ timeout, ...more }),
      urn: `urn:pulumi:prod::shop::x::${at}`,
    }));
    for (const one of resources) policy.validateResource(one, () => undefined);
    const found: string[] = [];
    const after = resources.map((one) => ({ ...one, props: unknownCheckingProxy(props) as typeof one.props }));
    await policy.validateStack?.({ resources: after }, (message) => found.push(message));
    return found;
  };

  test("is that of the runs that start: those without an id", async () => {
    expect(await costOf([60], {})).toEqual([]);
    expect(await costOf([60, 60], { executionId: UNKNOWN_TEXT })).toEqual([
      "error LYC5107: The runs cost up to 2.33, at most 1.5 is allowed. Lower `timeout` or `gracefulTimeout`, or use another machine.",
    ]);
    read.mockClear();
    expect(await costOf([60, 60], { executionId: "run-1" })).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });

  test("includes a run whose id is unknown at preview, and no adopted run", async () => {
    const inputs = { existingExecutionId: UNKNOWN_TEXT };
    expect(await costOf([60, 60], {}, undefined, inputs)).toEqual([
      expect.stringContaining("The runs cost up to 2.33"),
    ]);
    expect(await costOf([60, 60], {}, undefined, { existingExecutionId: "run-1" })).toEqual([]);
  });

  test("is not allowed where it is unknown", async () => {
    expect(await costOf([UNKNOWN_TEXT], {})).toEqual([expect.stringContaining("no price of train")]);
    expect(await costOf([60], {}, new Map())).toEqual([
      expect.stringMatching(/no price of train\. Set LYCEUM_API_KEY, /),
    ]);
  });
});
