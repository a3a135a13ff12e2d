import type { Canary } from "./canaries";

/**
 * Replaces everything that differs between two runs of a scenario by fixed names. Ids and keys are numbered in their
 * order, so that "the same run again" and "another run" stay different.
 */
export class Names {
  /** @param byLabel names runs and keys by the label after the key, for scenarios with many simultaneous starts */
  constructor(readonly byLabel = false) {}

  private readonly executions = new Map<string, string>();
  private readonly keys = new Map<string, string>();
  private readonly digests = new Map<string, string>();
  private readonly fixed: [text: string, name: string][] = [];

  private readonly images = new Map<string, string>();
  private imagesAreBuilt = false;

  /** Also numbers the digests of images. They differ if the scenario builds the images. */
  numberImages(): void {
    this.imagesAreBuilt = true;
  }

  /** Replaces `text` by `name` from now on. Longer texts are replaced first. */
  fix(text: string, name: string): void {
    this.fixed.push([text, name]);
    this.fixed.sort(([one], [other]) => other.length - one.length);
  }

  /** Replaces a secret of the scenario, which a request may contain, by its name in the golden file. */
  fixCanary(canary: Canary): void {
    this.fix(canary.value, `<canary:${canary.name}>`);
  }

  /** The name of a run: its number by first mention, or its label. */
  execution(id: string, fileName?: string | null): string {
    return numbered(this.executions, id, this.labelOf(fileName ?? "") ?? "execution");
  }

  /** A label in which the start key is numbered. The rest is the user's own text. */
  fileName(text: string): string {
    const [, key, rest] = /^([a-z0-9]{8,28})(-.*)?$/s.exec(text) ?? [];
    if (key === undefined) return text;
    const label = this.labelOf(text);
    return numbered(this.keys, key, label === undefined ? "key" : `key:${label}`) + (rest ?? "");
  }

  private labelOf(fileName: string): string | undefined {
    return this.byLabel ? /^[a-z0-9]{8,28}-(.+)$/s.exec(fileName)?.[1] : undefined;
  }

  /** A text with all known names replaced. */
  known(text: string): string {
    let out = text;
    for (const [value, name] of this.fixed) out = out.replaceAll(value, name);
    for (const [id, name] of this.executions) out = out.replaceAll(id, name);
    for (const [key, name] of this.keys) out = out.replaceAll(key, name);
    return out;
  }

  /** Replaces the digests in the keys of mounted files, which follow from the secret of the stack. */
  uploads(text: string): string {
    return text
      .replace(/\b(pulumi-lyceum\/(?:[\w.-]+\/){2}[\w.-]+)-[a-z0-9]{6}(?=\/)/g, "$1-<scope>")
      .replace(/\b(FILES|RUN|files)\/[a-z0-9]{24}\b/g, "$1/<content>")
      .replace(/\b(runs|manifests)\/(\d+)-[a-z0-9]{7}\b/g, "$1/$2-<inputs>");
  }

  /** Replaces known texts, then numbers new ids, then replaces times, durations and ports. */
  apply(text: string): string {
    let out = this.uploads(this.known(text));
    if (this.imagesAreBuilt)
      out = out.replace(/\bsha256:[0-9a-f]{64}\b/g, (digest) => numbered(this.images, digest, "image"));
    return (
      out
        .replace(/(\(secret\) |\b[dD]igest *: ")([a-z0-9]{12,20})\b/g, (_all, before: string, digest: string) => {
          return before + numbered(this.digests, digest, "digest");
        })
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/g, "<time>")
        .replace(/\b(127\.0\.0\.1|localhost):\d+/g, "$1:<port>")
        // The id may belong to a run of a second emulator, which this list does not have.
        .replace(/\blocal-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<execution elsewhere>")
        .replace(/\bfiles-[0-9a-f]{24}\b/g, "files-<id>")
        .replace(/\b(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d\d:\d\d:\d\d UTC)\b/g, "<time>")
        .replace(/\bdefault_[\w./-]+::[0-9a-f-]{36}/g, "default_<version>::<id>")
        .replace(/\b\d+ s (ago|after)\b/g, "<duration> $1")
        .replace(/\bno answer within \d+ s\b/g, "no answer within <duration>")
        .replace(/\((\d+m)?\d+(\.\d+)?s\)/g, "(<duration>)")
        .replace(/\b(queued|starting|running|stopping) (\d+h)?(\d+m)?\d+(\.\d+)?s\b/g, "$1 <duration>")
        .replace(/\b(\d+(\.\d+)?[hms])+ ago +(\d+(\.\d+)?[hms])+/g, "<duration> ago  <duration>")
        // A column is as wide as its longest duration, so its width depends on the time: "9s ago" or "10s ago".
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
