import type { TextSpan } from "./mark";
import { type SecretShape, secretShapes } from "./shapes";
import { type NamedView, viewsOf } from "./views";
import { spanIn } from "./views/view";

/** Nearly no text holds the sign of any shape. */
function signOfAny(shapes: readonly SecretShape[]): RegExp {
  return new RegExp(shapes.map(({ sign }) => `(?:${sign.source})`).join("|"), "i");
}

const everywhere = secretShapes.filter(({ where }) => where === "everywhere");
const signOfAll = signOfAny(secretShapes);
const signOfSome = signOfAny(everywhere);

/** Everything in a text that has the shape of a secret, as it is written. */
export function shapesIn(text: string): TextSpan[] {
  return signOfAll.test(text) ? spansOf(text, secretShapes) : [];
}

/** The same of a compose document: without what may be an ordinary word there, and what a variable stands for. */
export function shapesInDocument(text: string): TextSpan[] {
  if (!signOfSome.test(text)) return [];
  return spansOf(text, everywhere).filter(
    ({ start, end }) => !isVariable(text.slice(start, Math.min(end, start + 500))),
  );
}

function spansOf(text: string, shapes: readonly SecretShape[]): TextSpan[] {
  return shapes.flatMap(({ sign, find }) => (sign.test(text) ? find(text) : []));
}

/** `$NAME` and `${NAME}`, also behind a user's name. */
function isVariable(text: string): boolean {
  return /^(?:[^:]*:)?\$\$?\{?[A-Za-z_]/.test(text);
}

/** The shortest secret that a shape finds. */
const shortestShaped = 11;

/** Whether something in a document has the shape of a secret, whichever way it is encoded. */
export function hidesShape(text: string): boolean {
  if (text.length < shortestShaped) return false;
  for (const { view, words } of viewsOf(text)) {
    if (words === "same" && shapesInDocument(view.text).length > 0) return true;
  }
  return false;
}

/**
 * What has the shape of a secret in a view, at its places in the text. Where lines are joined, a word that was whole at the end of
 * its line does not take the next line along.
 */
export function shapesInView({ view, words }: NamedView, text: string): TextSpan[] {
  if (words === "unquoted") return [];
  const found = shapesIn(view.text);
  if (words === "same") return found.map(({ start, end }) => spanIn(view, start, end));
  return found.flatMap(({ start, end }) => {
    const region = spanIn(view, start, end);
    const lineEnd = text.indexOf("\n", region.start);
    if (lineEnd === -1 || lineEnd >= region.end) return [];
    const inLine = text.slice(Math.max(0, region.start - 200), lineEnd);
    return shapesIn(inLine).some((span) => span.end === inLine.trimEnd().length) ? [] : [region];
  });
}
