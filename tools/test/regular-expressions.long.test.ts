import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostics } from "recheck";
import ts from "typescript";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "../../compose/validate/schema.generated";

// Checks every regular expression of the source. Texts come from outside, so the time of an expression must grow only
// linearly with the length of the text.

// The checker reads this variable when it is loaded. The value `pure` turns Java and the native program off, so that
// the result is the same on every machine.
process.env.RECHECK_BACKEND = "pure";
const { checkSync } = require("recheck") as typeof import("recheck");

const root = join(__dirname, "../..");
const FOLDERS = ["provider", "compose", "cli", "sdk"];

/**
 * Files with expressions whose automaton is too large, because they contain many repetitions. For these expressions,
 * the checker tries texts instead.
 */
const LARGE = new Set([
  "provider/lifecycle/end/run-results.ts",
  "provider/secrets/forms/pem.ts",
  "provider/secrets/search/pieces.ts",
]);

/**
 * Expressions about which the checker cannot decide. The comment gives the reason why the time of the expression is
 * linear.
 */
const EXPLAINED = new Map([
  // The expression reads at most 200 characters of a tag, and what follows always matches.
  ["provider/lyceum/http/failure-body.ts", "/<(script|style)\\b[^>]{0,200}>[^<]*/gi"],
]);

interface Found {
  readonly file: string;
  readonly pattern: RegExp;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { encoding: "utf8", recursive: true })
    .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file) && !/(^|\/)testing\//.test(file))
    .map((file) => `${folder}/${file}`);
}

function literalsIn(file: string, text: string): Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push({ file, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Returns the expressions that a module makes when it is loaded. */
function madeByLoading(file: string): Found[] {
  const made: Found[] = [];
  const own = RegExp;
  globalThis.RegExp = class extends own {
    constructor(pattern: RegExp | string, flags?: string) {
      super(pattern, flags);
      made.push({ file, pattern: this });
    }
  } as RegExpConstructor;
  try {
    jest.isolateModules(() => require(join(root, file)));
  } finally {
    globalThis.RegExp = own;
  }
  return made;
}

/** Returns the patterns for values and for keys in a schema. */
function patternsOf(schema: unknown): Found[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const sources = key === "pattern" ? [value] : key === "patternProperties" ? Object.keys(value) : [];
    const here = sources.filter((source) => typeof source === "string").map((source) => new RegExp(source, "u"));
    return [...here.map((pattern) => ({ file: "schema", pattern })), ...patternsOf(value)];
  });
}

/**
 * Checks an expression. The flag `d` is removed, because the checker does not know it, and it only asks for offsets. A
 * check that succeeds takes at most three seconds, and the timeout stops checks that would take minutes.
 */
function check(pattern: RegExp, checker: "automaton" | "fuzz"): Diagnostics {
  const unlimited = { attackTimeout: null, incubationTimeout: null, seedingTimeout: null, recallTimeout: -1 };
  return checkSync(pattern.source, pattern.flags.replace("d", ""), { ...unlimited, checker, timeout: 300_000 });
}

/** Returns the problem of an expression, if there is one. */
function problemOf({ file, pattern }: Found): string | undefined {
  if (!/[*+]|\{\d+,\}/.test(pattern.source) || EXPLAINED.get(file) === String(pattern)) return undefined;
  let result = check(pattern, LARGE.has(file) ? "fuzz" : "automaton");
  // An expression with a lookaround or a reference to a group has no automaton.
  if (result.status === "unknown" && result.error.kind === "unsupported") result = check(pattern, "fuzz");
  if (result.status === "safe") return undefined;
  const reason =
    result.status === "unknown" ? result.error.kind : `${result.complexity.summary}: ${result.attack.pattern}`;
  return `${file}: ${pattern}, ${reason}`;
}

test.each([
  ["/^(a+)+$/", "exponential"],
  ["/^(?:[a-z]|[a-c])*$/", "exponential"],
  [String.raw`/^\d+\d+$/`, "2nd degree polynomial"],
  [String.raw`/\/+$/`, "2nd degree polynomial"],
  [String.raw`/(?<!\d)\d+\.?\d+x/`, "2nd degree polynomial"],
])("finds a planted %s", (literal, complexity) => {
  const problems = literalsIn("planted.ts", `export const planted = ${literal};`).map(problemOf);
  expect(problems).toEqual([expect.stringContaining(complexity)]);
});

test("every regular expression of the source takes time proportional to the text", () => {
  const files = FOLDERS.flatMap(sourceFiles).map((file) => [file, readFileSync(join(root, file), "utf8")] as const);
  const literals = files.flatMap(([file, text]) => literalsIn(file, text));
  expect(literals.length).toBeGreaterThan(200);
  const made = files.filter(([, text]) => text.includes("RegExp(")).flatMap(([file]) => madeByLoading(file));
  expect(made.length).toBeGreaterThan(4);
  const schema = patternsOf([DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS]);
  expect(schema.length).toBeGreaterThan(10);

  const distinct = new Map([...literals, ...made, ...schema].map((found) => [String(found.pattern), found]));
  expect([...distinct.values()].map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
});
