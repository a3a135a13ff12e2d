import { identify } from "../run/identity/identity";
import { formatStartKey } from "../run/identity/start-key";
import { checkMaps as check, parseMap as parseInputs } from "../testing/maps";

/** Every argument that the state records or a start sends, except the arguments of a Compose project. */
const everything = {
  $urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train",
  $scope: "scope-secret",
  composeFileCode: "services:\n  worker:\n    image: busybox\n",
  executionType: "gpu.a100",
  timeout: 599,
  gracefulTimeout: 7,
  fileName: "a label",
  enableS3Mount: true,
  userCallbackUrls: ["https://a.example/x"],
  registryCredentials: { type: "basic", username: "robot", password: "pw" },
  triggers: [1, { b: 2, a: 1 }],
};
const least = {
  $urn: everything.$urn,
  $scope: everything.$scope,
  composeFileCode: everything.composeFileCode,
};

// States contain digests and start keys, and the names of runs at Lyceum contain start keys. If a form changed, every
// run would start again.
test.each([
  [
    "all arguments",
    everything,
    {
      composeDigest: "uyt6ms2jvd0zk4gf4ov1",
      enableS3Mount: true,
      executionType: "gpu.a100",
      key: "ogvdd3m73meq1gfqyjvya001",
      scopeTag: "y5a5ll18",
      triggersDigest: "wv9yicc66a9mhhoiltlv",
    },
  ],
  [
    "defaults",
    least,
    {
      composeDigest: "uyt6ms2jvd0zk4gf4ov1",
      enableS3Mount: false,
      executionType: "cpu",
      key: "ogvdd3m73meq182oxn99a001",
      scopeTag: "y5a5ll18",
      triggersDigest: "c6hgxwfka2midvffhghf",
    },
  ],
])("digests and start key of %s do not change", (_name, given, pinned) => {
  const { key, ...digests } = identify(parseInputs(given));
  const made = { ...digests, key: formatStartKey({ ...key, attempt: 1, onDelete: "abort" }) };
  // The state also records inputs that a later version added. With their defaults, these inputs do not change the
  // digests and keys.
  expect(made).toMatchObject(pinned);
});

test("the inputs that check records keep their names and defaults", () => {
  const { inputs } = check({}, least);
  expect({ ...inputs, $defaults: [...(inputs.$defaults as string[])].sort() }).toMatchObject({
    ...least,
    executionType: "cpu",
    timeout: 60,
    gracefulTimeout: 10,
    enableS3Mount: false,
    triggers: [],
    waitFor: "running",
    adoptEndedWithin: 3600,
    runOnEveryUp: false,
    deleteRecord: false,
    failureOutput: true,
    onDelete: "abort",
  });
});

test("the names of defaults keep their recorded order, and new names come after them", () => {
  const recorded = ["onDelete", "waitFor", "timeout"];
  const { inputs } = check({ ...least, $defaults: recorded }, { ...least, waitFor: "running" });
  expect((inputs.$defaults as string[]).slice(0, 2)).toEqual(["onDelete", "timeout"]);
  expect(inputs.$defaults).toContain("gracefulTimeout");
  expect(inputs.$defaults).not.toContain("waitFor");
});
