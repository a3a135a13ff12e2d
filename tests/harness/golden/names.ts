import type { Canary } from "./canaries";

/**
 * Gives whatever differs from one run to the next a name that does not: ids and keys are numbered as they are
 * first met, so that "the same run again" and "another run" still read differently.
 */
export class Names {
  /** @param byLabel runs and keys are named by the label behind the key, for scenarios in which many start at once */
  constructor(readonly byLabel = false) {}

  private readonly executions = new Map<string, string>();
  private readonly keys = new Map<string, string>();
  private readonly digests = new Map<string, string>();
  private readonly fixed: [text: string, name: string][] = [];

  private readonly images = new Map<string, string>();
  private imagesAreBuilt = false;

  /** Images are built, so their digests differ from one run of the scenario to the next: they are numbered, too. */
  numberImages(): void {
    this.imagesAreBuilt = true;
  }

  /** Replaces `text` by `name` from now on; longer texts first. */
  fix(text: string, name: string): void {
    this.fixed.push([text, name]);
    this.fixed.sort(([one], [other]) => other.length - one.length);
  }

  /** A planted secret may be shown in a request; the golden file names it instead. */
  fixCanary(canary: Canary): void {
    this.fix(canary.value, `<canary:${canary.name}>`);
  }

  /** The name of a run, numbered by first mention; by its label where that is asked for. */
  execution(id: string, fileName?: string | null): string {
    return numbered(this.executions, id, this.labelOf(fileName ?? "") ?? "execution");
  }

  /** A label as it was sent: the start key is numbered, what stands behind it is the user's own. */
  fileName(text: string): string {
    const [, key, rest] = /^([a-z0-9]{8,28})(-.*)?$/s.exec(text) ?? [];
    if (key === undefined) return text;
    const label = this.labelOf(text);
    return numbered(this.keys, key, label === undefined ? "key" : `key:${label}`) + (rest ?? "");
  }

  private labelOf(fileName: string): string | undefined {
    return this.byLabel ? /^[a-z0-9]{8,28}-(.+)$/s.exec(fileName)?.[1] : undefined;
  }

  /** Everything in a text that has a name already. */
  known(text: string): string {
    let out = text;
    for (const [value, name] of this.fixed) out = out.replaceAll(value, name);
    for (const [id, name] of this.executions) out = out.replaceAll(id, name);
    for (const [key, name] of this.keys) out = out.replaceAll(key, name);
    return out;
  }

  /** What is known, then what is numbered where it is met, then times, durations, ports. */
  apply(text: string): string {
    let out = this.known(text);
    if (this.imagesAreBuilt)
      out = out.replace(/\bsha256:[0-9a-f]{64}\b/g, (digest) => numbered(this.images, digest, "image"));
    return (
      out
        .replace(/(\(secret\) |\b[dD]igest *: ")([a-z0-9]{12,20})\b/g, (_all, before: string, digest: string) => {
          return before + numbered(this.digests, digest, "digest");
        })
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/g, "<time>")
        .replace(/\b(127\.0\.0\.1|localhost):\d+/g, "$1:<port>")
        // A run of a second emulator, which this one does not know.
        .replace(/\blocal-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<execution elsewhere>")
        .replace(/\b\d\d:\d\d:\d\d UTC\b/g, "<time>")
        .replace(/\bdefault_[\w./-]+::[0-9a-f-]{36}/g, "default_<version>::<id>")
        .replace(/\b\d+ s (ago|after)\b/g, "<duration> $1")
        .replace(/\((\d+m)?\d+(\.\d+)?s\)/g, "(<duration>)")
        .replace(/\b(queued|starting|running|stopping) (\d+h)?(\d+m)?\d+(\.\d+)?s\b/g, "$1 <duration>")
        .replace(/\b(\d+(\.\d+)?[hms])+ ago +(\d+(\.\d+)?[hms])+/g, "<duration> ago  <duration>")
        // A column is as wide as its longest duration: "9s ago" or "10s ago".
        .replace(/\bCREATED +RAN\b/g, "CREATED  RAN")
        .replace(/(durationSeconds *: )[\d.]+/g, "$1<duration>")
    );
  }
}

function numbered(names: Map<string, string>, text: string, kind: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const before = [...names.values()].filter((name) => /^<(.*)-\d+>$/.exec(name)?.[1] === kind);
  const name = `<${kind}-${before.length + 1}>`;
  names.set(text, name);
  return name;
}
