import { judgeCompose } from "..";
import { two } from "../testing/fixture";

const judge = (text: string) => judgeCompose(text).diagnostics;

test("services of different profiles may have one container name: they may never meet", () => {
  const codes = (first: string, second: string) => judge(two(first, second)).map(({ code }) => code);
  expect(codes("container_name: aa", "container_name: aa")).toEqual(["LYC2219"]);
  expect(codes("container_name: aa, profiles: [p]", "container_name: aa")).toEqual([]);
  expect(codes("container_name: aa", "container_name: aa, profiles: [p]")).toEqual([]);
});

test("who waits for a healthcheck is told why there is none, and what to do", () => {
  const wait = "depends_on: {b: {condition: service_healthy}}";
  const told = (check: string) =>
    judge(two(wait, check)).map(({ message, remedy }) => `${message.split(", and that ")[1]}: ${remedy}`);
  const off = "has its healthcheck turned off: Turn the healthcheck on, or wait for `service_started`.";
  expect(told("tty: true")).toEqual([
    "declares no healthcheck: Add a `healthcheck:` to that service, unless its image brings one along.",
  ]);
  expect([told("healthcheck: {test: x, disable: true}"), told("healthcheck: {test: [NONE]}")]).toEqual([[off], [off]]);
  expect(told("healthcheck: {test: [CMD, x]}")).toEqual([]);
});
