import fc from "fast-check";
import { Braces } from "./braces";

/**
 * The expected results: for each brace, a separate search returns its closing brace, or the last closing brace of the
 * line. `Braces` must find the same in one pass.
 */
function search(text: string, opener: number, to: number): number {
  const newline = text.indexOf("\n", opener);
  const end = newline === -1 || newline > to ? to : newline;
  const balanced = balance(text, opener, to);
  if (balanced !== -1 && balanced < end) return balanced;
  const last = text.slice(0, end).lastIndexOf("}");
  return last > opener ? last : balanced;
}

function balance(text: string, opener: number, to: number): number {
  let open = 0;
  for (let at = opener; at < to; at += 1) {
    if (text[at] === "}") open -= 1;
    if (open === 0 && at > opener) return at;
    if (text[at] !== "{") continue;
    open += 1;
    at += 1;
  }
  return -1;
}

it("finds for each variable what a separate search would find", () => {
  const text = fc.string({ unit: fc.constantFrom("${", "${a", "{", "}", "$", "a", "\n"), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat(60), (written, to) => {
      const braces = new Braces(written);
      for (let at = written.indexOf("${") + 1; at > 0; at = written.indexOf("${", at) + 1) {
        expect(braces.closing(at, to)).toBe(search(written, at, Math.min(to, written.length)));
      }
    }),
    { numRuns: 1000 },
  );
});
