import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { EXCEPTIONS, PROSE, SOURCES, WORDS } from "./plain-words.words";

/**
 * What a user reads is written in words of Pulumi, Docker Compose and Lyceum. This looks for words of our own in texts of the
 * code (string literals of at least two words) and in the prose of the documentation (not in code).
 */
const root = join(__dirname, "..");

interface Text {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

function sourceFiles(path: string): string[] {
  if (path.endsWith(".ts")) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.words|\.generated|\.d)\.([cm]?js|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](node_modules|dist|testing)[\\/]/.test(file));
}

/** The texts of a template are one text; a value in it reads as `{}`. */
function textsOfSource(file: string, code: string): Text[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const texts: Text[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join("")
        : "";
    // A single word is a name: of a key, a status, a module.
    if (/[\w}`"]\S* +\S*[\w{`"]/.test(text)) {
      texts.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/** Lines of prose: without code, links named by their file, link targets and HTML comments. A released version keeps its text. */
function textsOfProse(file: string, markdown: string): Text[] {
  let inCode = false;
  let released = false;
  return markdown.split("\n").flatMap((content, index) => {
    if (/^\s*```/.test(content)) inCode = !inCode;
    if (/^## \[?\d(?!.*unreleased)/.test(content)) released = true;
    if (inCode || released) return [];
    const text = content.replace(/\[[^\]\s]*[./][^\]\s]*\]\([^)]*\)|``.*?``|`[^`]*`|\]\([^)]*\)|<!--.*?-->/g, " ");
    return [{ file, line: index + 1, text }];
  });
}

function findings(texts: readonly Text[]): string[] {
  return texts.flatMap(({ file, line, text }) => {
    const allowed = EXCEPTIONS.filter((exception) => exception.file.test(file));
    const left = allowed.reduce((rest, exception) => rest.replaceAll(exception.text, " "), text);
    return WORDS.flatMap(({ word, instead }) => {
      const found = word.exec(left);
      return found === null
        ? []
        : [`${file}:${line}: "${found[0]}", write ${instead}, in: ${text.trim().slice(0, 120)}`];
    });
  });
}

const inRoot = (file: string): string => relative(root, file).replaceAll("\\", "/");

test.each(SOURCES)("texts of %s are in plain words", (path) => {
  const texts = sourceFiles(join(root, path)).flatMap((file) =>
    textsOfSource(inRoot(file), readFileSync(file, "utf8")),
  );
  expect(texts.length).toBeGreaterThan(0);
  expect(findings(texts)).toEqual([]);
});

test("every page of the documentation is one of those that are read here", () => {
  const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md") && !/^docs\/(api|contributing\/decisions)\//.test(name));
  expect(pages.filter((name) => !PROSE.includes(name))).toEqual([]);
});

test.each(PROSE)("%s is in plain words", (path) => {
  const texts = textsOfProse(path, readFileSync(join(root, path), "utf8"));
  expect(findings(texts)).toEqual([]);
});

test("a planted word is found in a literal, in a template and in prose, and nowhere else", () => {
  const code = [
    "// The judge is told.",
    'const a = { "judge": "judge" };',
    'const b = "The judge is right.";',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code with a template
    "const c = `The run ${id} fell short.`;",
  ].join("\n");
  expect(findings(textsOfSource("planted.ts", code)).map((each) => each.split(",")[0])).toEqual([
    'planted.ts:3: "judge"',
    'planted.ts:4: "fell short"',
  ]);
  const page = ["The row says it.", "`a wish`", "```", "a wish", "```", "Taken over.", "## 0.1.0", "A wish."].join(
    "\n",
  );
  expect(findings(textsOfProse("planted.md", page)).map((each) => each.split(",")[0])).toEqual([
    'planted.md:1: "says"',
    'planted.md:6: "Taken over"',
  ]);
});

test("an exception that nothing needs is removed", () => {
  const texts = [
    ...SOURCES.flatMap((path) => sourceFiles(join(root, path))).map((file) => [
      inRoot(file),
      readFileSync(file, "utf8"),
    ]),
    ...PROSE.map((path) => [path, readFileSync(join(root, path), "utf8")]),
  ] as const;
  const needed = (file: RegExp, text: RegExp): boolean =>
    texts.some(([path = "", content = ""]) => file.test(path) && content.search(text) >= 0);
  expect(EXCEPTIONS.filter((exception) => !needed(exception.file, exception.text))).toEqual([]);
});
