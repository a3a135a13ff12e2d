import { join, resolve } from "node:path";
import { canonicalCompose } from "../canonical";
import type { Diagnostic, DiagnosticCollector } from "../diagnostic";
import type { Surroundings } from "../judge/context";
import { type ComposeMapping, type ComposeNode, plainValue } from "../model";
import type { LineIndex } from "../position";
import { isTooLarge } from "../text";
import type { ProjectCode } from "./catalogue";
import { envEntries } from "./env-files";
import { ProjectFaults } from "./faults";
import type { ProjectFiles } from "./files";
import { withContents } from "./inline";
import { judgeProject } from "./judge-project";
import { ProjectLoader } from "./load";
import { type MappingNode, mapValues, valueAt, withEntry } from "./nodes";
import { placeOf } from "./places";
import { printModel } from "./print-model";
import { withProfiles } from "./profiles";
import { ProjectReader, type ReadSource } from "./reader";
import { holdsSecret, withSecretsReplaced } from "./secret-leaves";
import { withFiles } from "./service-files";
import { SourceRow } from "./sources";
import type { LookUp, VariableValue } from "./template";
import { withoutUnused } from "./unused";

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
  /** What is known of the run beside its files. */
  readonly surroundings?: Surroundings;
}

/** What bundling ends in. */
export interface Bundled {
  /** Faults and warnings of all files, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
  /** The lines of a file that a diagnostic names, for printing it; `undefined` when they are not to be shown. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /** Every file that was read. */
  readonly sources: readonly ReadSource[];
  /** The project as one document; absent when a fault keeps it from being one. */
  readonly bundle?: Bundle;
}

/** A project that needs no other file and no variable. */
export interface Bundle {
  /** The canonical text. */
  readonly text: string;
  /** The canonical model that the text says. */
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
  const { running, reader, faults, diagnostics } = resolveProject(options, files);
  const bundle = running && asBundle(withContents(running, { reader, faults }), faults);
  const all = diagnostics();
  const failed = all.some(({ severity }) => severity === "error");
  return {
    diagnostics: all,
    linesOf: (file) => reader.sources.linesOf(file),
    sources: reader.read,
    ...(bundle === undefined || failed ? {} : { bundle }),
  };
}

/** A project that is merged and judged, and has not got the content of its files yet. */
export interface Resolved {
  /** What runs; absent when there was nothing to go on with. */
  readonly running?: MappingNode;
  readonly reader: ProjectReader;
  readonly faults: ProjectFaults;
  /** All faults so far. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/** The first half of `bundleProject`: what `docker compose config` does. */
export function resolveProject(options: BundleOptions, files: ProjectFiles): Resolved {
  const sources = new SourceRow();
  const faults = new ProjectFaults(sources);
  const place = placeOf(options.paths, options.from, files);
  const folder = place?.folder ?? resolve(options.from, options.paths[0] ?? ".");
  const root = options.root === undefined ? folder : resolve(options.from, options.root);
  const reader = new ProjectReader(files, folder, root, sources, faults);
  const readingFaults: DiagnosticCollector<ProjectCode>[] = [];
  const resolved = {
    reader,
    faults,
    diagnostics: () => [...readingFaults.flatMap((collector) => collector.all()), ...faults.all()],
  };
  if (place === undefined) {
    faults.add("LYC2509", "the folder holds no compose.yaml, nor a file of another name that Compose looks for");
    return resolved;
  }
  const lookUp = variablesOf(options, folder, reader, faults);
  const loader = new ProjectLoader(reader, faults, readingFaults);
  const stack = place.files.map((path) => ({ path, mention: {} }));
  const whole = loader.load({ files: stack, folder, base: folder, lookUp, chain: [] });
  if (whole?.kind !== "mapping") return resolved;
  if (whole.entries.size === 0 && resolved.diagnostics().length === 0) {
    faults.add("LYC2005", place.files.length > 1 ? "the files hold nothing" : "the file holds nothing");
    return resolved;
  }
  const running = runningPart(whole, options, { reader, faults, lookUp });
  judgeProject(whole, running, faults, options.surroundings ?? {});
  return { ...resolved, running };
}

function variablesOf(options: BundleOptions, folder: string, reader: ProjectReader, faults: ProjectFaults): LookUp {
  const { variables, envFiles } = options;
  const fallback = join(folder, ".env");
  const paths =
    envFiles !== undefined
      ? envFiles.map((path) => resolve(options.from, path))
      : reader.look(fallback) === "file"
        ? [fallback]
        : [];
  const given: LookUp = (name) => variables?.get(name);
  const declared = envEntries(paths, { reader, faults, mention: {}, lookUp: given });
  return (name) => given(name) ?? declared.get(name);
}

/** The document without what does not run: services of other profiles, and what no service uses. */
function runningPart(
  whole: MappingNode,
  options: BundleOptions,
  context: { readonly reader: ProjectReader; readonly faults: ProjectFaults; readonly lookUp: LookUp },
): MappingNode {
  const wanted = withProfiles(whole, options.profiles ?? []);
  const services = valueAt(wanted, "services");
  if (services?.kind !== "mapping") return wanted;
  const complete = mapValues(services, (service, name) =>
    service.kind === "mapping" ? withFiles(service, ["services", name], context) : service,
  );
  return withoutUnused(withEntry(wanted, "services", complete));
}

function asBundle(document: ComposeNode, faults: ProjectFaults): Bundle | undefined {
  if (document.kind !== "mapping") return undefined;
  const model = canonicalCompose(plainValue(document) as ComposeMapping);
  const text = printModel(model);
  if (isTooLarge(text)) {
    faults.add("LYC2502", "the bundled text is larger than 1 MB (1048576 bytes of UTF-8)");
    return undefined;
  }
  return {
    text,
    model,
    secret: holdsSecret(document),
    redacted: (replace) => canonicalCompose(plainValue(withSecretsReplaced(document, replace)) as ComposeMapping),
  };
}
