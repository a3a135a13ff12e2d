import { NO_SECRETS } from "../../model/secret-rules";
import { ProjectDiagnostics } from "../diagnostics";
import { SourceRow } from "../sources";
import { memoryFiles } from "../testing/memory-files";
import { envEntries } from "./env-files";
import { ProjectReader } from "./reader";

/** The variables of these env files, and what is wrong with the files. `GIVEN` and `EARLIER` are set before. */
function entriesOf(...texts: readonly string[]) {
  const sources = new SourceRow();
  const collector = new ProjectDiagnostics(sources);
  const paths = texts.map((_, index) => `/p/${index}.env`);
  const files = memoryFiles(Object.fromEntries(texts.map((text, index) => [`/p/${index}.env`, text])));
  const reader = new ProjectReader(files, "/p", "/p", sources, collector, NO_SECRETS);
  const variable = (known: string, text: string) => (name: string) =>
    name === known ? { text, secret: false } : undefined;
  const found = envEntries(paths, {
    reader,
    collector,
    mention: {},
    lookup: variable("GIVEN", "g"),
    earlier: variable("EARLIER", "e"),
  });
  const codes = collector
    .all()
    .map(({ code, file, range }) => `${code} ${file}:${range?.start.line}:${range?.end.column}`);
  return { values: Object.fromEntries([...found].map(([name, { text }]) => [name, text])), found, codes };
}

test.each([
  ["a later file wins", ["A=1\nB=2\n", "A=3\n"], { A: "3", B: "2" }],
  ["a value may have variables of an earlier file", ["A=1\n", "B=$A\n"], { A: "1", B: "1" }],
  ["a value may have variables that are set before", ["A=$GIVEN$EARLIER\n"], { A: "ge" }],
  ["an earlier file wins over what is set before it", ["EARLIER=1\n", "A=$EARLIER\n"], { EARLIER: "1", A: "1" }],
  ["a given variable wins over an earlier file", ["GIVEN=1\n", "A=$GIVEN\n"], { GIVEN: "1", A: "g" }],
])("%s: %j", (_, texts, values) => expect(entriesOf(...texts)).toMatchObject({ values, codes: [] }));

test("a value is secret, except in a variable that Compose reads", () => {
  const { found } = entriesOf("A=1\nCOMPOSE_PROFILES=x\nCOMPOSE_PROFILES_2=x\nMY_COMPOSE_FILE=x\n");
  expect([...found].map(([name, { secret }]) => [name, secret])).toEqual([
    ["A", true],
    ["COMPOSE_PROFILES", false],
    ["COMPOSE_PROFILES_2", true],
    ["MY_COMPOSE_FILE", true],
  ]);
});

test("an error has its line, and an ambiguous character hides all other errors", () => {
  expect(entriesOf("A=1\n", "B=2\nC='3\n").codes).toEqual(["LYC2508 1.env:2:4"]);
  expect(entriesOf("A=1\u2028\nC='3\n").codes).toEqual(["LYC2016 0.env:1:5"]);
});
