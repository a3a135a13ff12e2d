/** Bounds of what a run may hand over. It is recorded in the stack, and read by every command. */
export const RESULT_LIMITS = { results: 64, valueBytes: 16 * 1024, totalBytes: 64 * 1024 } as const;

/** What a run has handed over, and which lines of it could not be read. */
export interface ReadResults {
  readonly results: Readonly<Record<string, unknown>>;
  /** Each with the line and the reason. */
  readonly problems: readonly string[];
}

/** `lyceum-result NAME JSON` on a line of its own; some logs have the service in front, as `docker compose logs` prints it. */
const LINE = /^(?:[\w.-]{1,100}\s+\| )?lyceum-result(?:\s+(.*))?$/;
const NAME_AND_VALUE = /^([A-Za-z_][\w-]{0,99})\s+(.+)$/s;
const SHOWN_CHARACTERS = 80;

/** Reads the results in an output. Of several with one name the last counts. */
export function readResults(output: string): ReadResults {
  const results = new Map<string, unknown>();
  const problems: string[] = [];
  let total = 0;
  for (const line of output.split("\n")) {
    const match = LINE.exec(line.trimEnd());
    if (match === null) continue;
    const read = readResult(match[1] ?? "");
    const bytes = Buffer.byteLength(match[1] ?? "");
    const reason =
      read.kind === "problem"
        ? read.reason
        : bytes > RESULT_LIMITS.valueBytes
          ? `it is longer than ${RESULT_LIMITS.valueBytes / 1024} KB`
          : total + bytes > RESULT_LIMITS.totalBytes
            ? `all results together are longer than ${RESULT_LIMITS.totalBytes / 1024} KB`
            : !results.has(read.name) && results.size >= RESULT_LIMITS.results
              ? `there are more than ${RESULT_LIMITS.results} results`
              : undefined;
    if (reason !== undefined) problems.push(`${shown(line)}: ${reason}`);
    else if (read.kind === "result") {
      results.set(read.name, read.value);
      total += bytes;
    }
  }
  return { results: Object.fromEntries(results), problems };
}

type Read =
  | { readonly kind: "result"; readonly name: string; readonly value: unknown }
  | { readonly kind: "problem"; readonly reason: string };

function readResult(text: string): Read {
  const [, name, json] = NAME_AND_VALUE.exec(text) ?? [];
  if (name === undefined || json === undefined || name === "__proto__") {
    return { kind: "problem", reason: "a name and a JSON value have to follow" };
  }
  try {
    return { kind: "result", name, value: JSON.parse(json) };
  } catch {
    return { kind: "problem", reason: "its value is not JSON: a text needs quotes" };
  }
}

/** The beginning of a line: the value behind it may be a secret. */
function shown(line: string): string {
  const [start = ""] = /^.*?lyceum-result\s*\S*/.exec(line) ?? [];
  return `\`${start.slice(0, SHOWN_CHARACTERS)} …\``;
}
