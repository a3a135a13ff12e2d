import { secretMarks } from "./secret-marks";

test.each([
  ["what the program marks", {}, { fileName: "a", __secretInputs: ["fileName"] }, ["fileName"]],
  [
    "a recorded secret that is held in place of a plain text",
    { composeFileCode: "s", fileName: "b", __secretInputs: ["composeFileCode", "fileName"] },
    { composeFileCode: "s", fileName: "plain", __secretInputs: [] },
    ["composeFileCode"],
  ],
  [
    "variables that are held, each by itself",
    { variables: { A: "s", B: "p", C: "t" }, __secretInputs: ["variables", "variables.A", "variables.C"] },
    { variables: { A: "s", B: "q" }, __secretInputs: [] },
    ["variables.A"],
  ],
  [
    "a whole map that is held, whatever single ones the program marks",
    { variables: { A: "s", B: "t" }, __secretInputs: ["variables"] },
    { variables: { A: "s", B: "t" }, __secretInputs: ["variables", "variables.A", "fileName"] },
    ["variables", "fileName"],
  ],
  ["nothing that is gone", { fileName: "a", __secretInputs: ["fileName"] }, {}, []],
  ["nothing recorded, as before a replacement", {}, { fileName: "plain", __secretInputs: [] }, []],
  ["no marks at all, as of a run that is read by its id", {}, {}, []],
])("%s", (_name, olds, news, expected) => {
  const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
  expect(secretMarks(plain(olds), plain(news))).toEqual(expected);
});
