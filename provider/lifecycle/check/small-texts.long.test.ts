import { plainSmallText, smallTexts, smallTextWithWarnings } from "../../../compose/testing/small-texts";
import { Reference, timesAsLong } from "../../../compose/testing/times-as-long";
import { memoryPorts } from "../testing/projects";
import { checkInputs } from "./check-inputs";
import { NO_INPUTS } from "./inputs";
import { createProjects } from "./project/projects";

/** Times as long as a plain text; or, where a hundred diagnostics are printed, as a plain text with as many. */
const most = { plain: 8, withDiagnostics: 4 };
const manyDiagnostics = 50;
const projects = createProjects(memoryPorts());
const answer = (composeFileCode: string) =>
  checkInputs(
    NO_INPUTS,
    { urn: "", scope: "s".repeat(32), values: { composeFileCode, variables: { A: "a" } } },
    projects,
  );

/** Diagnostics in an answer; all errors together are one failure. */
function printedFor(text: string): number {
  const { failures, warnings } = answer(text);
  return [...failures.map(({ reason }) => reason), ...warnings].join("\n").match(/ LYC\d{4}: /g)?.length ?? 0;
}

const plain = new Reference(() => void answer(plainSmallText));
const withDiagnostics = new Reference(() => void answer(smallTextWithWarnings));
/** Microseconds of the processor: after them a check is compiled, and takes a fraction of what its first times took. */
const warmUp = 500_000;

beforeAll(() => {
  for (const reference of [plain, withDiagnostics]) reference.averageOver(warmUp);
});

function isExpensive(text: string, work: () => void = () => void answer(text)): boolean {
  // Most texts are quick, however many diagnostics they have.
  if (timesAsLong(work, plain, { enough: most.plain, tries: 1 }) <= most.plain) return false;
  const many = printedFor(text) > manyDiagnostics;
  const [reference, enough] = many ? [withDiagnostics, most.withDiagnostics] : [plain, most.plain];
  return timesAsLong(work, reference, { enough }) > enough;
}

test("the check of no small text takes many times what a plain one of its size takes", () => {
  expect(printedFor(smallTextWithWarnings)).toBeGreaterThan(manyDiagnostics);
  expect(smallTexts.filter((text) => isExpensive(text)).map((text) => text.slice(0, 120))).toEqual([]);
});

test.each([
  ["without diagnostics", plainSmallText, 24],
  ["with a hundred diagnostics", smallTextWithWarnings, 12],
])("an expensive check is found: %s", (_name, text, times) => {
  const expensive = () => {
    for (let done = 0; done < times; done += 1) answer(text);
  };
  expect(isExpensive(text, expensive)).toBe(true);
});
