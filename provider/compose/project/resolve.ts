import { resolve } from "node:path";
import type { Diagnostic, DiagnosticCollector } from "../diagnostic";
import type { ComposeNode } from "../model";
import { startOf } from "../position";
import { isDate } from "../structure";
import { decodeUtf8 } from "../text";
import type { ProjectCode } from "./catalogue";
import { ProjectDiagnostics } from "./diagnostics";
import { valueNode } from "./environment";
import type { ProjectFiles } from "./files";
import { ProjectLoader } from "./load";
import { withLocalFiles } from "./local-files";
import { type MappingNode, mapServices, textOf, valueAt, withEntry } from "./nodes";
import type { BundleOptions } from "./options";
import { withProfiles } from "./profiles";
import { locateProject, projectFolder } from "./project-location";
import { projectName } from "./project-name";
import { type ProjectVariables, projectVariables } from "./project-variables";
import { ProjectReader } from "./reader";
import { withFolderMounts } from "./relative-paths";
import { type ServiceFilesContext, withFiles } from "./service-files";
import { SourceRow } from "./sources";
import { withoutUnused } from "./unused";
import { validateProject } from "./validate-project";

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
  const location = locateProject(options, files);
  const folder = location?.folder ?? projectFolder(options, files);
  const root = options.root === undefined ? (location?.named ?? folder) : resolve(options.from, options.root);
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
  const documents = () => location.files.map((path) => loader.document(path));
  const variables = projectVariables(options, location, {
    reader,
    collector,
    files,
    nameOf: (lookup) => projectName(documents(), folder, lookup),
  });
  const { lookup } = variables;
  const stack = location.files.map((path) => ({ path, mention: {} }));
  const loaded = loader.load({ files: stack, folder, base: folder, lookup, chain: [] });
  if (loaded?.kind !== "mapping" || collector.outgrown) return resolved;
  const whole = withFolderMounts(withName(loaded, variables), location);
  if (whole.entries.size === 0 && resolved.diagnostics().length === 0) {
    const message = location.files.length > 1 ? "the files hold nothing" : "the file holds nothing";
    collector.add("LYC2005", message, { span: startOf(loaded.span) });
    return resolved;
  }
  const profiles = options.profiles?.length ? options.profiles : variables.profiles;
  reader.dependOn(profiles.join());
  const part = runningPart(whole, profiles, { reader, collector, lookup });
  const running = options.localFiles === "inline" ? withoutUnused(withLocalFiles(part, { reader, collector })) : part;
  if (reader.unknown || collector.outgrown) return resolved;
  validateProject(whole, running, collector, options.runContext ?? {});
  return { ...resolved, running };
}

/** The document with the name that `COMPOSE_PROJECT_NAME` gives it: it is over the one that is written. */
function withName(document: MappingNode, { name }: ProjectVariables): MappingNode {
  const written = valueAt(document, "name");
  // A name that is no text is reported by its schema, also where another one is given.
  const isText = written === undefined || (textOf(written) !== undefined && !isDate(written));
  if (name === undefined || !isText || document.entries.size === 0) return document;
  const span = "span" in name ? name.span : startOf(document.span);
  return withEntry(document, "name", valueNode(name, span));
}

/** The document without what does not run: services of other profiles, and what no service uses. */
function runningPart(whole: MappingNode, profiles: readonly string[], context: ServiceFilesContext): MappingNode {
  const wanted = withProfiles(whole, profiles);
  return withoutUnused(mapServices(wanted, (service, name) => withFiles(service, ["services", name], context)));
}
