import { secretMarks } from "./secret-marks";
import { inputsOf } from "./testing/inputs";

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
])("%s", (_name, olds, news, expected) => {
  const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
  expect(secretMarks(inputsOf(plain(olds)), inputsOf(plain(news)))).toEqual(expected);
});
