import type { SecretPlace } from "../../../provider/secrets";
import type { Candidate, CandidateKind } from "./candidates";
import { list, mapping, type Style, text, type Yaml } from "./yaml";

/** A candidate that is written into a document. */
export interface Placed {
  /** The entries to add to the service. */
  readonly service: readonly (readonly [string, Yaml])[];
  /** The entries to add to the document, such as `configs`. */
  readonly document?: readonly (readonly [string, Yaml])[];
  /** The files to add next to the document. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * The texts with the candidate, each with the facts about its position. The detector must find the secrets in these
   * texts.
   */
  readonly asked: readonly { readonly text: string; readonly place: SecretPlace; readonly isKey?: true }[];
}

/** Writes a candidate into a document. `id` makes the names in the document unique. */
export type Spot = (candidate: Candidate, style: Style, id: string) => Placed;

/** Writes a candidate as an entry `KEY: value`. */
const ofEntry =
  (path: (entries: Yaml) => readonly [string, Yaml]): Spot =>
  (candidate, style) => {
    const key = candidate.place.key ?? "";
    return {
      service: [path(mapping(["MODE", text("fast", "plain")], [key, text(candidate.text, style)]))],
      asked: [{ text: candidate.text, place: { key } }],
    };
  };

/** Writes a candidate as an item of a list: `KEY=value`, or a text. */
const ofItem =
  (path: (items: Yaml) => readonly [string, Yaml], before: readonly string[] = []): Spot =>
  (candidate, style) => {
    const { key } = candidate.place;
    const item = candidate.kind === "entry" ? `${key}=${candidate.text}` : candidate.text;
    const [name] = path(list());
    const given = [...before, ...(candidate.place.before === undefined ? [] : [candidate.place.before])];
    return {
      service: [path(list(...given.map((word) => text(word, "plain")), text(item, style)))],
      asked: [{ text: item, place: { key: name, ...(given.length === 0 ? {} : { before: given.join(" ") }) } }],
    };
  };

/** Writes a candidate as a single text. */
const ofText =
  (key: string, write: (value: string) => string = (value) => value): Spot =>
  (candidate, style) => {
    const { before } = candidate.place;
    const value = write(before === undefined ? candidate.text : `serve ${before} ${candidate.text}`);
    return { service: [[key, text(value, style)]], asked: [{ text: value, place: { key } }] };
  };

/** Writes a command as a list of its words. */
const inWords =
  (key: string): Spot =>
  (candidate, style, id) => {
    const words = candidate.text.split(" ");
    if (/["'|<>&;]/.test(candidate.text) || words.length > 18) return ofText(key)(candidate, style, id);
    return {
      service: [[key, list(...words.map((word) => text(word, style)))]],
      asked: words.map((word, index) => ({ text: word, place: { key, before: words.slice(0, index).join(" ") } })),
    };
  };

const content: Spot = (candidate, style, id) => {
  const { key } = candidate.place;
  const value = candidate.kind === "entry" ? `${key}=${candidate.text}\n` : candidate.text;
  return {
    service: [["configs", list(text(id, "plain"))]],
    document: [["configs", mapping([id, mapping(["content", text(value, style)])])]],
    asked: [{ text: value, place: { key: "content" } }],
  };
};

const fileOf =
  (write: (path: string, id: string) => Pick<Placed, "service" | "document">): Spot =>
  (candidate, _style, id) => {
    const path = `${id}/${(candidate.place.file ?? "app.conf").replace(/^.*\//, "")}`;
    return {
      ...write(path, id),
      files: { [path]: candidate.text },
      asked: [{ text: candidate.text, place: { file: candidate.place.file } }],
    };
  };

const configFile = fileOf((path, id) => ({
  service: [["configs", list(text(id, "plain"))]],
  document: [["configs", mapping([id, mapping(["file", text(`./${path}`)])])]],
}));
const secretFile = fileOf((path, id) => ({
  service: [["secrets", list(text(id, "plain"))]],
  document: [["secrets", mapping([id, mapping(["file", text(`./${path}`)])])]],
}));
const mountedFile = fileOf((path) => ({ service: [["volumes", list(text(`./${path}:/etc/app/x:ro`))]] }));
const envFile: Spot = (candidate, style, id) =>
  /env/i.test(candidate.place.file ?? "")
    ? fileOf((path) => ({ service: [["env_file", text(`./${path}`)]] }))(candidate, style, id)
    : mountedFile(candidate, style, id);

/** Writes a secret as a key. This happens if an author forgets the colon or the hyphen. */
const asKey: Spot = (candidate) => ({
  service: [["environment", mapping([candidate.text, text("", "double quotes")])]],
  asked: [{ text: candidate.text, place: {}, isKey: true }],
});

const wrongText: readonly Spot[] = [
  ...["image", "user", "container_name", "restart", "working_dir", "cpus", "network_mode", "extends", "x-note"],
  ...["environment", "labels", "ports", "mem_limit", "stop_grace_period", "platform", "build", "hostname"],
].map((key) => ofText(key));
const wrongItem: readonly Spot[] = [
  ...["ports", "volumes", "depends_on", "profiles", "networks", "secrets", "configs", "env_file", "expose"],
  ...["dns", "extra_hosts", "devices", "tmpfs", "x-list"],
].map((key) => ofItem((items) => [key, items]));
const items: readonly Spot[] = [
  ofItem((found) => ["environment", found]),
  ofItem((found) => ["labels", found]),
  ofItem((found) => ["build", mapping(["context", text(".")], ["args", found])]),
  ofItem((found) => ["x-list", found]),
];
const lists: readonly Spot[] = [
  ofItem((found) => ["command", found], ["serve"]),
  ofItem((found) => ["entrypoint", found], ["serve"]),
];

/** The positions in a document for candidates of each kind. */
export const SPOTS: Readonly<Record<CandidateKind, readonly Spot[]>> = {
  entry: [
    ofEntry((found) => ["environment", found]),
    ofEntry((found) => ["labels", found]),
    ofEntry((found) => ["x-settings", found]),
    ofEntry((found) => ["build", mapping(["context", text(".")], ["args", found])]),
    ofEntry((found) => ["logging", mapping(["driver", text("fluentd")], ["options", found])]),
    ofEntry((found) => ["deploy", mapping(["labels", found])]),
    ...items,
    content,
  ],
  pair: [
    ...items,
    ...lists,
    asKey,
    content,
    ...wrongText,
    ...wrongItem,
    ofText("command", (value) => `env ${value} run`),
  ],
  command: [
    ofText("command"),
    ofText("entrypoint"),
    inWords("command"),
    inWords("entrypoint"),
    (candidate, style) => ({
      service: [["healthcheck", mapping(["test", list(text("CMD-SHELL", "plain"), text(candidate.text, style))])]],
      asked: [{ text: candidate.text, place: { key: "test", before: "CMD-SHELL" } }],
    }),
  ],
  argument: [...lists, ofText("command"), ofText("entrypoint")],
  file: [content, configFile, configFile, secretFile, mountedFile, mountedFile, envFile],
  text: [...items, ...lists, asKey, content, ...wrongText, ...wrongItem],
};
