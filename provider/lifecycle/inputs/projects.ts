import { isDeepStrictEqual } from "node:util";
import { areSame, watchFiles } from "../../../compose/node";
import {
  type Bundled,
  type BundleOptions,
  bundleProject,
  mask,
  type ProjectFiles,
  projectFolder,
} from "../../../compose/project";
import { certainSecrets } from "../../compose-rules";
import { isMap, type Properties } from "../../schema";
import { keyedDigest, secretRules } from "../../secrets";
import { lifecycleErrors } from "../run/errors";
import { digestOfCanonical } from "../run/identity/identity";
import { scopePart } from "../run/identity/start-key";
import { TextCache } from "../run/identity/text-cache";
import {
  choicesIn,
  containsUnknown,
  contentDigest,
  type ExecutionInputs,
  leafDigest,
  PROJECT_ARGUMENTS,
  type ProjectInputs,
  parseProject,
  type ResourceInputs,
} from "../run/inputs";
import { haveSamePaths, type UploadedMount } from "../run/mounts";
import type { Uploads } from "../run/uploads";
import { type PreparedMounts, prepareMounts } from "./mounts";
import { jobOption } from "./resolved-text";
import { declaredImages, declaredVariables, inheritedVariables, textsIn } from "./variables";

/** The functions with which this module reads the files of Compose projects and the environment of this machine. */
export interface ProjectPorts {
  readonly files: ProjectFiles;
  /** The folder for relative paths. Used only if the program does not pass its folder. */
  readonly folder: () => string;
  /** Reads an environment variable. Used only if the program does not pass its environment. */
  readonly variable: (name: string) => string | undefined;
  /**
   * Reads the mounted local files that a start stores in the bucket, and names their folder in the bucket. Absent if
   * the process has no bucket.
   */
  readonly uploads?: Pick<Uploads, "read" | "folder">;
}

/** The result of `Projects.make`: the recorded project if it is unchanged, or the result of bundling its files. */
export type ProjectOutcome =
  /**
   * The recorded project is unchanged. To find this out, `make` compares arguments and digests of files, and parses
   * nothing.
   */
  | { readonly kind: "recorded"; readonly project: ProjectInputs }
  /**
   * The files were bundled. `model` and `project` are absent if `bundled` has errors that prevent a text. `project` is
   * also absent if the stack's secret or a value in the text is unknown.
   */
  | {
      readonly kind: "made";
      readonly bundled: Bundled;
      readonly model?: ProjectInputs["model"];
      readonly project?: ProjectInputs;
    };

/** The Compose projects of one process. `make` reads the files at check. The texts stay in memory until the create. */
export interface Projects {
  /**
   * Reads the files that services mount, if the program stores them in the bucket. Call this function before `make` and
   * `complete`.
   */
  prepare(inputs: ResourceInputs): Promise<void>;
  /** Returns the mounts whose local files a start may store in the bucket. */
  uploadsOf(urn: string): PreparedMounts["uploads"];
  /** Bundles the project that the arguments select, or returns the recorded project if it has not changed. */
  make(olds: ResourceInputs, inputs: ResourceInputs, options: ProjectOptions): ProjectOutcome;
  /**
   * Adds the text of the project, and its secrets for redaction, to checked inputs.
   *
   * @throws LYC3014 if mounted files have changed since the check, or if the text has to be made again and other files
   * have changed
   */
  complete(news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs;
}

/** Options for making the text of a project, in addition to the arguments of the project. */
export type ProjectOptions = Pick<BundleOptions, "rules" | "secretRules" | "diagnostics">;

interface Kept {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** Creates the `Projects` of a new process. */
export function createProjects(ports: ProjectPorts): Projects {
  /** The texts of projects, by the digest of the project. If the cache has dropped a text, the text is made again. */
  const texts = new TextCache<Kept>(64_000_000, ({ text }) => text.length);
  const sent = new Map<string, Properties>();
  /** The mounted files of each resource, by its URN. */
  const prepared = new Map<string, PreparedMounts>();

  function requestFor(inputs: ResourceInputs): Request {
    const { urn, program } = inputs;
    if (isMap(program)) sent.set(urn, program);
    const request = requestOf(inputs, sent.get(urn) ?? {}, ports);
    const mounts = prepared.get(urn);
    return mounts === undefined
      ? request
      : { ...request, options: { ...request.options, storedMounts: mounts.stored } };
  }

  async function prepare(inputs: ResourceInputs): Promise<void> {
    const { uploads } = ports;
    prepared.delete(inputs.urn);
    if (uploads === undefined || inputs.values.localFiles !== "upload") return;
    const { options, scope } = requestFor(inputs);
    const { mounted, folder, root } = bundleProject({ ...options, secretRules }, ports.files);
    // `prepareMounts` needs the name of the folder only to check the length of keys in the bucket. If the scope is
    // unknown, any text gives a name of the same length.
    const resource = uploads.folder(inputs.urn, scopePart(scope || "unknown"));
    prepared.set(inputs.urn, await prepareMounts(mounted, { folder, root, scope, resource }, uploads));
  }

  function make(olds: ResourceInputs, inputs: ResourceInputs, options: ProjectOptions): ProjectOutcome {
    const request = requestFor(inputs);
    const before = sameAsRecorded(olds, inputs, request);
    const mounts = mountsOf(inputs.urn);
    return before !== undefined && isDeepStrictEqual(before.record.mounts ?? [], mounts)
      ? { kind: "recorded", project: before }
      : bundle(request, options, mounts);
  }

  function sameAsRecorded(olds: ResourceInputs, inputs: ResourceInputs, request: Request): ProjectInputs | undefined {
    const before = parseProject(olds);
    const { scope, settings } = request;
    if (before === undefined || settings === undefined || olds.scope !== scope) return undefined;
    const asBefore = PROJECT_ARGUMENTS.every(
      (name) => JSON.stringify(olds.values[name]) === JSON.stringify(inputs.values[name]),
    );
    if (!asBefore || before.record.settings !== settings) return undefined;
    const folder = projectFolder(request.options, ports.files);
    return areSame(before.record.files, folder, ports.files, contentDigest(scope)) ? before : undefined;
  }

  /** Returns the mounts of a resource whose files are in the bucket, in the form that the state records. */
  function mountsOf(urn: string): readonly UploadedMount[] {
    return uploadsOf(urn).map(({ path, hash, isWritten, isFile, tree: { fileCount, bytes } }) => ({
      path,
      hash,
      isWritten,
      isFile,
      fileCount,
      bytes,
    }));
  }

  function uploadsOf(urn: string): PreparedMounts["uploads"] {
    return prepared.get(urn)?.uploads ?? [];
  }

  function bundle(request: Request, options: ProjectOptions, mounts: readonly UploadedMount[]): ProjectOutcome {
    const { scope, settings } = request;
    const files = watchFiles(ports.files);
    const bundled = bundleProject({ ...request.options, ...options, secretRules }, files);
    if (bundled.mounted.some(({ path }) => request.options.storedMounts?.(path) === undefined))
      throw new Error("The mounted files were not read before the project was made.");
    if (bundled.bundle === undefined) return { kind: "made", bundled };
    const written = bundled.sources.flatMap(({ file }) => certainSecrets(bundled.linesOf(file)));
    const known = [...written, ...bundled.foundSecrets];
    const { model, secrets } = mask(bundled.bundle, leafDigest(scope), { known, secretRules });
    // Lyceum gets the text as the user wrote it, if this is possible.
    const text = bundled.bundle.asWritten ?? bundled.bundle.text;
    if (settings === undefined || containsUnknown(text)) return { kind: "made", bundled, model };
    const digest = digestOfCanonical(scope, JSON.stringify(bundled.bundle.model));
    texts.keep(digest, { text, secrets: [...bundled.secrets, ...secrets, ...written] });
    const observed = files.observed(bundled.folder, contentDigest(scope));
    const record = { digest, settings, files: observed, ...(mounts.length === 0 ? {} : { mounts }) };
    return { kind: "made", bundled, model, project: { record, model } };
  }

  /**
   * Makes the text of a project again. Called if the process no longer has the text in memory. Returns undefined if the
   * files of the project have changed in the meantime.
   */
  function again(news: ResourceInputs, { record }: ProjectInputs): Kept | undefined {
    const made = bundle(requestFor(news), { diagnostics: choicesIn(news.values.diagnostics) }, mountsOf(news.urn));
    if (made.kind !== "made" || made.project === undefined) return undefined;
    const same =
      made.project.record.digest === record.digest ||
      (made.project.record.settings === record.settings &&
        JSON.stringify(made.project.record.files) === JSON.stringify(record.files));
    return same ? texts.get(made.project.record.digest) : undefined;
  }

  return {
    prepare,
    uploadsOf,
    make,
    complete(news, inputs) {
      const { project } = inputs;
      if (project === undefined) return inputs;
      // The path of a mount in the text depends on the content of its files at the check. If `prepare` has read the
      // files again since then, and a file has changed, the mount now has another path.
      if (!haveSamePaths(project.record.mounts ?? [], mountsOf(news.urn))) throw lifecycleErrors.projectChanged();
      const kept = texts.get(project.record.digest) ?? again(news, project);
      if (kept === undefined) throw lifecycleErrors.projectChanged();
      const uploads = uploadsOf(news.urn);
      return {
        ...inputs,
        composeText: kept.text,
        projectSecrets: kept.secrets,
        ...(uploads.length === 0 ? {} : { uploads }),
      };
    },
  };
}

interface Request {
  readonly options: BundleOptions;
  /** The stack's random secret, with which digests are made. Empty if the secret is not known. */
  readonly scope: string;
  /** The digest of variables, inherited variables, profiles and images. Absent if the scope is unknown. */
  readonly settings?: string;
}

/**
 * A part of the digest `settings`. It changes with the rules that mask a model, so that models of earlier rules are
 * made again: they may contain secrets.
 */
const MASKED_BY = "all sources";

/**
 * Returns what the arguments select: the files and options of a project. `sent` has the folder and the environment of
 * the program, which the program's process has sent.
 */
function requestOf(inputs: ResourceInputs, sent: Properties, ports: ProjectPorts): Request {
  const { composeFile, composeRoot, envFiles, inheritEnvironment, localFiles, job } = inputs.values;
  const scope = typeof inputs.scope === "string" && !containsUnknown(inputs.scope) ? inputs.scope : "";
  const names = textsIn(inheritEnvironment);
  const environment = isMap(sent.environment)
    ? sent.environment
    : Object.fromEntries(names.map((name) => [name, ports.variable(name)]));
  const variables = new Map([...inheritedVariables(environment), ...declaredVariables(inputs)]);
  const profiles = textsIn(inputs.values.profiles);
  const images = declaredImages(inputs);
  const options: BundleOptions = {
    paths: typeof composeFile === "string" ? [composeFile] : textsIn(composeFile),
    from: typeof sent.directory === "string" ? sent.directory : ports.folder(),
    ...(typeof composeRoot === "string" ? { root: composeRoot } : {}),
    ...(envFiles === undefined ? {} : { envFiles: textsIn(envFiles) }),
    ...(localFiles === "inline" || localFiles === "upload" ? { localFiles } : {}),
    variables,
    images,
    profiles,
    ...jobOption(job),
  };
  if (scope === "") return { options, scope };
  const sorted = [...variables].sort(([one], [other]) => (one < other ? -1 : 1));
  // If the program sets no images, the digest is the same as in earlier versions.
  const given = images.size === 0 ? [sorted, profiles] : [sorted, profiles, [...images].sort()];
  return { options, scope, settings: keyedDigest(scope, ["settings", MASKED_BY, JSON.stringify(given)]) };
}
