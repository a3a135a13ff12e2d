import { withMarks } from "../mark";
import { type SecretFinding, secretsIn } from "../secrets-in";
import { createSecretSet, type SecretSet } from "./secret-set";

/** The lines of a text. The first line has number 1. */
export interface TextLines {
  readonly text: string;
  position(offset: number): { readonly line: number };
}

/**
 * Caches the numbers of the lines with secrets, for each text and each set of secrets. A result stays as long as the
 * text and the set are in use.
 */
const answers = new WeakMap<TextLines, WeakMap<SecretSet, ReadonlySet<number>>>();
const noSecrets = createSecretSet([]);

/** Returns true if a line must not be shown, because it contains a known secret, or a secret that the rules find. */
export function isSecretLine(lines: TextLines, line: number, secrets: SecretSet = noSecrets): boolean {
  const ofText = answers.get(lines) ?? new WeakMap<SecretSet, ReadonlySet<number>>();
  answers.set(lines, ofText);
  const known = ofText.get(secrets) ?? secretLines(lines, secrets);
  ofText.set(secrets, known);
  return known.has(line);
}

/**
 * Returns the numbers of all lines with a secret. `isSecretLine` caches the result, because a text may have a hundred
 * diagnostics.
 */
function secretLines(lines: TextLines, secrets: SecretSet): ReadonlySet<number> {
  const found = new Set<number>();
  const { text } = lines;
  for (const { start, end } of [...secrets.find(text), ...findingsIn(text)]) {
    const last = lines.position(Math.max(start, end - 1)).line;
    for (let line = lines.position(start).line; line <= last; line += 1) found.add(line);
  }
  return found;
}

/**
 * Returns a YAML text in which `[redacted]` replaces each secret that can be found. `values` has the secrets that are
 * redacted in other texts too, such as the output of the run. A secret with the certainty `ordinary`, such as the
 * password `prod`, is not in `values`, because the same word may have another meaning in other texts.
 */
export function shownText(text: string): { readonly text: string; readonly values: readonly string[] } {
  const found = findingsIn(text);
  const values = found.filter(({ certainty }) => certainty !== "ordinary").map(({ value }) => value);
  return { text: withMarks(text, found), values: [...new Set(values)] };
}

function findingsIn(text: string): readonly SecretFinding[] {
  // Arguments may be items of a list in YAML, such as `- --password` and `- x`. Only the first argument shows that the
  // second one is secret, so they are searched as one command.
  const ofArguments = secretsIn(argumentLines(text), { key: "command", isShown: true });
  const ofDefaults = text.includes("${") ? secretsIn(withDefaults(text), { isShown: true }) : [];
  return [...secretsIn(text, { isShown: true }), ...ofArguments, ...ofDefaults];
}

/**
 * Replaces each variable by its default value, in which a secret may be: `${X:-abc}` becomes `     abc `. Does the same
 * with `${X:+abc}`. Blanks replace the other characters of the variable, so that every offset stays the same.
 */
function withDefaults(text: string): string {
  return text.replace(/(\$\{[A-Za-z_]\w{0,100}:?[-+])([^{}\n]{0,400})\}/g, (_all, head: string, value: string) => {
    return `${" ".repeat(head.length)}${value} `;
  });
}

/** Matches the keys of Compose whose value is a list of the arguments of a command. */
const COMMAND = /^[ \t]{0,200}(?:- )?["']?(?:command|entrypoint|test|args)["']?:/;
const ITEM = /^[ \t]{0,200}- /;

/**
 * Writes each list of arguments in a YAML text as one line, so that the arguments are read as one command: `test:
 * ["mysql", "-px"]` becomes `test:   mysql    -px  `. All other lines become blank. Each character is replaced by one
 * blank, so every offset stays the same.
 */
function argumentLines(text: string): string {
  let isList = false;
  let isFlow = false;
  const lines = text.split("\n").map((line) => {
    const isKey = !isFlow && COMMAND.test(line);
    const continues = isFlow || (isList && ITEM.test(line));
    if (!isKey && !continues) {
      isList = isList && line.trim() === "";
      return { line: " ".repeat(line.length), continues: false };
    }
    isList = (isKey && /:\s{0,9}(?:[&!#]|$)/.test(line)) || (isList && continues);
    isFlow = isFlow || (isKey && /:\s{0,9}\[/.test(line)) ? !line.includes("]") : false;
    const item = continues && !isFlow ? line.replace(ITEM, (dash) => " ".repeat(dash.length)) : line;
    return { line: item.replace(/[[\]"',]/g, " "), continues };
  });
  return lines.map((each, index) => (index === 0 ? "" : each.continues ? " " : "\n") + each.line).join("");
}
