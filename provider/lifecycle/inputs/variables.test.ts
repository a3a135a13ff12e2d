import { declaredImages, declaredVariables, inheritedVariables } from "./variables";

test("every inherited variable counts as secret, with any name", () => {
  const variables = inheritedVariables({ DB_PW: "a", PGPASS: "b", DSN: "c", TAG: "d", ABSENT: undefined });
  expect([...variables]).toEqual(
    ["DB_PW a", "PGPASS b", "DSN c", "TAG d"].map((pair) => {
      const [name, text] = pair.split(" ");
      return [name, { text, secret: true }];
    }),
  );
});

const valuesOf = (variables: ReadonlyMap<string, object>) => Object.fromEntries(variables);

test("a variable is a text, a number or a boolean", () => {
  const variables = { TEXT: "a", NUMBER: 1.5, YES: true, NO: false, EMPTY: "", NULL: null, MAP: {}, LIST: ["a"] };
  expect(valuesOf(declaredVariables({ urn: "u", values: { variables } }))).toEqual({
    TEXT: { text: "a", secret: false },
    NUMBER: { text: "1.5", secret: false },
    YES: { text: "true", secret: false },
    NO: { text: "false", secret: false },
    EMPTY: { text: "", secret: false },
  });
});

test.each([
  ["nothing", [], { A: false, PASSWORD: true }],
  ["the whole map", ["variables"], { A: true, PASSWORD: true }],
  ["one of them", ["variables", "variables.A"], { A: true, PASSWORD: true }],
  ["another one", ["variables", "variables.B"], { A: false, PASSWORD: true }],
  ["the images", ["images"], { A: false, PASSWORD: true }],
])("a variable is secret by its mark or its name, if the program marks %s", (_, secrets, expected) => {
  const declared = declaredVariables({ urn: "u", secrets, values: { variables: { A: "a", PASSWORD: "hunter2x" } } });
  expect(Object.fromEntries([...declared].map(([name, { secret }]) => [name, secret]))).toEqual(expected);
});

test("an image is secret by its mark, or if it contains a secret", () => {
  const images = { a: "busybox:1", b: "https://robot:hunter2x@registry.test/b" };
  const secretOnes = (secrets: readonly string[]) =>
    [...declaredImages({ urn: "u", secrets, values: { images } })].flatMap(([name, { secret }]) =>
      secret ? [name] : [],
    );
  expect([secretOnes([]), secretOnes(["images"]), secretOnes(["images.a"])]).toEqual([["b"], ["a", "b"], ["a", "b"]]);
});
