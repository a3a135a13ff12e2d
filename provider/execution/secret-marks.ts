import { isDeepStrictEqual } from "node:util";

type Properties = Readonly<Record<string, unknown>>;

const VARIABLES = "variables";

/**
 * Names of inputs that are secret, of `variables` each by itself (`variables.PASSWORD`): those that the program has marked,
 * and those that were marked when they were recorded and have the same value still. The engine may have put a recorded
 * secret in place of what the program gives now (`ignoreChanges`), and hands it over unwrapped.
 */
export function secretMarks(olds: Properties, news: Properties): readonly string[] {
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

function marks({ __secretInputs: names }: Properties): string[] {
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : [];
}

function inputAt(inputs: Properties, name: string): unknown {
  if (!isVariable(name)) return inputs[name];
  const variables = inputs[VARIABLES];
  if (typeof variables !== "object" || variables === null) return undefined;
  return (variables as Properties)[name.slice(VARIABLES.length + 1)];
}
