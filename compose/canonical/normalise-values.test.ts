import type { ComposeValue } from "../model/model";
import {
  contextForm,
  dependenciesForm,
  deviceRequestForm,
  fileForm,
  gpusForm,
  pathForm,
  providerOption,
  resourceForm,
  serversForm,
  sizeForm,
  textValues,
  typedForm,
} from "./normalise-values";

test.each([
  ["a", "./a"],
  ["./a/../b", "./b"],
  [".", "."],
  ["a/..", "."],
  ["..", ".."],
  ["../a", "../a"],
  ["..a", "./..a"],
  ["/a", "/a"],
])("the canonical form of the path %s is %s", (path, form) => expect(pathForm(path)).toBe(form));

type Row = readonly [form: (value: ComposeValue) => ComposeValue, given: ComposeValue, expected: ComposeValue];

const unchanged = (form: Row[0], ...values: readonly ComposeValue[]): Row[] =>
  values.map((value) => [form, value, value] as const);

test.each<Row>([
  [fileForm, "a", "./a"],
  ...unchanged(fileForm, "$A/b", 5, null, ["a"]),
  [contextForm, "a", "./a"],
  ...unchanged(contextForm, "", "https://x.test/y", 5, ["a"]),
  [serversForm, "1.1.1.1", ["1.1.1.1"]],
  [serversForm, ["1.1.1.1", "", null], ["1.1.1.1"]],
  [textValues, { a: 1, b: true, c: null, d: "x", e: ["y"] }, { a: "1", b: "true", c: "", d: "x", e: ["y"] }],
  ...unchanged(textValues, ["a=1"]),
  [sizeForm, "1k", "1024"],
  [sizeForm, 5, "5"],
  [sizeForm, 0, "0"],
  [sizeForm, "-1", -1],
  ...unchanged(sizeForm, -1, 1.5, "many", "-1k", null),
  [typedForm("integer"), "5", 5],
  [typedForm("integer"), 5.7, 5],
  [typedForm("integer"), "1e+06", 1_000_000],
  [typedForm("number"), 5.7, 5.7],
  ...unchanged(typedForm("integer"), "many", true),
  [providerOption, 5, ["5"]],
  [providerOption, ["a", true], ["a", "true"]],
  ...unchanged(providerOption, { a: 1 }, [["a"]]),
])("%p of %j is %j", (form, given, expected) => expect(form(given)).toEqual(expected));

test.each<readonly [name: string, given: ComposeValue, expected: ComposeValue]>([
  ["without a count means all", { driver: "nvidia" }, { driver: "nvidia", count: "all" }],
  ["with ids has no count", { device_ids: ["0"] }, { device_ids: ["0"] }],
  ["of -1 means all", { count: -1 }, { count: "all" }],
  ["of all in upper case means all", { count: "ALL" }, { count: "all" }],
  ["may have its count as a text", { count: "2", driver: "d" }, { count: 2, driver: "d" }],
  ["may have a count of another text", { count: "few" }, { count: "few" }],
  ["may have options in a list", { options: ["a=1", "b"], count: 1 }, { options: { a: "1", b: "" }, count: 1 }],
  ["that is not a map stays", ["x"], ["x"]],
])("the canonical form of a request for devices %s", (_, given, expected) =>
  expect(deviceRequestForm(given)).toEqual(expected),
);

test("several ways to request all GPUs have one canonical form", () => {
  expect(gpusForm("all")).toEqual([{ count: "all" }]);
  expect(gpusForm([{ driver: "d" }])).toEqual([{ driver: "d", count: "all" }]);
  expect(gpusForm("some")).toBe("some");
});

const started = { condition: "service_started" };
test.each<readonly [given: ComposeValue, expected: ComposeValue]>([
  [["a", "b"], { a: started, b: started }],
  [
    ["a", "$B"],
    ["a", "$B"],
  ],
  [
    ["a", 5],
    ["a", 5],
  ],
  [{ a: { condition: "service_healthy", required: true, restart: false } }, { a: { condition: "service_healthy" } }],
  [{ a: { required: false, restart: true } }, { a: { ...started, required: false, restart: true } }],
  [{ a: "x" }, { a: "x" }],
  ["a", "a"],
])("the canonical form of the dependencies %j is %j", (given, expected) =>
  expect(dependenciesForm(given)).toEqual(expected),
);

test.each<readonly [given: ComposeValue, expected: ComposeValue]>([
  [
    { external: { name: "n" }, driver: "d" },
    { name: "n", driver: "d", external: true },
  ],
  [{ external: {} }, { external: true }],
  [{ external: true }, { external: true }],
  [null, null],
])("the canonical form of the resource %j is %j", (given, expected) => expect(resourceForm(given)).toEqual(expected));
