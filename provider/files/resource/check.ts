import { nearest } from "../../../compose/wording";
import {
  type CheckFailure,
  FILES_ARGUMENTS,
  FILES_INPUTS,
  type FilesInputName,
  outputTextFailure,
  type Properties,
  textIn,
  withoutOutputTexts,
} from "../../schema";
import { StorageError } from "../../storage/errors";
import { validKey } from "../../storage/keys";
import { bytesOf, hashOf, manifestText, readManifest, readSource, type Source } from "..";
import { namesOf, plannedText } from "./messages";
import type { FilesPorts } from "./ports";
import { canonicalPrefix, defaultPrefix, mountPathOf } from "./prefix";
import { RECORDED } from "./state";

/** The input of a check. */
export interface FilesCheck {
  readonly urn: string;
  /** The checked inputs in the state. Empty for a resource that is about to be created. */
  readonly olds: Properties;
  /** The program's arguments, without the inputs that a host adds. */
  readonly news: Properties;
  /** The folder of the program, if the host knows it. */
  readonly folder?: string | undefined;
}

/**
 * The result of a check. The reason of a failure may begin with a code (`LYC6008: …`). To any other reason, the host
 * adds the code for a wrong argument.
 */
export interface FilesChecked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** The inputs that the check itself adds, so that a preview knows their values. */
export const MADE = ["mountPath", "hash", "fileCount", "bytes", RECORDED.manifest, RECORDED.isDefaultPrefix] as const;

/**
 * Checks the arguments and reads the local files. Sends no request. The checked inputs contain the digest of the files,
 * so that a preview shows whether the files have changed.
 */
export async function checkFiles(ports: FilesPorts, request: FilesCheck): Promise<FilesChecked> {
  const values = Object.fromEntries(Object.entries(request.news).filter(([name, value]) => isGiven(name, value)));
  const failures = argumentFailures(values, ports.isUnknown);
  if (failures.length > 0) return { inputs: values, failures };
  try {
    return { inputs: await completed(ports, request, values), failures: [] };
  } catch (error) {
    if (!StorageError.isInstance(error)) throw error;
    const property = error.code === "LYC6009" || error.code === "LYC6016" ? "prefix" : "source";
    return { inputs: values, failures: [{ property, reason: error.message }] };
  }
}

function isGiven(name: string, value: unknown): boolean {
  return value !== undefined && value !== null && !(MADE as readonly string[]).includes(name);
}

function argumentFailures(values: Properties, isUnknown: FilesPorts["isUnknown"]): readonly CheckFailure[] {
  const unknown = Object.keys(values).filter((name) => !(FILES_ARGUMENTS as readonly string[]).includes(name));
  const ofOutputs = Object.entries(values).flatMap(([name, value]) => withoutOutputTexts(value, name, "").found);
  if (ofOutputs.length > 0) return ofOutputs.map(outputTextFailure);
  const missing = values.source === undefined ? [{ property: "source", reason: "source must be given" }] : [];
  return [
    ...unknown.map((property) => {
      const meant = nearest(property, FILES_ARGUMENTS);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      return { property, reason: `${property} is not an argument of StoredFiles${hint}` };
    }),
    ...missing,
    ...FILES_ARGUMENTS.flatMap((property: FilesInputName) => {
      const value = values[property];
      if (value === undefined || isUnknown(value)) return [];
      const reason = FILES_INPUTS[property].type.rule?.(value);
      return reason === undefined ? [] : [{ property, reason: `${property} ${reason}` }];
    }),
  ];
}

async function completed(ports: FilesPorts, request: FilesCheck, values: Properties): Promise<Properties> {
  const { urn, olds, folder = ports.folder() } = request;
  const before = olds[RECORDED.isDefaultPrefix] === true ? textIn(olds.prefix) : undefined;
  const isDefault = values.prefix === undefined;
  const named = isDefault ? (before ?? defaultPrefix(urn)) : values.prefix;
  const prefix = ports.isUnknown(named) ? named : canonicalPrefix(String(named));
  const inputs = { ...values, prefix, ...(isDefault ? { [RECORDED.isDefaultPrefix]: true } : {}) };
  if (ports.isUnknown([values.source, values.exclude])) return inputs;

  const source = await readSource({
    folder,
    source: String(values.source),
    exclude: Array.isArray(values.exclude) ? values.exclude.map(String) : [],
    known: readManifest(olds[RECORDED.manifest]),
    now: ports.now(),
  });
  if (source.files.length === 0) throw new StorageError("LYC6008", `${values.source} has no file that can be stored.`);
  const manifest = manifestText(source.files);
  const isSame = olds[RECORDED.manifest] === manifest && textIn(olds.hash) !== undefined;
  const hash = isSame ? String(olds.hash) : hashOf(source.files);
  ports.memory.sources.set(urn, { hash, source, folder });
  if (typeof prefix === "string" && !ports.isUnknown(prefix)) {
    // If neither the files nor the prefix has changed, an earlier command has checked the keys.
    if (!isSame || olds.prefix !== prefix) for (const { path } of source.files) validKey(`${prefix}${path}`);
    claimKeys(ports, urn, prefix, source.files);
  }
  await report(ports, request, source);
  const mount = ports.mountPath();
  const file = source.isFile ? source.files[0]?.path : undefined;
  return {
    ...inputs,
    ...(mount === undefined || ports.isUnknown(prefix) ? {} : { mountPath: mountPathOf(mount, String(prefix), file) }),
    hash,
    fileCount: source.files.length,
    bytes: bytesOf(source.files),
    [RECORDED.manifest]: manifest,
  };
}

/**
 * Remembers the keys of a resource. Throws an error if another resource of the program stores a file with the same key,
 * because each resource would replace the other's file.
 */
function claimKeys({ memory }: FilesPorts, urn: string, prefix: string, files: Source["files"]): void {
  for (const [other, claim] of memory.claims) {
    // The keys of two resources are compared only if one prefix begins with the other prefix. Most resources have
    // separate folders, so their keys cannot be equal.
    const isApart = !claim.prefix.startsWith(prefix) && !prefix.startsWith(claim.prefix);
    if (other === urn || isApart) continue;
    const taken = new Set(claim.files.map(({ path }) => `${claim.prefix}${path}`));
    const both = files.find(({ path }) => taken.has(`${prefix}${path}`));
    if (both === undefined) continue;
    throw new StorageError(
      "LYC6016",
      `Another resource of the program, ${nameIn(other)}, stores ${prefix}${both.path} too.`,
    );
  }
  memory.claims.set(urn, { prefix, files });
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}

/**
 * Shows the paths that cannot be stored, and the files that a new resource would store. Each message is shown once,
 * because the engine calls check several times in one command.
 */
async function report(
  { report: row, memory, flush }: FilesPorts,
  { urn, olds }: FilesCheck,
  source: Source,
): Promise<void> {
  const { files, skipped } = source;
  const lines: (() => void)[] = [];
  const once = (kind: "notice" | "warning", text: string): void => {
    if (memory.shown.has(`${urn} ${text}`)) return;
    memory.shown.add(`${urn} ${text}`);
    lines.push(() => row[kind](urn, text));
  };
  if (skipped.length > 0) {
    once("warning", `A bucket holds files only, and no link that leads back. Left out: ${namesOf(skipped)}.`);
  }
  if (Object.keys(olds).length === 0) {
    const added = files.map(({ path }) => path);
    once("notice", plannedText({ added, changed: [], removed: [], moved: 0, bytes: bytesOf(files) }));
  }
  for (const show of lines) show();
  if (lines.length > 0) await flush();
}
