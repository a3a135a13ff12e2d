/** Bounds of what a run may hand over. It is recorded in the stack, and read by every command. */
export const RESULT_LIMITS = { results: 64, valueBytes: 16 * 1024, totalBytes: 64 * 1024, depth: 32 } as const;

/** What a run has handed over, and which lines of it could not be read. */
export interface ReadResults {
  readonly results: Readonly<Record<string, unknown>>;
  /** Each with the line, without its value, and the reason; each once. */
  readonly problems: readonly string[];
}

/** `lyceum-result NAME JSON` on a line of its own; some logs have the service in front, as `docker compose logs` prints it. */
const LINE = /^(?:[\w.-]{1,100}\s+\| )?lyceum-result(?:\s+(.*))?$/;
const NAME_AND_VALUE = /^([A-Za-z_][\w-]{0,99})\s+(.+)$/s;
const KB = 1024;

interface Result {
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * Reads the results in an output. Of several with one name the last counts.
 *
 * @param isReserved whether the engine takes a text, as a value or as a key, for something else
 */
export function readResults(output: string, isReserved: (text: string) => boolean): ReadResults {
  const results = new Map<string, Result>();
  const problems = new Set<string>();
  let total = 0;
  for (const line of output.split("\n")) {
    const match = LINE.exec(line.trimEnd());
    if (match === null) continue;
    const [, name, json] = NAME_AND_VALUE.exec(match[1] ?? "") ?? [];
    if (name === undefined || json === undefined || name === "__proto__") {
      problems.add("`lyceum-result …`: a name and a JSON value have to follow");
      continue;
    }
    const bytes = Buffer.byteLength(json);
    const others = total - (results.get(name)?.bytes ?? 0);
    const read = bytes > RESULT_LIMITS.valueBytes ? TOO_LONG : valueIn(json, isReserved);
    const reason =
      "reason" in read
        ? read.reason
        : others + bytes > RESULT_LIMITS.totalBytes
          ? `all results together are longer than ${RESULT_LIMITS.totalBytes / KB} KB`
          : !results.has(name) && results.size >= RESULT_LIMITS.results
            ? `there are more than ${RESULT_LIMITS.results} results`
            : undefined;
    if (reason !== undefined) problems.add(`\`lyceum-result ${name} …\`: ${reason}`);
    else if ("value" in read) {
      results.set(name, { value: read.value, bytes });
      total = others + bytes;
    }
  }
  const values = [...results].map(([name, { value }]) => [name, value] as const);
  return { results: Object.fromEntries(values), problems: [...problems] };
}

const TOO_LONG = { reason: `its value is longer than ${RESULT_LIMITS.valueBytes / KB} KB` } as const;

function valueIn(
  json: string,
  isReserved: (text: string) => boolean,
): { readonly value: unknown } | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { reason: "its value is not JSON: a text needs quotes" };
  }
  const reason = reasonAgainst(value, 0, isReserved);
  return reason === undefined ? { value } : { reason };
}

/**
 * Why Pulumi could not record a value, or would take it for another one. A run that has been paid for must not end in an answer that
 * the engine refuses.
 */
function reasonAgainst(value: unknown, depth: number, isReserved: (text: string) => boolean): string | undefined {
  if (depth > RESULT_LIMITS.depth) return `its value is nested more than ${RESULT_LIMITS.depth} times`;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "its value is a number without end";
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) return "its value holds half of a character";
    return isReserved(value) ? "its value holds a text that Pulumi keeps for itself" : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    if (key === "__proto__") return "its value has the key `__proto__`";
    const reason = reasonAgainst(key, depth, isReserved) ?? reasonAgainst(entry, depth + 1, isReserved);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
