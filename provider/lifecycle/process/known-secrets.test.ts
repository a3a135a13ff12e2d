import { createProcessCache } from "../account/process-cache";
import { rehearseCreate } from "../create/create";
import { inputsOf } from "../testing/maps";
import { createdAsOperation, createWorld, someInputs } from "../testing/world";
import { updateExecution } from "../update/update";
import { knownSecrets, redactorFor, secretMarks, sensitiveTexts } from "./known-secrets";

const secret = "canary-of-the-old-inputs";
const oldInputs = { urn: "urn:new", values: { fileName: secret }, secrets: ["fileName"], scope: "s".repeat(32) };

test.each([
  ["of a resource that keeps its name", "urn:new"],
  ["of a resource that the program has renamed", "urn:recorded"],
])("secrets of the recorded inputs are known, %s", (_what, resourceUrn) => {
  const processCache = createProcessCache();
  processCache.renamed("urn:recorded", "urn:new");
  processCache.rememberOldInputs("urn:new", oldInputs);
  const { redact } = knownSecrets(processCache, { resourceUrn });
  expect(redact(`Lyceum answered: no such file ${secret}.`)).toBe("Lyceum answered: no such file [redacted].");
});

test("the URL of the output is a secret, if it is known", () => {
  const redact = (streamingUrl?: string) =>
    knownSecrets(createProcessCache(), { resourceUrn: "u", ...(streamingUrl === undefined ? {} : { streamingUrl }) })
      .redact;
  expect(redact("https://stream/canary-0123456789")("at https://stream/canary-0123456789")).toBe("at [redacted]");
  for (const none of [redact(""), redact()]) expect(none("at https://stream/")).toBe("at https://stream/");
});

test("each value of a secret text is a secret, and so are the `b` of `A=b` and the `c$d` of `c$$d`", () => {
  const text = "services: {a: {image: i-1, command: [=x, A=b, c$$d], scale: 2, tty: , labels: {n: v-1}}}";
  for (const _again of [1, 2]) {
    expect(sensitiveTexts(text)).toEqual(["i-1", "=x", "A=b", "b", "c$$d", "c$d", "2", "v-1"]);
  }
  expect(sensitiveTexts("services: [")).toEqual([]);
});

test("another resource's inputs are not searched", () => {
  const processCache = createProcessCache();
  processCache.rememberOldInputs("urn:other", oldInputs);
  expect(knownSecrets(processCache, { resourceUrn: "urn:recorded" }).redact(secret)).toBe(secret);
});

const composeFileCode =
  "services:\n  a:\n    image: busybox\n    command: [login, --token, hunter2-canary]\n    labels: {note: label-canary}\n    environment: [PW=env-canary]\n";

test("every value of a secret compose text is redacted in all texts that repeat it", () => {
  const redact = redactorFor(someInputs({ composeFileCode, $secrets: ["composeFileCode"] }));
  expect(redact("token hunter2-canary, label-canary and env-canary were refused")).not.toContain("canary");
});

test("only a name in a document is shown even if it equals a secret", () => {
  const text = "services: {postgres: {image: i, environment: {PW: $PW, OTHER: $OTHER}}}\n";
  const variables = { PW: "postgres", OTHER: "canary" };
  const redact = redactorFor(someInputs({ composeFileCode: text, variables, $secrets: ["variables"] }));
  expect(redact('service "postgres" exited: postgres://postgres:canary@postgres')).toBe(
    'service "postgres" exited: postgres://[redacted]@postgres',
  );
  expect(redact("services.postgres, postgresql, my-postgres and canary")).toBe(
    "services.postgres, [redacted]ql, my-[redacted] and [redacted]",
  );
});

test("a name in a project is shown even if it equals a secret", () => {
  const project = {
    record: { digest: "d", settings: "", files: {} },
    model: { services: { shop: { image: "i/store" } } },
  };
  const variables = { A: "shop", B: "store", C: "canary" };
  const redact = redactorFor({ ...someInputs({ variables, $secrets: ["variables"] }), project });
  expect(redact("shop, store and canary")).toBe("shop, store and [redacted]");
});

test("secrets that a text contains are redacted, even if the text is not secret", () => {
  const text = "services: {a: {image: shop, command: 'redis-server --requirepass hunter2-canary --port 6379'}}";
  const redact = redactorFor(someInputs({ composeFileCode: text }));
  expect(redact("shop: hunter2-canary on 6379")).toBe("shop: [redacted] on 6379");
});

test.each([
  ["shop", "shop", "user shop of shop"],
  ["prod", "prod-train", "run prod-train"],
  ["shop", "the shop 1", "run the shop 1"],
])("a secret variable %j hides no name of the resource %j", (secret, name, text) => {
  const $urn = `urn:pulumi:dev::p::pulumi:type::${name}`;
  const inputs = someInputs({ $urn, variables: { A: secret }, $secrets: ["variables"] });
  expect(redactorFor(inputs)(text)).toBe(text);
});

test("a secret id or machine is redacted, and an id or machine that is not secret stays", () => {
  const given = { existingExecutionId: "id-canary", executionType: "gpu.canary" };
  const hide = redactorFor(someInputs({ ...given, $secrets: ["existingExecutionId", "executionType"] }));
  expect(hide("run id-canary, machine gpu.canary")).not.toContain("canary");
  expect(redactorFor(someInputs(given))("run id-canary, machine gpu.canary")).toContain(
    "id-canary, machine gpu.canary",
  );
});

test("secret callbacks, triggers, labels, credentials and the scope are redacted", () => {
  const redact = redactorFor(
    someInputs({
      userCallbackUrls: ["https://x/callback-canary"],
      triggers: [{ a: "trigger-canary" }],
      fileName: "label-canary",
      registryCredentials: { type: "basic", username: "robot", password: "password-canary" },
      $secrets: ["userCallbackUrls", "triggers", "fileName"],
    }),
  );
  const text = "https://x/callback-canary trigger-canary label-canary password-canary scope-secret";
  expect(redact(text)).not.toMatch(/canary|scope-secret/);
});

test("the client knows the secrets of a resource before its first request", async () => {
  const first = createWorld();
  const { context, service } = first;
  const known: string[] = [];
  const firstCalls: string[] = [];
  const client = {
    ...context.client,
    keepOut: (secrets: () => readonly string[]) => {
      known.push(...secrets());
      firstCalls.push(service.calls.join());
    },
  };
  const variables = { PASSWORD: "variable-canary" };
  const inputs = someInputs({ variables, $secrets: ["variables.PASSWORD"], projectSecrets: ["x"] });
  await rehearseCreate({ ...context, client }, inputs);
  expect(known).toContain("variable-canary");
  expect(firstCalls).toEqual([""]);
  const before = service.calls.length;
  const outputs = await createdAsOperation({ ...context, client }, inputs);
  expect(known.filter((secret) => secret === "variable-canary")).toHaveLength(2);
  expect(firstCalls[1]?.split(",")).toHaveLength(before);
  for (const run of service.runs) service.end(run, "failed", 3);
  known.length = 0;
  await updateExecution({ ...createWorld(first).context, client }, outputs, inputs);
  expect(known).toContain("variable-canary");
});

test.each([
  ["what the program marks", {}, { fileName: "a", $secrets: ["fileName"] }, ["fileName"]],
  [
    "a recorded secret that is held in place of a plain text",
    { composeFileCode: "s", fileName: "b", $secrets: ["composeFileCode", "fileName"] },
    { composeFileCode: "s", fileName: "plain", $secrets: [] },
    ["composeFileCode"],
  ],
  [
    "variables that are held, each by itself",
    { variables: { A: "s", B: "p", C: "t" }, $secrets: ["variables", "variables.A", "variables.C"] },
    { variables: { A: "s", B: "q" }, $secrets: [] },
    ["variables.A"],
  ],
  [
    "a whole map that is held, whatever single ones the program marks",
    { variables: { A: "s", B: "t" }, $secrets: ["variables"] },
    { variables: { A: "s", B: "t" }, $secrets: ["variables", "variables.A", "fileName"] },
    ["variables", "fileName"],
  ],
  ["nothing that is gone", { fileName: "a", $secrets: ["fileName"] }, {}, []],
  ["nothing recorded, as before a replacement", {}, { fileName: "plain", $secrets: [] }, []],
  ["no marks at all, as of a run that is read by its id", {}, {}, []],
])("which inputs are secret: %s", (_name, olds, news, expected) => {
  const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
  expect(secretMarks(inputsOf(plain(olds)), inputsOf(plain(news)))).toEqual(expected);
});
