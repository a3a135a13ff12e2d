import { plainSmallText, smallTexts, smallTextWithWarnings } from "../compose/testing/small-texts";
import { Reference, timesAsLong } from "../testing/times-as-long";
import { check } from "./check";
import { createProjects } from "./project/projects";
import { NO_INPUTS } from "./resource-inputs";
import { memoryPorts } from "./testing/projects";

/** Times as long as a plain text; or, where a hundred warnings are printed, as a plain text with as many. */
const most = { plain: 8, withWarnings: 4 };
const manyWarnings = 50;
const projects = createProjects(memoryPorts());
const answer = (composeFileCode: string) =>
  check(NO_INPUTS, { urn: "", scope: "s".repeat(32), values: { composeFileCode, variables: { A: "a" } } }, projects);

test("the check of no small text takes many times what a plain one of its size takes", () => {
  const plain = new Reference(() => void answer(plainSmallText));
  const withWarnings = new Reference(() => void answer(smallTextWithWarnings));
  expect(answer(smallTextWithWarnings).warnings.length).toBeGreaterThan(manyWarnings);
  const expensive = smallTexts.filter((text) => {
    const prints = answer(text).warnings.length > manyWarnings;
    const [reference, enough] = prints ? [withWarnings, most.withWarnings] : [plain, most.plain];
    return timesAsLong(() => void answer(text), reference, { enough }) > enough;
  });
  expect(expensive.map((text) => text.slice(0, 120))).toEqual([]);
});
