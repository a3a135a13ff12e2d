import { validateCompose } from "..";
import { two } from "../testing/fixture";

const validate = (text: string) => validateCompose(text).diagnostics;

test("services of different profiles may have one container name: they may never run together", () => {
  const codes = (first: string, second: string) => validate(two(first, second)).map(({ code }) => code);
  expect(codes("container_name: aa", "container_name: aa")).toEqual(["LYC2219"]);
  expect(validate(two("container_name: aa", "container_name: aa"))[0]?.message).toContain("of services.a");
  expect(codes("container_name: aa, profiles: [p]", "container_name: aa")).toEqual([]);
  expect(codes("container_name: aa", "container_name: aa, profiles: [p]")).toEqual([]);
});

test("a wait for a missing healthcheck is reported with the reason and what to do", () => {
  const wait = "depends_on: {b: {condition: service_healthy}}";
  const reported = (check: string) =>
    validate(two(wait, check)).map(({ message, remedy }) => `${message.split(", and that ")[1]}: ${remedy}`);
  const off = "has its healthcheck turned off: Turn the healthcheck on, or wait for `service_started`.";
  expect(reported("tty: true")).toEqual([
    "declares no healthcheck: Add a `healthcheck:` to that service, unless its image already has one.",
  ]);
  expect([reported("healthcheck: {test: x, disable: true}"), reported("healthcheck: {test: [NONE]}")]).toEqual([
    [off],
    [off],
  ]);
  expect(reported("healthcheck: {test: [CMD, x]}")).toEqual([]);
  expect(validate(two(wait, "tty: true"))[0]?.message).toContain("waits for services.b to be healthy");
});

test.each(["heathcheck: {test: [CMD, x]}", "healthcheck: {tset: [CMD, x]}"])(
  "a misspelt key is reported, and not that the healthcheck is missing: %s",
  (check) => {
    const found = validate(two("depends_on: {b: {condition: service_healthy}}", check));
    expect(found.map(({ code }) => code)).toEqual(["LYC2105"]);
  },
);
