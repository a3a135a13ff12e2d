import { type CheckFailure, show } from "./rules";

/** A text that a string contains after a program has put an Output into it, and what to write instead. */
interface OutputText {
  readonly pattern: RegExp;
  /**
   * Whether a person may write this text too, as in `grep -v '[object Object]' log`. If so, the text counts as an
   * Output only if nothing else stands on its line but a word that it touches: `train-[object Object]` (see `isWord`).
   */
  readonly mayBeWritten?: true;
  readonly instead: string;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a program in TypeScript writes an Output
const NODE = "pulumi.interpolate`…${output}…`";
const PYTHON = 'pulumi.Output.concat("…", output)';
const GO = 'pulumi.Sprintf("…%v…", output)';

/**
 * If a program puts an Output into a string, the string gets one of these texts instead of the Output's value. Some of
 * the texts come from Pulumi's SDKs, others from the language. Inputs with such a text are refused, so that no run
 * starts with it.
 */
const OUTPUT_TEXTS: readonly OutputText[] = [
  { pattern: /Calling \[toString\] on an \[Output<T>\]/, instead: NODE },
  { pattern: /Calling \[toJSON\] on an \[Output<T>\]/, instead: "pulumi.jsonStringify({ key: output })" },
  { pattern: /\[object (?:Object|Promise|Map|Set|Function)\]/, mayBeWritten: true, instead: NODE },
  { pattern: /Calling _{2}str_{2} on an Output\[T\]/, instead: PYTHON },
  { pattern: /<[\w.]{1,100} object at 0x[0-9a-fA-F]{4,16}>/, mayBeWritten: true, instead: PYTHON },
  // For `%v`, Go prints an Output as a pointer. For verbs such as `%s`, Go prints an error.
  { pattern: /\{0x[0-9a-f]{9,16}\}/, mayBeWritten: true, instead: GO },
  { pattern: /%![a-zA-Z]\(\*?(?:internal|pulumi)\.\w{1,60}=/, instead: GO },
  { pattern: /%!(?:[a-zA-Z]\([*\w.]{1,60}[=)]|\((?:EXTRA|NOVERB|BADINDEX))/, mayBeWritten: true, instead: GO },
  { pattern: /Calling \[ToString\] on an \[Output<T>\]/, instead: 'Output.Format($"…{output}…")' },
  { pattern: /Pulumi\.Output`1\[/, instead: 'Output.Format($"…{output}…")' },
  { pattern: /com\.pulumi\.core\.[\w.]{1,60}@[0-9a-f]{1,8}/, instead: 'Output.format("…%s…", output)' },
];

/** A string into which a program has put an Output. */
export interface FoundOutputText {
  /** The path of the string, such as `variables.MODEL` or `triggers[0]`. */
  readonly path: string;
  /** The part of the string that comes from the Output, such as `[object Object]`. */
  readonly text: string;
  readonly instead: string;
}

/**
 * Finds the strings into which a program put an Output, at any depth of a value.
 *
 * @returns `found`: these strings. `value`: a copy of the value with `replacement` in place of these strings. Keys that
 * are such strings are left out.
 */
export function withoutOutputTexts(
  value: unknown,
  path: string,
  replacement: string,
): { readonly value: unknown; readonly found: readonly FoundOutputText[] } {
  const found: FoundOutputText[] = [];
  const visit = (inner: unknown, at: string): unknown => {
    if (typeof inner === "string") {
      const one = outputTextIn(inner);
      if (one === undefined) return inner;
      found.push({ path: at, ...one });
      return replacement;
    }
    if (Array.isArray(inner)) return inner.map((item, index) => visit(item, `${at}[${index}]`));
    if (inner === null || typeof inner !== "object") return inner;
    const entries = Object.entries(inner).flatMap(([key, item]): (readonly [string, unknown])[] => {
      const one = outputTextIn(key);
      if (one === undefined) return [[key, visit(item, `${at}.${key}`)]];
      found.push({ path: `a key of ${at}`, ...one });
      return [];
    });
    return Object.fromEntries(entries);
  };
  return { value: visit(value, path), found };
}

function outputTextIn(text: string): Omit<FoundOutputText, "path"> | undefined {
  for (const { pattern, instead, mayBeWritten } of OUTPUT_TEXTS) {
    for (const match of text.matchAll(new RegExp(pattern, "g"))) {
      if (mayBeWritten !== true || isWord(text, match)) return { text: match[0], instead };
    }
  }
  return undefined;
}

/**
 * Returns true if a match is part of the only word of its line, as in `train-[object Object]`. A list dash and a YAML
 * key may be in front of the word, as in `- name: train-[object Object]`.
 */
function isWord(text: string, { index, 0: { length } }: RegExpExecArray): boolean {
  const start = text.lastIndexOf("\n", index - 1) + 1;
  const end = text.indexOf("\n", index + length);
  const after = text.slice(index + length, end < 0 ? text.length : end).trimEnd();
  const before = text.slice(start, index).replace(/^\s*(?:-\s+)?(?:[\w.-]+:\s+)?/, "");
  return !/\s/.test(before + after);
}

/** Returns the error for a string into which a program put an Output. Does not show the rest of the string. */
export function outputTextFailure({ path, text, instead }: FoundOutputText): CheckFailure {
  const reason = `${path} contains ${show(text)}: the program put an Output into a string, and the string does not get the value of the Output. Write ${instead}.`;
  // If the error named a property, the engine would print the whole string before the error.
  return { property: "", reason };
}
