import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Diagnostic } from "../diagnostics/diagnostic";

/**
 * Finds messages that no test covers. Returns, as `file:line text`, each text of several words in the sources of a
 * folder that is neither in one of the `diagnostics` nor in a test file of this folder.
 *
 * @param diagnostics the diagnostics that the caller's test cases cause
 */
export function untestedTexts(folder: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const tests = names.filter((name) => name.endsWith(".test.ts")).map(read);
  const shown = diagnostics.flatMap(({ message, remedy }) => [message, remedy]);
  // `catalogue.ts` is left out, because each of its codes has a fixture, and a row in `docs/reference/diagnostics.md`.
  const sources = names.filter((name) => !/\.(?:test|generated)\.ts$|(?:^|\/)(?:testing\/|catalogue\.ts$)/.test(name));
  return sources.flatMap((name) => {
    const file = ts.createSourceFile(name, read(name), ts.ScriptTarget.ES2022, true);
    return textsIn(file).flatMap((node) => {
      if ([...shown, ...tests].some((text) => text.includes(node.text))) return [];
      return [`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.text}`];
    });
  });
}

/** Returns the texts with several words, and such parts of templates, except a list of words before `.split`. */
function textsIn(node: ts.Node): readonly ts.LiteralLikeNode[] {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return [];
  if (ts.isPropertyAccessExpression(node) && node.name.text === "split") return [];
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node);
  const own = isText && /\p{L}.* |^ .*\p{L}/u.test(node.text) ? [node] : [];
  const inside: ts.LiteralLikeNode[] = [];
  node.forEachChild((child) => {
    inside.push(...textsIn(child));
  });
  return [...own, ...inside];
}
