/** A text that may take an expression long: `head`, then `pump` many times, then `end`. */
export interface Pump {
  readonly head: string;
  readonly pump: string;
  readonly end: string;
}

/** A character or a class of an expression: what stands before it on its branch, and the characters it takes. */
interface Atom {
  readonly before: string;
  readonly takes: readonly string[];
}

const token =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])|\[(?:\\[\s\S]|[^\\\]])*\]|\(\?(?:<?[=!]|:|<\w+>)|[*+?]\??|\{\d+(?:,\d*)?\}\??|[\s\S]/g;
const usual = ["a", "A", "1", " ", "\n", "-", "_", "é"];
const longestPump = 12;

/** Texts made from an expression: repetitions of each of its characters, of neighbours and of its beginnings, with ends that do not match. */
export function pumpsFor({ source, flags }: RegExp): Pump[] {
  const tokens = source.match(token) ?? [];
  const atoms = atomsOf(tokens, flags);
  const single = new Set(atoms.flatMap(({ takes }) => takes));
  const pumps = new Map<string, Pump>();
  const add = (head: string, pump: string) => {
    for (const end of ["", "\u0000", "\n\u0000"]) pumps.set(JSON.stringify([head, pump, end]), { head, pump, end });
  };
  for (const one of single) add("", one);
  atoms.forEach(({ before, takes }, index) => {
    for (const one of takes) add(before, one);
    let pump = "";
    for (const next of atoms.slice(index, index + longestPump)) {
      pump += next.takes[0] ?? "";
      add("", pump);
      add(before, pump);
    }
    add("", before + (takes[0] ?? ""));
  });
  return [...pumps.values()];
}

function atomsOf(tokens: readonly string[], flags: string): Atom[] {
  const plain = tokens.filter((one) => /^[^\\[(]$/.test(one) && !/[\^$.*+?{}()|]/.test(one));
  const candidates = [
    ...new Set([...plain, ...tokens.flatMap((one) => (one.startsWith("[") ? [...one] : [])), ...usual]),
  ];
  const atoms: Atom[] = [];
  const open: string[] = [];
  let before = "";
  for (const one of tokens) {
    if (one.startsWith("(")) open.push(before);
    else if (one === "|") before = open.at(-1) ?? "";
    else if (one === ")") open.pop();
    else if (!/^(?:[\^$]|\\[bB]|[*+?]\??|\{\d.*)$/.test(one)) {
      const takes = charactersOf(one, flags, candidates);
      atoms.push({ before, takes });
      before += takes[0] ?? "";
    }
  }
  return atoms;
}

/** Some characters that a character or a class takes: at most five, of different kinds. */
function charactersOf(one: string, flags: string, candidates: readonly string[]): string[] {
  const literal = /^[^\\[.]/.test(one) ? [one] : undefined;
  if (literal) return literal;
  const pattern = new RegExp(`^(?:${one})$`, flags.replace(/[gym]/g, ""));
  const taken = candidates.filter((character) => pattern.test(character));
  if (taken.length > 0) return taken.slice(0, 5);
  const rare = Array.from({ length: 0x3000 }, (_none, unit) => String.fromCharCode(unit));
  return [rare.find((character) => pattern.test(character)) ?? ""];
}
