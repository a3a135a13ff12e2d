import { createSecretSet, type SecretSet } from "./secret-set";
import { secretsIn } from "./secrets-in";

/** The lines of a text, counted from 1. */
export interface TextLines {
  readonly text: string;
  position(offset: number): { readonly line: number };
}

/** Results for the lines of a text. They are kept as long as both the text and the secrets are in use. */
const answers = new WeakMap<TextLines, WeakMap<SecretSet, ReadonlySet<number>>>();
const noSecrets = createSecretSet([]);

/**
 * Whether a line must not be shown, because it contains a known secret, or a part of a secret that the text gives away.
 */
export function isSecretLine(lines: TextLines, line: number, secrets: SecretSet = noSecrets): boolean {
  const ofText = answers.get(lines) ?? new WeakMap<SecretSet, ReadonlySet<number>>();
  answers.set(lines, ofText);
  const known = ofText.get(secrets) ?? secretLines(lines, secrets);
  ofText.set(secrets, known);
  return known.has(line);
}

/** All lines with a secret. They are found once for each text, because a text may have a hundred diagnostics. */
function secretLines(lines: TextLines, secrets: SecretSet): ReadonlySet<number> {
  const found = new Set<number>();
  const { text } = lines;
  // An argument may be secret only because of the arguments before it. YAML writes each of them as an item of a list.
  const ofArguments = secretsIn(argumentLines(text), { key: "command", isShown: true });
  const ofDefaults = text.includes("${") ? secretsIn(withDefaults(text), { isShown: true }) : [];
  for (const { start, end } of [
    ...secrets.find(text),
    ...secretsIn(text, { isShown: true }),
    ...ofArguments,
    ...ofDefaults,
  ]) {
    const last = lines.position(Math.max(start, end - 1)).line;
    for (let line = lines.position(start).line; line <= last; line += 1) found.add(line);
  }
  return found;
}

/** A text in which variables are replaced by their defaults. Every offset stays the same. */
function withDefaults(text: string): string {
  return text.replace(/(\$\{[A-Za-z_]\w{0,100}:?[-+])([^{}\n]{0,400})\}/g, (_all, head: string, value: string) => {
    return `${" ".repeat(head.length)}${value} `;
  });
}

/** The keys of Compose with lists of the arguments of a command. */
const COMMAND = /^[ \t]{0,200}(?:- )?["']?(?:command|entrypoint|test|args)["']?:/;
const ITEM = /^[ \t]{0,200}- /;

/**
 * The lists of arguments in a YAML text, each as one line of a command: `["mysql", "-px"]` becomes ` mysql   -px `. All
 * other text becomes blank, and every offset stays the same. So the arguments of a list are read together as one
 * command.
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
