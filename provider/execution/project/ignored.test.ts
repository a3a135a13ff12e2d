import { asMap, inputsOf } from "../testing/inputs";
import { ignoredProject } from "./ignored";

const model = { services: { worker: { image: "busybox" } } };
const record = { digest: "d", settings: "s", files: { "compose.yaml": "f" } };
const olds = { composeFile: "compose.yaml", compose: model, $record: record };
const given = { composeFile: "compose.yaml", timeout: 60 };
const held = { model, record };
const putIn = { compose: model, $record: record };

/** What is ignored, of maps. */
function ignoredMaps(before: Record<string, unknown>, after: Record<string, unknown>) {
  const { news, ...rest } = ignoredProject(inputsOf(before), inputsOf(after));
  return { news: asMap(news), ...rest };
}

test.each([
  ["nothing is ignored", olds, given, { news: given }],
  ["the engine has put both in", olds, { ...given, ...putIn }, { news: given, held }],
  ["the engine has put the model in, which alone was named", olds, { ...given, compose: model }, { news: given, held }],
  [
    "what names the project has changed meanwhile",
    olds,
    { ...given, envFiles: ["other.env"], ...putIn },
    { news: { ...given, envFiles: ["other.env"] }, held: { model, record: { ...record, settings: "" } } },
  ],
  ["nothing is recorded, as before a replacement", {}, { ...given, ...putIn }, { news: given }],
  [
    "an argument that looks like a model but is none of ours",
    olds,
    { ...given, compose: { services: {} } },
    { news: { ...given, compose: { services: {} } } },
  ],
  ["the same, with nothing recorded", {}, { ...given, compose: model }, { news: { ...given, compose: model } }],
])("%s", (_name, before, news, expected) => {
  expect(ignoredMaps(before, JSON.parse(JSON.stringify(news)))).toEqual(expected);
});
