import { isDeepStrictEqual } from "node:util";
import { mapIn } from "../schema";
import { textsIn } from "./project/variables";
import type { ResourceInputs } from "./resource-inputs";

const VARIABLES = "variables";

/**
 * Names of inputs that are secret, of `variables` each by itself (`variables.PASSWORD`): those that the program has marked,
 * and those that were marked when they were recorded and have the same value still. The engine may have put a recorded
 * secret in place of what the program gives now (`ignoreChanges`), and hands it over unwrapped.
 */
export function secretMarks(olds: ResourceInputs, news: ResourceInputs): readonly string[] {
  const marked = textsIn(news.secrets);
  const before = textsIn(olds.secrets);
  const held = before.filter((name) => {
    const value = inputAt(news, name);
    return value !== undefined && isDeepStrictEqual(value, inputAt(olds, name));
  });
  const isWhole = held.includes(VARIABLES) && !before.some(isVariable);
  // Where single variables are marked, the others are not secret.
  return [...new Set([...held, ...(isWhole ? marked.filter((name) => !isVariable(name)) : marked)])];
}

function isVariable(name: string): boolean {
  return name.startsWith(`${VARIABLES}.`);
}

function inputAt({ values }: ResourceInputs, name: string): unknown {
  if (!isVariable(name)) return values[name];
  return mapIn(values[VARIABLES])[name.slice(VARIABLES.length + 1)];
}
