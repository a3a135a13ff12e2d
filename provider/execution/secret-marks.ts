import { isDeepStrictEqual } from "node:util";
import { isMap } from "../schema";
import type { ResourceInputs } from "./resource-inputs";

const VARIABLES = "variables";

/**
 * Names of inputs that are secret, of `variables` each by itself (`variables.PASSWORD`): those that the program has marked,
 * and those that were marked when they were recorded and have the same value still. The engine may have put a recorded
 * secret in place of what the program gives now (`ignoreChanges`), and hands it over unwrapped.
 */
export function secretMarks(olds: ResourceInputs, news: ResourceInputs): readonly string[] {
  const marked = marks(news);
  const held = marks(olds).filter((name) => {
    const value = inputAt(news, name);
    return value !== undefined && isDeepStrictEqual(value, inputAt(olds, name));
  });
  const isWhole = held.includes(VARIABLES) && !marks(olds).some(isVariable);
  // Where single variables are marked, the others are not secret.
  return [...new Set([...held, ...(isWhole ? marked.filter((name) => !isVariable(name)) : marked)])];
}

function isVariable(name: string): boolean {
  return name.startsWith(`${VARIABLES}.`);
}

function marks({ secrets: names }: ResourceInputs): string[] {
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : [];
}

function inputAt({ values }: ResourceInputs, name: string): unknown {
  if (!isVariable(name)) return values[name];
  const variables = values[VARIABLES];
  return isMap(variables) ? variables[name.slice(VARIABLES.length + 1)] : undefined;
}
