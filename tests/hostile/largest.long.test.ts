import { LARGEST_COMPOSE_TEXT, validateCompose } from "../../compose";
import { rows } from "../../compose/testing/hostile-texts";
import { readComposeText } from "../../emulator/src/engines/docker/text/text";
import { route, startTestEmulator, type TestEmulator } from "../../emulator/src/testing/emulator";
import { plainText } from "./plain";

// Each text takes some seconds of CPU time, which are minutes on a busy machine.
let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.close());

/** Returns a valid project of exactly as many bytes as the provider accepts. */
function filled(text: string): string {
  return `${text.trimEnd()}\n#${"x".repeat(LARGEST_COMPOSE_TEXT - text.trimEnd().length - 2)}`;
}

const label = (index: number): string => `      k${index}: v`;

// The reader of `check` has a limit of bytes, and the emulator's reader has a limit of tokens.
test.each([
  ["one service a line", filled(plainText(LARGEST_COMPOSE_TEXT - 1_000))],
  ["one short label a line", filled(`services:\n  web:\n    image: i\n    labels:\n${rows(66_000, label)}`)],
])("the emulator starts the largest text that `check` accepts: %s", async (_name, text) => {
  expect(Buffer.byteLength(text)).toBe(LARGEST_COMPOSE_TEXT);
  expect(validateCompose(text).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(readComposeText(text).kind).toBe("read");
  const started = await emulator.call(...route("startComposeExecution"), { compose_file_code: text });
  expect(started.status).toBe(200);
  await emulator.advance(600);
  expect(await emulator.status(started.body.execution_id)).toBe("completed");
});
