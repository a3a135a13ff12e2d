import { plainSmallText, smallTexts } from "../compose/testing/small-texts";
import { Reference, timesAsLong } from "../testing/times-as-long";
import { check } from "./check";
import { createProjects } from "./project/projects";
import { NO_INPUTS } from "./resource-inputs";
import { memoryPorts } from "./testing/projects";

const most = 8;
const projects = createProjects(memoryPorts());
const answer = (composeFileCode: string): void =>
  void check(
    NO_INPUTS,
    { urn: "", scope: "s".repeat(32), values: { composeFileCode, variables: { A: "a" } } },
    projects,
  );

test("the check of no small text takes more than eight times what a plain one of its size takes", () => {
  const plain = new Reference(() => answer(plainSmallText));
  const expensive = smallTexts.filter((text) => timesAsLong(() => answer(text), plain, { enough: most }) > most);
  expect(expensive.map((text) => text.slice(0, 120))).toEqual([]);
});
