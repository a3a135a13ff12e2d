import { unknownMarker } from "../../../compose";
import { identify } from "../diff/identity";
import {
  checkMaps as check,
  parseMap as parseInputs,
  unknownSettingsOf as unknownSettings,
  unknownStartOf as unknownStartInputs,
} from "../testing/maps";
import { startRequest } from "./start";
import { formatStartKey } from "./start-key";

/** Every argument that is recorded or sent, beside those of a compose project. */
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

// Digests and keys are recorded in states, and at Lyceum in the names of runs. One that changes starts every run again.
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
])("digests and start key of %s stay as they are", (_name, given, pinned) => {
  const { key, ...digests } = identify(parseInputs(given));
  const made = { ...digests, key: formatStartKey({ ...key, attempt: 1, onDelete: "abort" }) };
  // A field that was added later is recorded too, and changes none of these while it has its default.
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

test("the names of defaults keep their recorded order, and new ones come behind", () => {
  const recorded = ["onDelete", "waitFor", "timeout"];
  const { inputs } = check({ ...least, $defaults: recorded }, { ...least, waitFor: "running" });
  expect((inputs.$defaults as string[]).slice(0, 2)).toEqual(["onDelete", "timeout"]);
  expect(inputs.$defaults).toContain("gracefulTimeout");
  expect(inputs.$defaults).not.toContain("waitFor");
});

test("a start's request holds every argument that is sent", () => {
  const inputs = parseInputs(everything);
  const key = { ...identify(inputs).key, attempt: 2, onDelete: inputs.onDelete };
  expect(startRequest(inputs, key)).toMatchObject({
    compose_file_code: everything.composeFileCode,
    docker_registry_credential_type: "basic",
    docker_username: "robot",
    docker_password: "pw",
    timeout: 599,
    execution_type: "gpu.a100",
    file_name: `${formatStartKey(key)}-a label`,
    enable_s3_mount: true,
    user_callback_urls: ["https://a.example/x"],
    graceful_timeout: 7,
  });
  const aws = { type: "aws", accessKeyId: "id", secretAccessKey: "s", region: "eu" };
  expect(startRequest(parseInputs({ ...least, registryCredentials: aws }), key)).toEqual(
    expect.objectContaining({
      docker_registry_credential_type: "aws",
      aws_access_key_id: "id",
      aws_secret_access_key: "s",
      aws_region: "eu",
    }),
  );
});

const START = ["composeFileText", "composeFileCode", "executionType", "enableS3Mount", "triggers"];
const SETTINGS = [
  ...["waitFor", "timeout", "gracefulTimeout", "fileName", "userCallbackUrls", "registryCredentials"],
  ...["whenFailed", "whenAborted", "whenLost", "runOnEveryUp", "onDelete", "deleteRecord"],
];

test.each([...START, "existingExecutionId"])("an unknown %s may start a new run", (name) => {
  expect(unknownStartInputs({ ...least, [name]: unknownMarker })).toEqual([name]);
  expect(unknownSettings({ ...least, [name]: unknownMarker })).toEqual([]);
});

test.each(SETTINGS)("nothing is concluded from an unknown %s, unless replaceOnChanges names it", (name) => {
  expect(unknownSettings({ ...least, [name]: unknownMarker })).toEqual([name]);
  expect(unknownStartInputs({ ...least, [name]: unknownMarker })).toEqual([]);
  const replaces = !["onDelete", "deleteRecord"].includes(name);
  expect(unknownStartInputs({ ...least, [name]: unknownMarker, $replaceOnChanges: ["*"] })).toEqual(
    replaces ? [name] : [],
  );
});

test.each(["adoptEndedWithin", "failureOutput", "clocks", "whenUnverified", "diagnostics"])(
  "an unknown %s decides nothing about a recorded run",
  (name) => {
    expect(unknownSettings({ ...least, [name]: unknownMarker })).toEqual([]);
    expect(unknownStartInputs({ ...least, [name]: unknownMarker })).toEqual([]);
  },
);
