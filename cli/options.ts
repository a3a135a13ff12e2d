import { type ParseArgsConfig, parseArgs } from "node:util";
import { type AdjustableCode, isAdjustable, type SeverityChoice } from "../provider/compose";
import { UsageError } from "./command";

/** Options as `parseArgs` takes them. */
export type ArgumentOptions = NonNullable<ParseArgsConfig["options"]>;

/** `parseArgs`, with its errors as errors of usage. */
export function readArguments<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // What follows the first sentence is advice about `--`.
    const [message = ""] = String((error as { message?: unknown }).message).split(". ");
    // Node takes an option of this name for itself, wherever it stands.
    throw new UsageError(message.includes("'--env-file") ? `${message}: it is --variable-file` : message);
  }
}

/** `NAME=VALUE` words as a map. A value is never repeated: it may be a secret. */
export function readPairs(option: string, values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    values.map((word, index) => {
      const sign = word.indexOf("=");
      if (sign < 1) throw new UsageError(`The ${ordinal(index)} --${option} is not of the form NAME=VALUE`);
      return [word.slice(0, sign), word.slice(sign + 1)] as const;
    }),
  );
}

/** `CODE=off|warning|error` words as severities. */
export function readChoices(values: readonly string[]): Partial<Record<AdjustableCode, SeverityChoice>> {
  const choices: Partial<Record<AdjustableCode, SeverityChoice>> = {};
  for (const [code, choice] of readPairs("diagnostic", values)) {
    if (!isAdjustable(code)) throw new UsageError(`--diagnostic ${code}: no code whose severity can be chosen`);
    if (choice !== "off" && choice !== "warning" && choice !== "error") {
      throw new UsageError(`--diagnostic ${code}: must be off, warning or error`);
    }
    choices[code] = choice;
  }
  return choices;
}

function ordinal(index: number): string {
  return ["first", "second", "third"][index] ?? `${index + 1}th`;
}
