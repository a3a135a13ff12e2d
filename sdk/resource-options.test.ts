import { MODEL_INPUT, RECORD_INPUT } from "../provider/execution/project/record";
import { ignoredInputs } from "./resource-options";

const made = [MODEL_INPUT, RECORD_INPUT];

test.each([
  [[], []],
  [["timeout"], ["timeout"]],
  [["*"], ["*"]],
  [["composeFileCode"], ["composeFileCode"]],
  [["composeFile"], ["composeFile", ...made]],
  [["composeFile[0]"], ["composeFile[0]", ...made]],
  [["compose"], made],
  [
    ["composeFile", "compose", "timeout"],
    ["composeFile", "compose", "timeout", "__composeRecord"],
  ],
])("%j is ignored as %j", (paths, inputs) => expect(ignoredInputs("x", paths)).toEqual(inputs));

test.each(["compose.services.a.image", 'compose["services"]'])("%s is refused", (path) => {
  expect(() => ignoredInputs("x", ["timeout", path])).toThrow(/LYC4003: x: .*Name composeFile/);
});
