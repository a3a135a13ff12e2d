import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from "yaml";
import { isMap as isMapping, type Json, mapAt } from "../differential/json";

/** A project in which each service prints what it is given, and the lines that it has to print. */
export interface StandIn {
  readonly text: string;
  readonly lines: readonly string[];
}

/** What a service is given: variables and files with their digests, and folders that it may write into. */
interface Given {
  readonly variables: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  readonly folders: readonly string[];
}

const kept = ["environment", "env_file", "volumes", "configs", "secrets", "networks"];

/**
 * A project with a shell in the place of each image: it prints what Compose's model of the project gives to the service.
 * Mounts of paths outside its folder, ports and everything else that is about the image go.
 */
export function standIn(written: string, model: Json, folder: string): StandIn {
  const document = parseDocument(written);
  const services = Object.entries(mapAt(model, "services"));
  const given = new Map(services.map(([name, service]) => [name, givenTo(service, folder)]));
  document.delete("version");
  for (const [name, { variables, files, folders }] of given) {
    const service = document.getIn(["services", name]);
    if (!isMap(service)) continue;
    replaceService(document, service, scriptOf(name, { variables, files, folders }));
  }
  return { text: String(document), lines: [...given].flatMap(([name, parts]) => linesOf(name, parts)).sort() };
}

function replaceService(document: Document, service: YAMLMap, script: string): void {
  const dependencies = service.get("depends_on");
  const names = isMap(dependencies)
    ? dependencies.items.map(({ key }) => String(key))
    : isSeq(dependencies)
      ? dependencies.items.map(String)
      : [];
  const volumes = service.get("volumes", true);
  if (isSeq(volumes))
    volumes.items = volumes.items.filter((item) => !(isScalar(item) && /^[/~]/.test(String(item.value))));
  service.items = service.items.filter(({ key }) => kept.includes(String(key)));
  service.set("image", "busybox:stable");
  service.set("command", document.createNode(["sh", "-c", script.replaceAll("$", "$$$$")]));
  if (names.length > 0) service.set("depends_on", document.createNode(names));
}

function givenTo(service: Json, folder: string): Given {
  const variables = new Map<string, string>();
  const files = new Map<string, string>();
  const folders: string[] = [];
  if (!isMapping(service)) return { variables, files, folders };
  for (const [name, value] of Object.entries(mapAt(service, "environment"))) {
    if (typeof value === "string") variables.set(name, digest(`${value.replaceAll("$$", "$")}\n`));
  }
  for (const mount of Array.isArray(service.volumes) ? service.volumes : []) {
    if (!isMapping(mount) || mount.type !== "bind") continue;
    const [source, target] = [String(mount.source), String(mount.target)];
    if (!source.startsWith(`${folder}/`)) continue;
    const found = filesBelow(source);
    if (found.length === 0 && mount.read_only !== true) folders.push(target);
    for (const below of found) files.set(join(target, below), digest(readFileSync(join(source, below))));
  }
  return { variables, files, folders };
}

/** Files of a folder that the run gets, by their paths in it; of a file, itself. */
function filesBelow(source: string): string[] {
  if (!existsSync(source)) return [];
  if (!statSync(source).isDirectory()) return [""];
  const names = readdirSync(source, { recursive: true, encoding: "utf8" });
  return names.filter((name) => statSync(join(source, name)).isFile() && !/(^|\/)\.git(keep|ignore)$/.test(name));
}

function scriptOf(service: string, { variables, files, folders }: Given): string {
  const each = (names: Iterable<string>, body: string) => {
    const words = [...names].map((name) => `'${name.replaceAll("'", "'\\''")}'`).join(" ");
    return words === "" ? [] : [`for x in ${words}; do ${body}; done`];
  };
  const print = (kind: string, value: string) => `echo "given ${service} ${kind} $x ${value}"`;
  return [
    ...each(
      variables.keys(),
      print("variable", "$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' \"$x\" | sha256sum | cut -c1-64)"),
    ),
    ...each(files.keys(), print("file", '$(sha256sum < "$x" | cut -c1-64)')),
    ...each(folders, `touch "$x/written" && ${print("folder", "written")}`),
  ].join("\n");
}

function linesOf(service: string, { variables, files, folders }: Given): string[] {
  return [
    ...[...variables].map(([name, value]) => `given ${service} variable ${name} ${value}`),
    ...[...files].map(([name, value]) => `given ${service} file ${name} ${value}`),
    ...folders.map((name) => `given ${service} folder ${name} written`),
  ];
}

function digest(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
