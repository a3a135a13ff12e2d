import { Socket } from "node:net";

jest.mock("../installed", () => ({ assertInstalled: () => undefined }));

import { ComposeExecution } from "../compose-execution";
import { ARGUMENT_MISTAKES, FILES, RIGHT } from "./testing/argument-mistakes";
import { play } from "./testing/play";
import { PROGRAM_MISTAKES } from "./testing/program-mistakes";

// Every mistake is an error of the preview, which names what was meant and where, and no mistake sends anything.

const connections = jest.spyOn(Socket.prototype, "connect");

const MISTAKES = [
  ...ARGUMENT_MISTAKES.map(
    ([name, args, says]) => [name, () => new ComposeExecution("train", args() as never), says] as const,
  ),
  ...PROGRAM_MISTAKES,
];

test.each(MISTAKES)("%s", async (_name, program, says) => {
  const errors = (await play(program, FILES)).join("\n");
  for (const part of says) expect(errors).toContain(part);
  expect(errors).toMatch(/LYC\d{4}/);
  // The error of an argument is short. Compose errors have lines of their text.
  expect(errors.length).toBeLessThan(1000);
});

test("the tables have 44 mistakes in arguments and 60 in programs, and a right program has no error", async () => {
  expect(ARGUMENT_MISTAKES.length).toBeGreaterThanOrEqual(44);
  expect(PROGRAM_MISTAKES.length).toBeGreaterThanOrEqual(60);
  expect(await play(() => new ComposeExecution("train", RIGHT), FILES)).toEqual([]);
});

test("no mistake opens a connection", () => expect(connections).not.toHaveBeenCalled());
