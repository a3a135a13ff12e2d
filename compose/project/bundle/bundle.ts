import { canonicalCompose, canonicalText } from "../../canonical/canonical";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { ComposePath, LineIndex, Range } from "../../diagnostics/position";
import { type ComposeMapping, type ComposeNode, isNull, locate, mappingFrom, plainValue } from "../../model/model";
import { type SecretContext, secretContextOf } from "../../model/secret-context";
import { NO_SECRETS } from "../../model/secret-rules";
import { isAbsolute, join, relative, resolve } from "../../paths";
import { withSeverities } from "../../validate";
import { LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import type { ProjectDiagnostics } from "../diagnostics";
import type { ProjectFiles } from "../files/files";
import type { ReadSource } from "../files/reader";
import {
  itemsOf,
  type MappingNode,
  mapWorkloads,
  sequenceNode,
  sourceOf,
  unlessEmpty,
  valueAt,
  withEntry,
  withoutBuild,
} from "../nodes";
import type { BundleOptions } from "../options";
import type { Redactable } from "../print/mask";
import { holdsSecret, PrintedModel, withSecretsReplaced } from "../print/printed-model";
import type { MountedPath } from "../stored-paths";
import { withContents } from "./inline";
import { type Resolved, resolveProject } from "./resolve";
import { withoutUnused } from "./unused";

/** The result of bundling. */
export interface Bundled {
  /** The diagnostics of all files. */
  readonly diagnostics: readonly Diagnostic[];
  /** Returns the lines of a file for printing a diagnostic. Returns `undefined` if the lines must not be shown. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /**
   * Returns the file and the range of a value. `path` is the path of the value in the merged project. The file has the
   * same name as in diagnostics.
   */
  readonly locate: (path: ComposePath) => { readonly file: string; readonly range: Range } | undefined;
  /** The absolute path of the project folder. File names are relative to this folder. */
  readonly folder: string;
  /** The absolute path of the folder that contains all files of the project. */
  readonly root: string;
  /** One entry for each file of the project that was read. */
  readonly sources: readonly ReadSource[];
  /** The secret values of the project. They come from env files, mounted files, secret variables, and other places. */
  readonly secrets: readonly string[];
  /**
   * The values of `secrets` that are secret in every position. The whole content of a Compose secret is not one of them
   * if it may be an ordinary text or the name of a service.
   */
  readonly foundSecrets: readonly string[];
  /** Returns the names in the project, such as services and keys. Messages never mask these names. */
  readonly names: () => ReadonlySet<string>;
  /** With `localFiles: "upload"`: the local paths that services mount. */
  readonly mounted: readonly MountedPath[];
  /** Whether the project depends on a file whose name is not known yet. If so, `bundle` is absent. */
  readonly unknown: boolean;
  /**
   * The project as one document. Absent if a diagnostic is an error, if a file name is not known yet, or if
   * `storedMounts` has not decided about a mount yet.
   */
  readonly bundle?: Bundle;
}

/** A project as one document, which needs no other file and no variable. */
export interface Bundle extends Redactable {
  /**
   * The canonical text of the project. If it would be larger than 1 MB, `text` is the text that the author wrote
   * (`asWritten`).
   */
  readonly text: string;
  /**
   * The text of the project's only file, as its author wrote it. Absent if the project has several files, or if the
   * text and the bundle differ in meaning.
   */
  readonly asWritten?: string;
  /**
   * The canonical model of the project. For a service with `image` and `build`, the model has both keys, but `text` has
   * no `build`.
   */
  readonly model: ComposeMapping;
  /** Whether the bundle contains a value that must not be shown, such as the value of a secret variable. */
  readonly secret: boolean;
}

/**
 * Merges a project into one document: merges files, resolves `include` and `extends`, replaces variables, moves
 * `env_file` into `environment`, and puts the content of configs and secrets into the text. Reads only the files of the
 * project. Never throws. The number, size and depth of the files are limited.
 */
export function bundleProject(options: BundleOptions, files: ProjectFiles): Bundled {
  const { running, reader, collector, diagnostics, names, written, mounted = [] } = resolveProject(options, files);
  const bundle = running && asBundle(withContents(needed(running), { reader, collector }), collector, written);
  const all = withSeverities(diagnostics().filter(isAboutBundle(options)), options.diagnostics ?? {});
  const failed = all.some(({ severity }) => severity === "error");
  const document = secretContextOf(running && plainValue(running));
  const foundSecrets = [...reader.foundSecrets(document), ...secretsIn(options, document)];
  return {
    diagnostics: all,
    linesOf: (file) => reader.sources.linesOf(file),
    locate: (path) => {
      const span = running && locate(running, path)?.node.span;
      const file = span && reader.sources.file(span);
      return span === undefined || file === undefined ? undefined : { file, range: reader.sources.range(span) };
    },
    folder: reader.folder,
    root: reader.root,
    sources: reader.read,
    secrets: [...reader.secrets, ...foundSecrets],
    foundSecrets,
    names,
    mounted,
    unknown: reader.unknown,
    ...(bundle === undefined || failed ? {} : { bundle }),
  };
}

/**
 * Returns a filter for the diagnostics that also concern the bundle. A bundle without `jobs` does not need the warning
 * that older releases of Docker Compose refuse this key (LYC2113).
 */
function isAboutBundle({ job, withoutJobs }: BundleOptions) {
  return ({ code, path }: Diagnostic) => !(code === "LYC2113" && path === "jobs" && (job !== undefined || withoutJobs));
}

/**
 * Removes the build secrets of services with an image, except external ones, and then all parts of the document that
 * nothing uses.
 */
function needed(running: MappingNode): MappingNode {
  const left = withoutBuildSecrets(running);
  return left === running ? running : withoutUnused(left);
}

function secretsIn({ variables, secretRules = NO_SECRETS }: BundleOptions, document: SecretContext): string[] {
  return [...(variables ?? [])].flatMap(([key, { text, secret }]) =>
    secret ? secretRules.knownValuesIn(text, { key, ...document }) : [],
  );
}

/**
 * The largest weight (approximate size) of a bundle for which a text is made. The text of a heavier bundle always has
 * more than 1 MB.
 */
const HEAVIEST_BUNDLE = 5 * LARGEST_COMPOSE_TEXT;

function asBundle(
  document: MappingNode,
  collector: ProjectDiagnostics,
  written: Resolved["written"],
): Bundle | undefined {
  const bulky = document.weight > HEAVIEST_BUNDLE;
  const modelOf = (node: ComposeNode) => canonicalCompose(plainValue(node) as ComposeMapping);
  const model = bulky ? mappingFrom([]) : modelOf(document);
  // A run builds nothing, but the model keeps `build`, because earlier versions recorded it. Without `build`, the
  // recorded model would look changed, and the run would start again.
  const running = ofWorkloadsWithImage(document, withoutBuild);
  const sent = running === document ? document : withoutUnused(running);
  const printed = new PrintedModel(bulky || sent === document ? model : modelOf(sent), document.height);
  const alone = bulky ? undefined : written();
  const same =
    alone !== undefined &&
    sent === document &&
    (alone.root === document || canonicalText(plainValue(alone.root) as ComposeMapping) === JSON.stringify(model));
  // If the only file of the project means the same as the bundle, it can be sent as its author wrote it. It may be
  // small enough even if the canonical text (`printed`) is not.
  if (bulky || (!same && printed.isTooLarge)) {
    const limit = "1 MB (1048576 bytes of UTF-8)";
    collector.add("LYC2502", `the one text of the project, with the values of its variables, is larger than ${limit}`);
    return undefined;
  }
  return {
    get text() {
      return same && printed.isTooLarge ? alone.text : printed.text;
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

const FOLDER = resolve("/");
const PATH = resolve(FOLDER, "compose.yaml");

/**
 * Bundles a project that is a single text. The text cannot refer to files. In diagnostics, the text has the name
 * `compose.yaml`.
 */
export function bundleText(text: string, options: Omit<BundleOptions, "paths" | "from" | "root"> = {}): Bundled {
  return bundleProject({ ...options, paths: [PATH], from: FOLDER }, holding(text));
}

function holding(text: string): ProjectFiles {
  return {
    stat: (asked) => (asked === PATH ? "file" : asked === FOLDER ? "folder" : "missing"),
    real: (asked) => asked,
    list: () => ({ kind: "names", names: [] }),
    read(asked, most) {
      const bytes = asked === PATH ? new TextEncoder().encode(text) : undefined;
      if (bytes === undefined) return { kind: "fault", reason: asked === FOLDER ? "folder" : "missing" };
      return bytes.byteLength > most ? { kind: "fault", reason: "large" } : { kind: "bytes", bytes };
    },
  };
}

/**
 * Returns the diagnostics of a bundle. Their file names are relative to the folder in which the user works.
 *
 * @param folder the absolute path of this folder
 * @param whole the file name for a diagnostic about the whole project: the project's path as the user gave it
 */
export function relativeToFolder(
  folder: string,
  whole: string,
  bundled: Bundled,
): Pick<Bundled, "diagnostics" | "linesOf"> {
  const relativePath = relative(folder, bundled.folder);
  const names = new Map<string, string>();
  const diagnostics = bundled.diagnostics.map((diagnostic) => {
    const { file } = diagnostic;
    if (file === undefined) return { ...diagnostic, file: whole };
    const shown = isAbsolute(file) ? file : join(relativePath, file);
    names.set(shown, file);
    return { ...diagnostic, file: shown };
  });
  return { diagnostics, linesOf: (file) => (file === undefined ? undefined : bundled.linesOf(names.get(file))) };
}

/**
 * Removes the build secrets of services that have an image, because a run does not build these services. The bundle
 * could not contain them: Compose has no key for the content of a secret. External build secrets stay, because they
 * have no content.
 */
function withoutBuildSecrets(document: MappingNode): MappingNode {
  const declared = valueAt(document, "secrets");
  const isExternal = (item: ComposeNode) => {
    const name = sourceOf(item);
    return name !== undefined && valueAt(valueAt(declared, name), "external") !== undefined;
  };
  return ofWorkloadsWithImage(document, (service, build) => {
    const secrets = valueAt(build, "secrets");
    if (build.kind !== "mapping" || secrets === undefined) return service;
    const left = itemsOf(secrets).filter(isExternal);
    if (secrets.kind === "sequence" && left.length === secrets.items.length) return service;
    const kept = unlessEmpty(sequenceNode(left, secrets.span));
    return withEntry(service, "build", withEntry(build, "secrets", kept));
  });
}

function ofWorkloadsWithImage(
  document: MappingNode,
  change: (service: MappingNode, build: ComposeNode) => MappingNode,
): MappingNode {
  return mapWorkloads(document, (service) => {
    const [image, build] = [valueAt(service, "image"), valueAt(service, "build")];
    return image === undefined || isNull(image) || build === undefined ? service : change(service, build);
  });
}
