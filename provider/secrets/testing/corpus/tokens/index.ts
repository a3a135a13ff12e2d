import { type CorpusCase, type CorpusKind, caseOf, secret } from "../case";
import { randomOf } from "../random";
import { AI_TOKENS } from "./ai";
import { CLOUD_TOKENS } from "./clouds";
import { FORGE_TOKENS } from "./forges";
import { KEY_TOKENS } from "./keys";
import type { TokenRow } from "./row";
import { SERVICE_TOKENS } from "./services";

const ROWS: readonly TokenRow[] = [...AI_TOKENS, ...CLOUD_TOKENS, ...FORGE_TOKENS, ...SERVICE_TOKENS, ...KEY_TOKENS];

/** Whether `secret()` has marked a secret in the text. */
const isMarked = (text: string): boolean => caseOf("", text).secrets.length > 0;

function tokenOf(row: TokenRow, seed: string): string {
  const made = row.make(randomOf(`${row.name} ${seed}`));
  return isMarked(made) ? made : secret(made);
}

/** A JSON text with the token as the value of a key. Quotes and line breaks in the token are escaped. */
function inJson(key: string, token: string): string {
  const [head, tail] = JSON.stringify({ [key]: "@" }).split("@");
  const { text, secrets } = caseOf("", token);
  const [only] = secrets;
  if (only === undefined || !/["\n]/.test(text)) return `${head}${token}${tail}`;
  const escaped = (part: string) => JSON.stringify(part).slice(1, -1);
  const [before, within, after] = [text.slice(0, only.start), text.slice(only.start, only.end), text.slice(only.end)];
  return `${head}${escaped(before)}${secret(escaped(within), ...only.values)}${escaped(after)}${tail}`;
}

/**
 * Makes three texts with tokens of a row. If the row has a `variable`, the texts are the value of this variable, an
 * assignment to it, and JSON with it as a key. Otherwise, the texts are only the token, a sentence, and JSON.
 */
function casesOf(row: TokenRow): readonly CorpusCase[] {
  const [first, second, third] = ["1", "2", "3"].map((seed) => tokenOf(row, seed));
  const { name, variable } = row;
  if (variable !== undefined)
    return [
      caseOf(name, `${first}`, { key: variable }),
      caseOf(name, `${variable}=${second}`),
      caseOf(name, inJson(variable, `${third}`)),
    ];
  return [
    caseOf(name, `${first}`),
    caseOf(name, `Connecting with ${second} now`),
    caseOf(name, inJson("x", `${third}`)),
  ];
}

/**
 * Keys of web services. Most keys are recognized by their form. A key without a recognizable form is the value of a
 * variable with the usual name.
 */
export const tokens: CorpusKind = { kind: "keys of services", match: "part", cases: ROWS.flatMap(casesOf) };
