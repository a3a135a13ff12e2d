import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, endOf } from "../engines/engine";
import { JOURNAL } from "../store/data-folder";
import { compose, route, startTestEmulator, type TestEmulator } from "../testing/emulator";
import { maskedRequest } from "./registry-password";

const PASSWORD = 'p4ss/canary"é';
const base64 = (text: string): string => Buffer.from(text).toString("base64").replace(/=+$/, "");
/** What a program may print of the password. */
const FORMS = [PASSWORD, encodeURIComponent(PASSWORD), base64(PASSWORD), base64(`me:${PASSWORD}`)];
const CREDENTIALS = { docker_registry_credential_type: "basic", docker_username: "me", docker_password: PASSWORD };

/** Returns the forms of the password that a text contains, also as JSON writes them. */
const found = (text: string): readonly string[] =>
  FORMS.filter((form) => [form, JSON.stringify(form).slice(1, -1)].some((written) => text.includes(written)));

let folder: string;
let emulator: TestEmulator;
let printed: string[];
let id: string;
let failed: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-test-"));
  printed = [];
  emulator = await startTestEmulator({
    dataDirectory: folder,
    log: (line) => printed.push(line),
    seen: (run) => printed.push(JSON.stringify(run)),
  });
  const output = JSON.stringify(FORMS.map((form) => `login with ${form}`));
  id = await emulator.start(`{start: 0, run: 1, output: ${output}}`, { ...CREDENTIALS, file_name: `job ${PASSWORD}` });
  failed = await emulator.start(`{startError: ${JSON.stringify(`refused: ${PASSWORD}`)}}`, CREDENTIALS);
  await emulator.advance(5);
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

const control = async (path: string): Promise<string> => JSON.stringify((await emulator.control("GET", path)).body);
const called = async (path: [string, string]): Promise<string> => JSON.stringify((await emulator.call(...path)).body);

test.each<[string, string, () => Promise<string>]>([
  ["the list of the page", "job [redacted]", () => control("/page")],
  ["the lines of the page", "login with [redacted]", () => control(`/page?run=${id}`)],
  ["the errors of the page", "refused: [redacted]", () => control(`/page?run=${failed}`)],
  ["the Compose text of the page", "login with [redacted]", () => control(`/executions/${id}/compose`)],
  ["the requests", '"docker_password":"[redacted]"', () => control("/requests")],
  ["the runs", '"docker_password":"[redacted]"', () => control("/executions")],
  ["the lines of the terminal", "job [redacted]", async () => printed.join("\n")],
])("%s do not have the password", async (_name, hidden, read) => {
  const text = await read();
  expect(text).toContain(hidden);
  expect(found(text)).toEqual([]);
});

test.each<[string, () => Promise<string>]>([
  ["the record of a run", () => called(route("getExecution", id))],
  ["the requests that a test asks for", () => control("/requests?credentials=shown")],
  ["the runs that a test asks for", () => control("/executions?credentials=shown")],
])("%s have the password in each form, so the test above would find it", async (_name, read) => {
  expect(found(await read())).toEqual(FORMS);
});

test.each<[string, unknown, unknown]>([
  ["a body that is not JSON", `{"docker_password": "${PASSWORD}"`, "[redacted]"],
  ["another text", "hello", "hello"],
  ["a body without a password", { a: "b" }, { a: "b" }],
  [
    "a short password, which other texts may contain by chance",
    { docker_password: "b", a: "b" },
    { docker_password: "[redacted]", a: "b" },
  ],
  [
    "a password in another field",
    { docker_password: PASSWORD, a: [PASSWORD] },
    { docker_password: "[redacted]", a: ["[redacted]"] },
  ],
  ["no body", null, null],
  [
    "secrets of AWS",
    { aws_secret_access_key: "S3CR3TKEY", aws_session_token: null, a: "with S3CR3TKEY" },
    { aws_secret_access_key: "[redacted]", aws_session_token: null, a: "with [redacted]" },
  ],
  ["a password that is a number", { docker_password: 12345678 }, { docker_password: "[redacted]" }],
  ["a password that is a list", { docker_password: ["p4ss"] }, { docker_password: "[redacted]" }],
  ["a list of bodies", [{ docker_password: "p4ss" }], [{ docker_password: "[redacted]" }]],
  ["a body in a body", { a: { docker_password: "p4ss" } }, { a: { docker_password: "[redacted]" } }],
])("the request log: %s", (_name, body, logged) => {
  expect(maskedRequest(body)).toEqual(logged);
});

test("the records in the data folder have the text and the name of a start as they were sent, and no password", async () => {
  const directory = await mkdtemp(join(tmpdir(), "emulator-test-"));
  const engine: Engine = {
    name: "docker",
    start: (run, events) => {
      const ofRun = run.registryCredentials?.type === "basic" ? run.registryCredentials.password : "";
      const shown = ofRun === PASSWORD ? FORMS : [ofRun];
      for (const form of shown) {
        events.line({
          service: "job",
          stream: "stdout",
          message: `login with ${form}`,
          timestamp: "2026-03-01T12:00:00Z",
        });
      }
      events.ended(endOf("failed", { returnCode: 1, errors: [`refused: ${ofRun}`] }));
    },
    abort: () => {},
    recover: async () => {},
    close: async () => {},
  };
  const text = compose("{}");
  const body = { compose_file_code: text, ...CREDENTIALS, docker_password: "busybox", file_name: "busybox" };
  try {
    const before = await startTestEmulator({ dataDirectory: directory, engine });
    await before.call(...route("startComposeExecution"), body);
    await before.call(...route("startComposeExecution"), { ...body, ...CREDENTIALS });
    await before.close();
    const records = await readFile(join(directory, JOURNAL), "utf8");
    expect(found(records)).toEqual([]);
    for (const kept of [JSON.stringify(text), '"file_name":"busybox"', "login with [redacted]", "refused: [redacted]"])
      expect(records).toContain(kept);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test.each([
  ["with a registry password ends, because the password is not stored", CREDENTIALS, "system_failure"],
  ["without one starts", {}, "completed"],
])("a run that has not begun when the emulator ends: a run %s", async (_name, credentials, status) => {
  const directory = await mkdtemp(join(tmpdir(), "emulator-test-"));
  const engine = (start: Engine["start"]): Engine => ({
    name: "docker",
    start,
    abort: () => {},
    recover: async () => {},
    close: async () => {},
  });
  try {
    const before = await startTestEmulator({ dataDirectory: directory, engine: engine(() => {}) });
    const body = { compose_file_code: compose("{}"), ...credentials };
    const { execution_id: waiting } = (await before.call(...route("startComposeExecution"), body)).body;
    await before.close();
    const ends = engine((_run, events) => events.ended(endOf("completed", { returnCode: 0 })));
    const after = await startTestEmulator({ dataDirectory: directory, engine: ends });
    const record = (await after.call(...route("getExecution", waiting))).body;
    await after.close();
    expect(record.status).toBe(status);
    if (status === "system_failure") expect(record.errors).toContain("does not store registry passwords");
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
