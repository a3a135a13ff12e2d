import { parseArgs } from "node:util";
import { isAdjustable, type SeverityChoice } from "../compose";
import { nearest } from "../compose/wording";
import { COMPOSE_CATALOGUE } from "../provider/compose-rules";
import { UsageError } from "./command";
import type { OptionTable } from "./option-table";

/** The parsed words of a command line. */
export type Arguments<Table extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Table }>
>;

/**
 * Parses words with a table of options. Words that are not valid are a usage error. The error contains no value of an
 * option, because a value may be a secret.
 */
export function readArguments<const Table extends OptionTable>(
  args: readonly string[],
  options: Table,
  { allowPositionals = false }: { readonly allowPositionals?: boolean } = {},
): Arguments<Table> {
  try {
    return parseArgs({ args: [...args], allowPositionals, options }) as Arguments<Table>;
  } catch (error) {
    throw new UsageError(usageMessage(String((error as { message?: unknown }).message), Object.keys(options)));
  }
}

function usageMessage(thrown: string, names: readonly string[]): string {
  // Uses only the first sentence of Node's message. The other sentences are advice about `--`.
  const [message = ""] = thrown.split(". ");
  const [, unknown] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
  if (unknown === undefined) return message;
  // Node itself reads `--env-file` anywhere on the command line, so the commands call this option `--variable-file`.
  if (unknown === "--env-file") return "Unknown option `--env-file`: it is --variable-file";
  const meant = unknown.startsWith("--") ? nearest(unknown.slice(2), names) : undefined;
  return `Unknown option \`${unknown}\`${meant === undefined ? "" : `; did you mean \`--${meant}\`?`}`;
}

/** Returns `NAME=VALUE` words as a map. No error message repeats a value, because a value may be a secret. */
export function readPairs(option: string, values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    values.map((word, index) => {
      const sign = word.indexOf("=");
      if (sign < 1)
        throw new UsageError(
          `The ${ordinal(index)} --${option} is not of the form ${option === "image" ? "SERVICE=REF" : "NAME=VALUE"}`,
        );
      return [word.slice(0, sign), word.slice(sign + 1)] as const;
    }),
  );
}

/** Reads words such as `LYC2113=off`. Returns the severities by code. */
export function readChoices(values: readonly string[]): Record<string, SeverityChoice> {
  const choices: Record<string, SeverityChoice> = {};
  for (const [code, choice] of readPairs("diagnostic", values)) {
    if (!isAdjustable(code) || !Object.hasOwn(COMPOSE_CATALOGUE, code))
      throw new UsageError(`--diagnostic ${code}: not a code whose severity can be changed`);
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
