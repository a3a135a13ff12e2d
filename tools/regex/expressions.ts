import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A regular expression of the source, and the file and line that it stands in. */
export interface FoundExpression {
  readonly where: string;
  readonly pattern: RegExp;
}

/** What a file of the source holds. */
export interface Expressions {
  readonly found: readonly FoundExpression[];
  /** Calls of `RegExp` whose text is only known when they run. */
  readonly computed: readonly string[];
}

/** All regular expressions of the TypeScript files under the folders, their tests left out. */
export function expressionsUnder(root: string, folders: readonly string[]): Expressions {
  const files = folders.flatMap((folder) => sourceFiles(root, folder));
  const each = files.map((file) => expressionsIn(file, readFileSync(join(root, file), "utf8")));
  return { found: each.flatMap(({ found }) => found), computed: each.flatMap(({ computed }) => computed) };
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "testing" ? [] : sourceFiles(root, path);
    return /(?<!\.test)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** All regular expressions of one text: literals, and calls of `RegExp` with constants of the same file. */
export function expressionsIn(file: string, text: string): Expressions {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  const found: FoundExpression[] = [];
  const computed: string[] = [];
  const note = (node: ts.Node, pattern: RegExp) => {
    found.push({ where: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, pattern });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) constants.set(node.name.getText(), node.initializer);
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      note(node, new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === "RegExp") {
      const [pattern, flags] = (node.arguments ?? []).map((argument) => constantText(argument, constants));
      if (pattern === undefined) computed.push(`${file}: ${node.getText()}`);
      else note(node, new RegExp(pattern, flags));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { found, computed };
}

/** The text that an expression of constants has, or nothing. */
function constantText(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string | undefined {
  if (ts.isAsExpression(node)) return constantText(node.expression, constants);
  if (ts.isTaggedTemplateExpression(node)) {
    return node.tag.getText() === "String.raw" ? node.template.getText().slice(1, -1) : undefined;
  }
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  if (ts.isIdentifier(node)) {
    const known = constants.get(node.text);
    return known === undefined ? undefined : constantText(known, constants);
  }
  if (ts.isPropertyAccessExpression(node)) {
    const known = constants.get(node.expression.getText());
    const table = known && ts.isAsExpression(known) ? known.expression : known;
    const entry =
      table && ts.isObjectLiteralExpression(table)
        ? table.properties.find((property) => property.name?.getText() === node.name.text)
        : undefined;
    return entry && ts.isPropertyAssignment(entry) ? constantText(entry.initializer, constants) : undefined;
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  const spans = node.templateSpans.map(({ expression, literal }) => {
    const text = constantText(expression, constants);
    return text === undefined ? undefined : text + literal.text;
  });
  return spans.includes(undefined) ? undefined : node.head.text + spans.join("");
}
