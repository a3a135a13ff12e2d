import { checked } from "../arguments";
import { canonicalText } from "../canonical/canonical";
import { explainChange } from "../canonical/explain";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ComposePath, LineIndex, Range } from "../diagnostics/position";
import { printDiagnostics } from "../diagnostics/print";
import { type ComposeMapping, type ComposeValue, mappingFrom, plainValue } from "../model/model";
import { type Bundled, type BundleOptions, bundleProject, type ProjectFiles } from "../project";
import { resolveProject } from "../project/bundle/resolve";
import { projectName } from "../project/files/project-location";
import { type SeverityChoices, withSeverities } from "../validate";
import type { RuleOptions } from "../validate/context";
import type { ProjectSections } from "./model.generated";
import { spanOf } from "./positions";
import { extensionsOf, noSections, portsIn, typedSections } from "./typed-model";

/** Options of `loadProject`. */
export interface LoadOptions extends RuleOptions {
  /** Access to the files of the project: the result of `memoryFiles`, or an object of the caller. */
  readonly files: ProjectFiles;
  /** The absolute path of the folder at which the relative paths in the arguments start. Default: `/`. */
  readonly from?: string;
  /** The folder that must contain all files of the project. Default: `/`. */
  readonly root?: string;
  /** Variables, such as `process.env`. They replace variables of the same names in env files. Default: none. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Paths of env files. Default: the `.env` in the project folder, if it exists. */
  readonly envFiles?: readonly string[];
  /** Profiles to enable. `*` enables all. Services without a profile are always enabled. */
  readonly profiles?: readonly string[];
  /** The severities that the caller sets, by code. `off` drops the diagnostics of a code. */
  readonly diagnostics?: SeverityChoices;
}

/** The position of a value: its file, and its first character. Lines and columns count from 1. */
export interface SourcePosition {
  /** The path of the file, relative to the project folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly range: Range;
}

/** Options of `Project.validate`. */
export interface ValidateOptions extends RuleOptions {
  readonly diagnostics?: SeverityChoices;
}

/** Options of `Project.bundle`, in addition to the options with which the project was loaded. */
export type ProjectBundleOptions = Pick<
  BundleOptions,
  "images" | "job" | "withoutJobs" | "localFiles" | "storedMounts"
>;

/**
 * A Compose project as `docker compose config` reads it: all files are merged, variables have their values, and short
 * syntax is converted to long syntax. If a diagnostic is an error, all sections are empty.
 */
export interface Project extends ProjectSections {
  /**
   * The value of `COMPOSE_PROJECT_NAME`, or otherwise the name in the files, or otherwise the name of the folder.
   * Undefined if no name is set and the folder is the root of the disk.
   */
  readonly name: string | undefined;
  /** The keys of the top level that start with `x-`. */
  readonly extensions: ComposeMapping;
  /** The diagnostics of all files, without those that matter only if the project runs on another machine. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether no diagnostic is an error. */
  readonly isValid: boolean;
  /** The absolute path of the project folder. */
  readonly folder: string;
  /** The files that were read, relative to the project folder. */
  readonly files: readonly string[];
  /**
   * Returns the position of a value in its file, for example for `["services", "web", "image"]`. A default, such as
   * the `mode` of a port, has the position of the value around it. Returns `undefined` if neither a file nor the
   * project has the value.
   */
  positionOf(path: ComposePath): SourcePosition | undefined;
  /** Returns the diagnostics as text, with their source lines. The source lines may contain secrets. */
  report(): string;
  /** Reads and validates the project again. The options replace those of `loadProject`. */
  validate(options: ValidateOptions): readonly Diagnostic[];
  /** Returns the canonical form of the project as JSON text. Two valid projects with the same text mean the same. */
  canonicalText(): string;
  /** Returns the changes in a later version of the project, without values: `image changed in services.web`. */
  explainChange(after: Project): readonly string[];
  /** Returns the project as one text that needs no other file and no variable. */
  bundle(options?: ProjectBundleOptions): Bundled;
}

/**
 * The largest number of ports in a project. Each port becomes an item, and one line can have a range of 65 535 ports.
 * So without this limit, a short text could make a huge project.
 */
const MOST_PORTS = 100_000;

/**
 * The codes about local mounts, and about values that depend on the project folder. They matter only if the project
 * runs on another machine.
 */
const OF_OTHER_MACHINES = /^LYC23(?:03|1[1-5])$/;

/**
 * Loads a Compose project: reads and merges its files, replaces variables, and validates the result. A problem in the
 * project is a diagnostic. Throws a `TypeError` only for wrong arguments.
 *
 * @param paths the path of a folder or a file, or the paths of files that are merged in this order
 */
export function loadProject(paths: string | readonly string[], options: LoadOptions): Project {
  const { files, environment = {}, from = "/", root = "/", ...others } = options;
  const named: BundleOptions = {
    ...others,
    paths: typeof paths === "string" ? [paths] : paths,
    from,
    root,
    // LYC2317 reports a variable of `environment` that no file uses, if the files use a variable that is not set and
    // has a similar name. Most variables of a shell are unused, so LYC2317 is off by default.
    diagnostics: { LYC2317: "off", ...others.diagnostics },
    variables: new Map(
      Object.entries(environment).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, { text, secret: false }] as const],
      ),
    ),
  };
  const { running, reader, collector, diagnostics } = resolveProject(named, files);
  const model = running === undefined ? mappingFrom([]) : (plainValue(running) as ComposeMapping);
  if (portsIn(model) > MOST_PORTS)
    collector.add("LYC2502", `the project has more than ${MOST_PORTS} ports`, { path: ["services"] });
  const found = withSeverities(
    diagnostics().filter(({ code }) => !OF_OTHER_MACHINES.test(code)),
    named.diagnostics ?? {},
  );
  const isValid = running !== undefined && !found.some(({ severity }) => severity === "error");
  const valid = isValid ? model : mappingFrom([]);
  const sections = isValid ? typedSections(model) : noSections();
  const linesOf = (file: string | undefined): LineIndex | undefined => reader.sources.linesOf(file);
  const project: Project = {
    ...sections,
    name: typeof model.name === "string" ? model.name : projectName([], reader.folder, () => undefined),
    extensions: extensionsOf(valid),
    diagnostics: found,
    isValid,
    folder: reader.folder,
    files: reader.read.map(({ file }) => file),
    positionOf: checked("project.positionOf", (path: ComposePath) => {
      const span = running && spanOf(running, path, has(project, path));
      const file = span && reader.sources.file(span);
      if (span === undefined || file === undefined) return undefined;
      const range = reader.sources.range(span);
      return { file, line: range.start.line, column: range.start.column, range };
    }),
    report: () => printDiagnostics(found, { lines: linesOf, isSecretLine: () => false }),
    validate: checked(
      "project.validate",
      (more: ValidateOptions) => loadProject(paths, { ...options, ...more }).diagnostics,
    ),
    canonicalText: () => canonicalText(valid),
    explainChange: checked("project.explainChange", (after: Project) =>
      explainChange(valid, JSON.parse(after.canonicalText())),
    ),
    bundle: checked("project.bundle", (more: ProjectBundleOptions = {}) => bundleProject({ ...named, ...more }, files)),
  };
  return project;
}

function has(project: Project, path: ComposePath): boolean {
  let value: unknown = project;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Readonly<Record<string | number, ComposeValue>>)[step];
  }
  return true;
}
