import type { Diagnostic, DiagnosticCollector } from "../../diagnostics/diagnostic";
import { startOf } from "../../diagnostics/position";
import { WORKLOAD_SECTIONS } from "../../model/keys";
import { type ComposeMapping, type ComposeNode, plainValue } from "../../model/model";
import { NO_SECRETS } from "../../model/secret-rules";
import { resolve } from "../../paths";
import { type RuleOptions, ValidationContext } from "../../validate/context";
import { namesIn } from "../../validate/names";
import { RULES_OF_FORM, RULES_OF_MEANING } from "../../validate/rules";
import { validateShape } from "../../validate/shape";
import { checkStructure, isDate } from "../../yaml/structure";
import { decodeUtf8 } from "../../yaml/text";
import type { ProjectCode } from "../catalogue";
import { ProjectDiagnostics } from "../diagnostics";
import type { ProjectFiles } from "../files/files";
import { locateProject, projectFolder, projectName } from "../files/project-location";
import { type ProjectVariables, projectVariables } from "../files/project-variables";
import { ProjectReader } from "../files/reader";
import { withFolderMounts } from "../files/relative-paths";
import { withImages } from "../images";
import { withoutOthers, withSelectedJob } from "../job";
import { ProjectLoader } from "../load";
import { entriesOf, type MappingNode, mapContainers, textOf, valueAt, withEntry, workloadsOf } from "../nodes";
import type { BundleOptions } from "../options";
import { SourceRow } from "../sources";
import type { MountedPath, StoredMounts } from "../stored-paths";
import { valueNode } from "../variables/environment";
import { notedLookup, reportMisspeltVariables } from "../variables/variable-names";
import { withLocalFiles } from "./local-files";
import { profilesOf, reportUnknownProfiles, withProfiles } from "./profiles";
import { withFiles } from "./service-files";
import { MountedPaths } from "./stored-mounts";
import { withoutUnused } from "./unused";

/**
 * A merged and validated project. The document does not yet contain the content of the files in `configs` and
 * `secrets`.
 */
export interface Resolved {
  /**
   * The document with the services and jobs that run. Absent if an error prevented the merge, if a file name is not
   * known yet, or if `storedMounts` has not decided about a mount yet.
   */
  readonly running?: MappingNode;
  readonly reader: ProjectReader;
  readonly collector: ProjectDiagnostics;
  /** With `localFiles: "upload"`: the local paths that services mount. */
  readonly mounted?: readonly MountedPath[];
  /** Returns all diagnostics so far. */
  readonly diagnostics: () => readonly Diagnostic[];
  /** Returns the names in the project, such as services and keys. Messages never mask these names. */
  readonly names: () => ReadonlySet<string>;
  /**
   * Returns the text and the root node of the project's only file, as its author wrote it. Returns `undefined` for
   * several files.
   */
  readonly written: () => { readonly text: string; readonly root: ComposeNode } | undefined;
}

const UNDECIDED: StoredMounts = () => undefined;

/** Merges and validates a project, as `docker compose config` does. `bundleProject` starts with this step. */
export function resolveProject(options: BundleOptions, files: ProjectFiles): Resolved {
  const sources = new SourceRow();
  const collector = new ProjectDiagnostics(sources, options.rules);
  const location = locateProject(options, files);
  const folder = location?.folder ?? projectFolder(options, files);
  const root = options.root === undefined ? (location?.named ?? folder) : resolve(options.from, options.root);
  const reader = new ProjectReader(files, folder, root, sources, collector, options.secretRules ?? NO_SECRETS);
  const readingErrors: DiagnosticCollector<ProjectCode>[] = [];
  const loader = new ProjectLoader(reader, collector, readingErrors);
  const resolved = {
    reader,
    collector,
    diagnostics: () => {
      const certain = readingErrors.flatMap((collector) => collector.all());
      // While the name of a file is not known, a service or resource that seems to be missing may be in this file. For
      // this reason, only the YAML diagnostics are returned.
      return reader.unknown ? certain : [...certain, ...collector.all()];
    },
    names: () =>
      new Set(loader.documents.flatMap((root) => [...namesIn(plainValue(root) as ComposeMapping, "written")])),
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
  const { lookup, used } = notedLookup(variables.lookup);
  const stack = location.files.map((path) => ({ path, mention: {} }));
  const loaded = loader.load({ files: stack, folder, base: folder, lookup, chain: [] });
  if (loaded?.kind !== "mapping" || collector.outgrown) return resolved;
  const named = withFolderMounts(withName(loaded, variables), location);
  const whole = withImages(withSelectedJob(named, options, collector), options.images ?? new Map(), collector);
  if (whole.entries.size === 0 && resolved.diagnostics().length === 0) {
    const message = location.files.length > 1 ? "the files hold nothing" : "the file holds nothing";
    collector.add("LYC2005", message, { span: startOf(loaded.span) });
    return resolved;
  }
  const profiles = options.profiles?.length ? options.profiles : variables.profiles;
  reader.dependOn(profiles.join());
  reportUnknownProfiles(whole, options.profiles ?? [], collector);
  const enabled = withProfiles(whole, [...profiles, ...profilesOf(whole, options.job)]);
  const wanted = withoutOthers(
    enabled,
    options,
    collector,
    (document) => new ValidationContext(document, collector, options),
  );
  const context = { reader, collector, lookup };
  const part = withoutUnused(mapContainers(wanted, (container, at) => withFiles(container, at, context)));
  reportMisspeltVariables(options.variables ?? new Map(), used, variables.usedByEnvFiles, collector);
  const mounted = new MountedPaths();
  const { localFiles, storedMounts = UNDECIDED } = options;
  const store = localFiles === "upload" ? { stored: storedMounts, mounted } : undefined;
  const running = localFiles === undefined ? part : withoutUnused(withLocalFiles(part, context, named, store));
  if (reader.unknown || collector.outgrown) return resolved;
  const isDecided = mounted.all.every(({ path }) => storedMounts(path) !== undefined);
  // If `storedMounts` has not decided about a mount yet, the mount still has a local path. The project is not validated
  // then, because validation would report this path.
  if (!isDecided) return { ...resolved, mounted: mounted.all };
  validateProject(whole, running, collector, options);
  return { ...resolved, running, mounted: mounted.all };
}

/** Sets the name of the project to the value of `COMPOSE_PROJECT_NAME`, which replaces a name in the file. */
function withName(document: MappingNode, { name }: ProjectVariables): MappingNode {
  const written = valueAt(document, "name");
  // If the Compose file contains a project name that is not a text, this name stays, and the schema reports it.
  const isText = written === undefined || (textOf(written) !== undefined && !isDate(written));
  if (name === undefined || !isText || document.entries.size === 0) return document;
  const span = "span" in name ? name.span : startOf(document.span);
  return withEntry(document, "name", valueNode(name, span));
}

/**
 * Validates a merged project. As in Compose, keys, types and values are checked in the whole project, but references
 * only in the services and jobs that run.
 */
function validateProject(
  whole: ComposeNode,
  running: ComposeNode,
  collector: ProjectDiagnostics,
  options: RuleOptions,
): void {
  const all = new ValidationContext(whole, collector, options);
  validateShape(all, collector.validatedShapes);
  for (const rule of RULES_OF_FORM) rule(all);
  const [declared, left] = [whole, running].map((document) => workloadsOf(document).length);
  if (declared !== 0 && left === 0) {
    // LYC2514 already reports that the project has only jobs.
    if (collector.has("LYC2514")) return;
    const message = "every service has a profile that is not active";
    const span = WORKLOAD_SECTIONS.map((section) => entriesOf(whole).get(section)?.keySpan).find(Boolean);
    const remedy = 'Activate a profile: `profiles: ["…"]`.';
    collector.add("LYC2102", message, { span, path: ["services"], remedy });
    return;
  }
  if (!checkStructure(running, "", collector)) return;
  const context = new ValidationContext<string>(running, collector, options);
  // This call skips everything that the first `validateShape` has validated.
  validateShape(context, collector.validatedShapes);
  for (const rule of [...RULES_OF_MEANING, ...(options.rules?.rules ?? [])]) rule(context);
}
