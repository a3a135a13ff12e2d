import { namesSecret } from "./names";
import { createSecretSet, type SecretSet } from "./secret-set";
import { looksSecret } from "./secret-value";

/** The lines of a text, counted from 1. */
export interface TextLines {
  line(number: number): string;
}

const MOST_LINES_UP = 200;

/** Results for the lines of a text. They are kept as long as the text and the secrets are in use. */
const answers = new WeakMap<TextLines, WeakMap<SecretSet, Map<number, boolean>>>();
const noSecrets = createSecretSet([]);

/**
 * Whether a line must not be shown: it contains a known secret or one by its shape, or is under the name of a secret.
 * In doubt a line is hidden: the reader can open the file, but a secret that was shown is lost. Each line is searched
 * once, because a text of one long line may have a hundred diagnostics.
 */
export function isSecretLine(lines: TextLines, line: number, secrets: SecretSet = noSecrets): boolean {
  const known = answersFor(lines, secrets);
  const answer = known.get(line) ?? holdsSecret(lines, line, secrets);
  known.set(line, answer);
  return answer;
}

function answersFor(lines: TextLines, secrets: SecretSet): Map<number, boolean> {
  const ofText = answers.get(lines) ?? new WeakMap<SecretSet, Map<number, boolean>>();
  answers.set(lines, ofText);
  const known = ofText.get(secrets) ?? new Map<number, boolean>();
  ofText.set(secrets, known);
  return known;
}

function holdsSecret(lines: TextLines, line: number, secrets: SecretSet): boolean {
  const text = lines.line(line);
  if (secrets.holds(text) || looksSecret(text) || namesSecret(text)) return true;
  // The text under `PASSWORD: |`, or a value on its own line.
  const depth = indentation(text);
  const farthest = Math.max(1, line - MOST_LINES_UP);
  for (let above = line - 1; above >= farthest; above -= 1) {
    const other = lines.line(above);
    if (other.trim() === "" || indentation(other) >= depth) continue;
    return namesSecret(other);
  }
  return false;
}

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}
