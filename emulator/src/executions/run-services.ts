import { isMap, isScalar } from "yaml";
import { parseBounded } from "../engines/bounded-yaml";
import type { StoredRun } from "./execution-store";

/**
 * The longest text that is read, in characters. The emulator does nothing else while it reads a text. A run with a
 * longer text is shown without services.
 */
const LONGEST_TEXT = 64 * 1024;

const known = new WeakMap<StoredRun, readonly string[]>();

/** Returns the services that a run's Compose text names, or undefined if the text was not read yet. */
export function knownServices(run: StoredRun): readonly string[] | undefined {
  return known.get(run);
}

/**
 * The number of characters after which one call of {@link readServices} reads no further text. Reading blocks the
 * emulator.
 */
const MOST_READ = 256 * 1024;

/**
 * Reads the services of at most `most` runs that were not read yet, in the order of `runs`. Stops earlier after
 * `MOST_READ` characters.
 * @returns the number of runs that are still not read
 */
export function readServices(runs: readonly StoredRun[], most: number): number {
  const unread = runs.filter((run) => !known.has(run));
  let [count, characters] = [0, 0];
  for (const run of unread.slice(0, most)) {
    if (characters > MOST_READ) break;
    characters += String(run.body.compose_file_code ?? "").length;
    known.set(run, servicesIn(run));
    count++;
  }
  return unread.length - count;
}

function servicesIn({ body }: StoredRun): readonly string[] {
  const text = String(body.compose_file_code ?? "");
  if (text.length > LONGEST_TEXT) return [];
  const yaml = parseBounded(text);
  if (yaml.kind === "errors") return [];
  return yaml.documents.flatMap(({ contents }) => {
    const services = isMap(contents) ? contents.get("services") : undefined;
    return isMap(services) ? services.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
  });
}
