import fc from "fast-check";
import { Braces } from "./braces";

/** What the one pass must find: a search from each brace on its own. */
function search(text: string, opener: number, to: number, variablesOnly: boolean): number {
  let open = 0;
  for (let at = opener; at < to; at += 1) {
    if (text[at] === "{" && (!variablesOnly || text[at - 1] === "$")) open += 1;
    else if (text[at] === "}") open -= 1;
    if (open === 0) return at;
  }
  return -1;
}

it("finds for each brace what a search of its own would find", () => {
  const text = fc.string({ unit: fc.constantFrom("${", "{", "}", "$", "a"), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.boolean(), fc.nat(60), (written, variablesOnly, to) => {
      const braces = new Braces(written, variablesOnly);
      for (let at = 0; at < written.length; at += 1) {
        if (written[at] !== "{" || (variablesOnly && written[at - 1] !== "$")) continue;
        expect(braces.closing(at, to)).toBe(search(written, at, Math.min(to, written.length), variablesOnly));
      }
    }),
    { numRuns: 1000 },
  );
});
