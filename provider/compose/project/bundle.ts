import { join, resolve } from "node:path";
import { canonicalCompose, canonicalText } from "../canonical";
import type { Diagnostic, DiagnosticCollector } from "../diagnostic";
import { type ComposeMapping, type ComposeNode, mappingFrom, plainValue } from "../model";
import type { LineIndex } from "../position";
import { decodeUtf8, largestComposeText } from "../text";
import { type SeverityChoices, withSeverities } from "../validate";
import type { RunContext } from "../validate/context";
import { withoutBuildSecrets, withoutBuilds } from "./builds";
import type { ProjectCode } from "./catalogue";
import { ProjectDiagnostics } from "./diagnostics";
import { envEntries } from "./env-files";
import type { ProjectFiles } from "./files";
import { withContents } from "./inline";
import { ProjectLoader } from "./load";
import { withLocalFiles } from "./local-files";
import { type MappingNode, mapValues, valueAt, withEntry } from "./nodes";
import { PrintedModel } from "./printed-model";
import { withProfiles } from "./profiles";
import { locateProject, projectFolder } from "./project-location";
import { ProjectReader, type ReadSource } from "./reader";
import { holdsSecret, withSecretsReplaced } from "./secret-leaves";
import { withFiles } from "./service-files";
import { SourceRow } from "./sources";
import type { VariableLookup, VariableValue } from "./template";
import { withoutUnused } from "./unused";
import { validateProject } from "./validate-project";

/** What is to be made self-contained, and with what. */
export interface BundleOptions {
  /** Files, merged in this order, or one folder. Relative to `from`. */
  readonly paths: readonly string[];
  /** The folder that relative paths start from; absolute. */
  readonly from: string;
  /** The folder that no file may lie outside of; default the project's, which is that of the first file. */
  readonly root?: string;
  /** Variables; they win over those of env files. */
  readonly variables?: ReadonlyMap<string, VariableValue>;
  /** Env files with variables, relative to `from`; default the `.env` in the project folder, if there is one. */
  readonly envFiles?: readonly string[];
  /** Profiles whose services run beside those of none. */
  readonly profiles?: readonly string[];
  /** What mounts of local files become: `inline` sends small text files with the text. Default: an error. */
  readonly localFiles?: "inline";
  /** What is known of the run beside its files. */
  readonly runContext?: RunContext;
  /** Another severity for a code, or none at all. What keeps a project from being read or put together stays an error. */
  readonly diagnostics?: SeverityChoices;
}

/** What bundling ends in. */
export interface Bundled {
  /** Diagnostics of all files, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
  /** The lines of a file that a diagnostic names, for printing it; `undefined` when they are not to be shown. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /** The project folder, absolute: files are named as they lie in it. */
  readonly folder: string;
  /** Every file that was read. */
  readonly sources: readonly ReadSource[];
  /** Secret values that were met: those of env files, of files of secrets, and of secret variables. */
  readonly secrets: readonly string[];
  /** Whether the project depends on a file whose name is not known yet (a preview). There is no bundle then. */
  readonly unknown: boolean;
  /** The project as one document; absent when a diagnostic keeps it from being one. */
  readonly bundle?: Bundle;
}

/** A project that needs no other file and no variable. */
export interface Bundle {
  /** The canonical text; printed when it is first asked for. */
  readonly text: string;
  /** The text of the only file as its author wrote it, where it means the same. */
  readonly asWritten?: string;
  /** The canonical model of the project. The text is without `build` where there is an image. */
  readonly model: ComposeMapping;
  /** Whether a secret is in it: of a secret variable, an env file or a secret's file. */
  readonly secret: boolean;
  /** The canonical model with every value that holds a secret replaced. */
  redacted(replace: (value: string) => string): ComposeMapping;
}

/**
 * Makes a project self-contained, as `docker compose config` would: files merged, `include` and `extends` resolved,
 * variables put in, `env_file` in `environment`, files of configs and secrets inline. Pure but for the files it is
 * given; never throws, and is bounded in files, bytes and depth.
 */
export function bundleProject(options: BundleOptions, files: ProjectFiles): Bundled {
  const { running, reader, collector, diagnostics, written } = resolveProject(options, files);
  const bundle = running && asBundle(withContents(needed(running), { reader, collector }), collector, written);
  const all = withSeverities(diagnostics(), options.diagnostics ?? {});
  const failed = all.some(({ severity }) => severity === "error");
  return {
    diagnostics: all,
    linesOf: (file) => reader.sources.linesOf(file),
    folder: reader.folder,
    sources: reader.read,
    secrets: [...reader.secrets, ...secretsIn(options)],
    unknown: reader.unknown,
    ...(bundle === undefined || failed ? {} : { bundle }),
  };
}

/** A project that is merged and validated, and has not got the content of its files yet. */
export interface Resolved {
  /** What runs; absent when there was nothing to go on with. */
  readonly running?: MappingNode;
  readonly reader: ProjectReader;
  readonly collector: ProjectDiagnostics;
  /** All diagnostics so far. */
  readonly diagnostics: () => readonly Diagnostic[];
  /** The only file that was read, as it is written. */
  readonly written: () => { readonly text: string; readonly root: ComposeNode } | undefined;
}

/** The first half of `bundleProject`: what `docker compose config` does. */
export function resolveProject(options: BundleOptions, files: ProjectFiles): Resolved {
  const sources = new SourceRow();
  const collector = new ProjectDiagnostics(sources);
  const location = locateProject(options.paths, options.from, files);
  const folder = location?.folder ?? projectFolder(options, files);
  const root = options.root === undefined ? folder : resolve(options.from, options.root);
  const reader = new ProjectReader(files, folder, root, sources, collector);
  const readingErrors: DiagnosticCollector<ProjectCode>[] = [];
  const loader = new ProjectLoader(reader, collector, readingErrors);
  const resolved = {
    reader,
    collector,
    diagnostics: () => {
      const certain = readingErrors.flatMap((collector) => collector.all());
      // What a file that is not known yet would have brought along may be all that seems to be missing.
      return reader.unknown ? certain : [...certain, ...collector.all()];
    },
    written: () => {
      const [path, ...others] = location?.files ?? [];
      const root = path === undefined || others.length > 0 || reader.read.length > 1 ? undefined : loader.written(path);
      const text = decodeUtf8(reader.read[0]?.bytes ?? new Uint8Array());
      return root === undefined || text === undefined ? undefined : { text, root };
    },
  };
  if (location === undefined) {
    collector.add("LYC2509", "the folder holds no compose.yaml, nor a file of another name that Compose looks for");
    return resolved;
  }
  const lookup = variablesOf(options, folder, reader, collector);
  const stack = location.files.map((path) => ({ path, mention: {} }));
  const whole = loader.load({ files: stack, folder, base: folder, lookup, chain: [] });
  if (whole?.kind !== "mapping" || collector.outgrown) return resolved;
  if (whole.entries.size === 0 && resolved.diagnostics().length === 0) {
    collector.add("LYC2005", location.files.length > 1 ? "the files hold nothing" : "the file holds nothing");
    return resolved;
  }
  const part = runningPart(whole, options, { reader, collector, lookup });
  const running = options.localFiles === "inline" ? withoutUnused(withLocalFiles(part, { reader, collector })) : part;
  if (reader.unknown || collector.outgrown) return resolved;
  validateProject(whole, running, collector, options.runContext ?? {});
  return { ...resolved, running };
}

function variablesOf(
  options: BundleOptions,
  folder: string,
  reader: ProjectReader,
  collector: ProjectDiagnostics,
): VariableLookup {
  const { variables, envFiles } = options;
  const fallback = join(folder, ".env");
  const paths =
    envFiles !== undefined
      ? envFiles.map((path) => resolve(options.from, path))
      : reader.stat(fallback) === "file"
        ? [fallback]
        : [];
  const given: VariableLookup = (name) => variables?.get(name);
  const declared = envEntries(paths, { reader, collector, mention: {}, lookup: given });
  return (name) => given(name) ?? declared.get(name);
}

/** The document without what does not run: services of other profiles, and what no service uses. */
function runningPart(
  whole: MappingNode,
  options: BundleOptions,
  context: { readonly reader: ProjectReader; readonly collector: ProjectDiagnostics; readonly lookup: VariableLookup },
): MappingNode {
  const wanted = withProfiles(whole, options.profiles ?? []);
  const services = valueAt(wanted, "services");
  if (services?.kind !== "mapping") return wanted;
  const complete = mapValues(services, (service, name) =>
    service.kind === "mapping" ? withFiles(service, ["services", name], context) : service,
  );
  return withoutUnused(withEntry(wanted, "services", complete));
}

/** The document without secrets that only builds use, which do not happen. */
function needed(running: MappingNode): MappingNode {
  const left = withoutBuildSecrets(running);
  return left === running ? running : withoutUnused(left);
}

function secretsIn({ variables }: BundleOptions): string[] {
  return [...(variables?.values() ?? [])].flatMap(({ text, secret }) => (secret ? [text] : []));
}

/** What weighs more is larger than 1 MB however it is printed: it is not printed to find that out. */
const heaviestBundle = 5 * largestComposeText;

function asBundle(
  document: MappingNode,
  collector: ProjectDiagnostics,
  written: Resolved["written"],
): Bundle | undefined {
  const bulky = document.weight > heaviestBundle;
  const modelOf = (node: ComposeNode) => canonicalCompose(plainValue(node) as ComposeMapping);
  const model = bulky ? mappingFrom([]) : modelOf(document);
  // The model keeps what is built: earlier versions recorded it, and a run is not started again for that.
  const sent = withoutBuilds(document);
  const printed = new PrintedModel(bulky || sent === document ? model : modelOf(sent), document.height);
  if (bulky || printed.isTooLarge) {
    collector.add("LYC2502", "the bundled text is larger than 1 MB (1048576 bytes of UTF-8)");
    return undefined;
  }
  const alone = written();
  const same =
    alone !== undefined &&
    sent === document &&
    (alone.root === document || canonicalText(plainValue(alone.root) as ComposeMapping) === JSON.stringify(model));
  return {
    get text() {
      return printed.text;
    },
    ...(same ? { asWritten: alone.text } : {}),
    model,
    secret: holdsSecret(document),
    redacted: (replace) => {
      const replaced = withSecretsReplaced(document, replace);
      return replaced === document ? model : canonicalCompose(plainValue(replaced) as ComposeMapping);
    },
  };
}
