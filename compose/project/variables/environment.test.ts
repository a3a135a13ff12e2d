import { plainValue } from "../../model/model";
import { document } from "../../testing/read-marks";
import { RESOLVED_CONTENT, resolveBuildArguments, resolveEnvironment } from "./environment";

/** The variables A (1), DOLLAR (a$b) and EMPTY. */
const lookup = (name: string) => {
  const text = { A: "1", DOLLAR: "a$b", EMPTY: "" }[name];
  return text === undefined ? undefined : { text, secret: false };
};
const of = (settings: string, rest = "") => document(`services: {a: {image: i, ${settings}}}\n${rest}`).root;
const plainOf = (node: Parameters<typeof plainValue>[0]) =>
  plainValue(node) as Readonly<Record<string, Readonly<Record<string, object>>>>;

test.each([
  ["[A, NONE, B=2]", { A: "1", NONE: null, B: "2" }],
  ["{A: , NONE: , B: 2}", { A: "1", NONE: null, B: 2 }],
  ["{DOLLAR: , EMPTY: }", { DOLLAR: "a$$b", EMPTY: "" }],
  ["{A: 3}", { A: 3 }],
  ["[A, 'b c']", { A: "1", "b c": null }],
  ["[A, 'B =1']", ["A", "B =1"]],
  ["[A, 2001-01-01]", ["A", "2001-01-01"]],
  ["[A, B$$=$$]", { A: "1", B$: "$$" }],
])("a name without a value in `environment` gets the value of its variable: %s", (environment, expected) => {
  const services = plainOf(resolveEnvironment(of(`environment: ${environment}`), lookup)).services;
  expect(services).toEqual({ a: { image: "i", environment: expected } });
});

test.each([
  ["{environment: A}", { environment: "A", [RESOLVED_CONTENT]: "1" }],
  ["{environment: NONE}", { environment: "NONE" }],
  ["{file: a}", { file: "a" }],
  ["A", "A"],
  ["", null],
])("a config or secret that names a variable gets its value as content: %s", (entry, expected) => {
  for (const section of ["configs", "secrets"]) {
    const resolved = resolveEnvironment(of("user: u", `${section}: {c: ${entry}}\n`), lookup);
    expect(plainOf(resolved)[section]).toEqual({ c: expected });
  }
});

test("a build argument without a value gets the value of its variable, or else is removed", () => {
  const services = plainOf(resolveBuildArguments(of("build: {context: ., args: [A, NONE, B=2, C=]}"), lookup)).services;
  expect(services).toEqual({ a: { image: "i", build: { context: ".", args: { A: "1", B: "2", C: "" } } } });
});

test("nothing changes if every value is set", () => {
  const root = of("environment: {A: 2}");
  expect(resolveEnvironment(root, lookup)).toBe(root);
});
