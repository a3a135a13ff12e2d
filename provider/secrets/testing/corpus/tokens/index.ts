import { type CorpusCase, type CorpusKind, caseOf, secret } from "../case";
import { randomOf } from "../random";
import { AI_TOKENS } from "./ai";
import { CLOUD_TOKENS } from "./clouds";
import { FORGE_TOKENS } from "./forges";
import { KEY_TOKENS } from "./keys";
import type { TokenRow } from "./row";
import { SERVICE_TOKENS } from "./services";

const ROWS: readonly TokenRow[] = [...AI_TOKENS, ...CLOUD_TOKENS, ...FORGE_TOKENS, ...SERVICE_TOKENS, ...KEY_TOKENS];

/** Whether a text contains a mark of `secret()`. */
const isMarked = (text: string): boolean => caseOf("", text).secrets.length > 0;

function tokenOf(row: TokenRow, seed: string): string {
  const made = row.make(randomOf(`${row.name} ${seed}`));
  return isMarked(made) ? made : secret(made);
}

/** A token in JSON. There, a text of several lines has escapes. */
function inJson(key: string, token: string): string {
  const [head, tail] = JSON.stringify({ [key]: "@" }).split("@");
  const { text, secrets } = caseOf("", token);
  const [only] = secrets;
  if (only === undefined || !/["\n]/.test(text)) return `${head}${token}${tail}`;
  const escaped = (part: string) => JSON.stringify(part).slice(1, -1);
  const [before, within, after] = [text.slice(0, only.start), text.slice(only.start, only.end), text.slice(only.end)];
  return `${head}${escaped(before)}${secret(escaped(within), ...only.values)}${escaped(after)}${tail}`;
}

/** A token alone, in a sentence and in JSON. */
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

/** Keys of services, recognized by their form. Keys without a form have the usual name of their variable. */
export const tokens: CorpusKind = { kind: "keys of services", match: "part", cases: ROWS.flatMap(casesOf) };
