import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { NAME_EXCEPTIONS, NAME_WORDS, NAMED } from "./plain-names.words";

/**
 * Names of files, folders and declarations are written in words of Pulumi, Docker Compose and Lyceum, as texts are
 * (`plain-words.test.ts`).
 */
const root = join(__dirname, "..");

interface Name {
  readonly file: string;
  /** 0 for the name of the file itself. */
  readonly line: number;
  readonly name: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.generated)\.([cm]?js|ts)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !/(^|\/)(node_modules|dist|\.cache)\//.test(file));
}

/** Everything that a file declares: variables, parameters, functions, types, members, keys of its objects. */
function namesIn(file: string, code: string): Name[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const names: Name[] = [{ file, line: 0, name: file }];
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && isDeclared(node)) {
      names.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, name: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** Not `a.name`, which names what somebody else may have declared. */
function isDeclared(node: ts.Identifier | ts.PrivateIdentifier): boolean {
  const { parent } = node;
  return "name" in parent && parent.name === node && !ts.isPropertyAccessExpression(parent);
}

/** `lastSeenAt`, `LAST_SEEN_AT` and `last-seen-at.ts` are `last seen at`. */
function partsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3 $2")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .toLowerCase();
}

function findings(names: readonly Name[]): string[] {
  return names.flatMap(({ file, line, name }) => {
    const exceptions = NAME_EXCEPTIONS.filter((exception) => exception.file.test(file));
    const left = exceptions.reduce((parts, exception) => parts.replaceAll(exception.name, " "), partsOf(name));
    const found = NAME_WORDS.find(({ word }) => word.test(left));
    return found === undefined ? [] : [`${file}:${line}: ${name}, write ${found.instead}`];
  });
}

test.each(NAMED)("names in %s are in plain words", (folder) => {
  const names = sourceFiles(folder).flatMap((file) => namesIn(file, readFileSync(join(root, file), "utf8")));
  expect(names.length).toBeGreaterThan(0);
  expect(findings(names)).toEqual([]);
});

test("a planted name is found wherever it is declared, and nowhere else", () => {
  const code = [
    "// judge",
    'import { judge as validate } from "./judge";',
    "interface Verdict { readonly lastSeenAt: string }",
    "const LOOK_AGAIN = library.told(lookUpRun, { 'said': 1, wishes: 2 });",
    "function f({ a: storyOf }, endOrphans) { class C { #surroundings = 1; givesUp() {} } }",
  ].join("\n");
  expect(findings(namesIn("planted-leftovers.ts", code)).map((each) => each.split(",")[0])).toEqual([
    "planted-leftovers.ts:0: planted-leftovers.ts",
    "planted-leftovers.ts:3: Verdict",
    "planted-leftovers.ts:3: lastSeenAt",
    "planted-leftovers.ts:4: LOOK_AGAIN",
    "planted-leftovers.ts:4: wishes",
    "planted-leftovers.ts:5: storyOf",
    "planted-leftovers.ts:5: endOrphans",
    "planted-leftovers.ts:5: #surroundings",
    "planted-leftovers.ts:5: givesUp",
  ]);
});

test("an exception that nothing needs is removed", () => {
  const names = NAMED.flatMap(sourceFiles).flatMap((file) => namesIn(file, readFileSync(join(root, file), "utf8")));
  const isNeeded = ({ file, name: pattern }: (typeof NAME_EXCEPTIONS)[number]): boolean =>
    names.some((each) => file.test(each.file) && partsOf(each.name).search(pattern) >= 0);
  expect(NAME_EXCEPTIONS.filter((exception) => !isNeeded(exception))).toEqual([]);
});
