import { DiagnosticCollector } from "../diagnostics/diagnostic";
import { type ComposePath, type LineIndex, pointOf, printableKey } from "../diagnostics/position";
import { type ComposeNode, isNull } from "../model/model";
import { dirname, isAbsolute } from "../paths";
import { readTree } from "../yaml/read";
import { checkServicesType, isDocument } from "../yaml/structure";
import { PROJECT_CATALOGUE, type ProjectCode } from "./catalogue";
import type { ProjectDiagnostics } from "./diagnostics";
import { envEntries } from "./files/env-files";
import { envFilesOf } from "./files/project-location";
import type { Mention, ProjectReader } from "./files/reader";
import { fromFolder, withBuildContexts } from "./files/relative-paths";
import { applyExtends, type Extendable } from "./merge/extends";
import { type Inclusion, importInto, inclusionsOf, validateInclude } from "./merge/include";
import { mergeNodes, withNames } from "./merge/merge";
import { uniqueItems } from "./merge/uniqueness";
import { entriesOf, mappingNode, moved, replacedBelow, withoutKeys, withoutReplaced } from "./nodes";
import { validateExtended, validatePart } from "./validate-part";
import { resolveBuildArguments, resolveEnvironment } from "./variables/environment";
import { interpolate } from "./variables/interpolate";
import type { VariableLookup } from "./variables/template";

/** Files that are merged in order. */
export interface Stack {
  readonly files: readonly { readonly path: string; readonly mention: Mention }[];
  /** The folder at which relative paths in the files start. */
  readonly folder: string;
  /**
   * The folder at which relative paths in the merged document start: for included files, the `folder` of the files that
   * include them. Otherwise equal to `folder`.
   */
  readonly base: string;
  /** Looks up the variables that the files contain. */
  readonly lookup: VariableLookup;
  /**
   * The path of inclusions to `files`: a file of the project, the file that it includes, and so on, up to the file that
   * includes `files`. Empty for the project's own files.
   */
  readonly chain: readonly string[];
}

/**
 * An extended file adds its length to the size of the project, and its weight (the approximate size of its nodes)
 * divided by this number. The weight counts each alias with the size of its value, but an alias takes less time than
 * its value.
 */
const ALIASES_OF_EXTENDED = 3;
/**
 * The largest total size of the documents that are validated before the merge is complete, in approximate bytes. To
 * validate the project again after each of many files takes long. Above this limit, only the merged project is
 * validated.
 */
const MOST_VALIDATED_BYTES = 10_000_000;
const DEEPEST_INCLUDE = 20;
/**
 * An inclusion counts as at least this number of bytes. Even an empty file counts, because the number of inclusions may
 * double at each level.
 */
const LEAST_INCLUSION = 10_000;
const REMOTE = /^(?:oci:\/\/|https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/;

/**
 * Loads files as Compose does: replaces variables, resolves `extends` and `include`, and merges the files in order,
 * with `!reset` and `!override`. Reports files and values that cannot be read, and leaves them out.
 */
export class ProjectLoader {
  private readonly trees = new Map<
    string,
    { readonly root: ComposeNode; readonly replaced: readonly ComposePath[] } | undefined
  >();

  private readonly extended = new Map<Stack, Map<string, Extendable>>();

  /** The files that contain no variables. */
  private readonly constant = new Set<ComposeNode>();

  /**
   * Extended files with their variables replaced and their paths changed. The first key is the root of the file. The
   * second key is the folder at which the changed paths start.
   */
  private readonly located = new Map<ComposeNode, Map<string, ComposeNode>>();

  private validatedBytes = 0;

  constructor(
    private readonly reader: ProjectReader,
    private readonly collector: ProjectDiagnostics,
    /** The collectors of YAML errors, one for each file. */
    private readonly readingErrors: DiagnosticCollector<ProjectCode>[],
  ) {}

  /** Loads a list of files as one document. Returns `undefined` if no file could be read. */
  load(stack: Stack): ComposeNode | undefined {
    let merged: ComposeNode | undefined;
    const last = stack.files.at(-1)?.path;
    const named = new Set<string>();
    for (const { path, mention } of stack.files) {
      // A file that is named again is merged again, and counts again for the size limit of the project.
      if (merged !== undefined && named.has(path) && !this.collector.grow(merged.weight, mention)) break;
      named.add(path);
      const document = this.open(path, mention, stack.lookup);
      if (document === undefined) continue;
      if (merged !== undefined) merged = withoutReplaced(merged, document.replaced);
      const included = this.include(document, { ...stack, chain: [...stack.chain, path] });
      // A service may extend a service of an included file.
      const whole = applyExtends(
        { ...document, root: included },
        (name, location, at) => this.openExtended(stack, name, location, at),
        this.collector,
      );
      merged = uniqueItems(merged === undefined ? whole : mergeNodes(merged, whole, [], this.collector));
      const alone = stack.chain.length === 0 && stack.files.length === 1 && inclusionsOf(document.root).length === 0;
      const services = entriesOf(document.root).get("services");
      // Compose refuses each file whose `services` is not a mapping. In a project of one file, the validation of the
      // whole project reports the error.
      if (!alone && services !== undefined) checkServicesType(services, this.collector);
      // The merge is validated after each file, except after the last of the project's own files: the caller then
      // validates the whole project.
      if (stack.chain.length > 0 || path !== last) this.validate(merged);
    }
    if (merged === undefined) return undefined;
    const whole = stack.chain.length === 0;
    const located = fromFolder(whole ? merged : withBuildContexts(merged), stack.folder, stack.base);
    const resolved = resolveEnvironment(located, stack.lookup);
    return whole ? resolveBuildArguments(resolved, stack.lookup) : resolved;
  }

  private validate(merged: ComposeNode): void {
    this.validatedBytes += merged.weight;
    if (this.validatedBytes < MOST_VALIDATED_BYTES) validatePart(merged, this.collector);
  }

  /** Returns a file as its author wrote it, or `undefined` if the file was not read. */
  written(path: string): ComposeNode | undefined {
    return this.trees.get(path)?.root;
  }

  /** Returns all Compose files that were read, as their authors wrote them. */
  get documents(): readonly ComposeNode[] {
    return [...this.trees.values()].flatMap((tree) => tree?.root ?? []);
  }

  /**
   * Returns one of the project's own files as its author wrote it. The first call for a file reads the file, and
   * reports errors in it.
   */
  document(path: string): ComposeNode | undefined {
    return this.tree(path, {})?.root;
  }

  /** Returns a file with its variables replaced. */
  private open(path: string, mention: Mention, lookup: VariableLookup): Extendable | undefined {
    const tree = this.tree(path, mention);
    if (tree === undefined) return undefined;
    const { root: written, replaced } = tree;
    const root = this.constant.has(written) ? written : interpolate(written, lookup, this.collector);
    if (root === written) this.constant.add(written);
    return { file: path, root, replaced };
  }

  private tree(path: string, mention: Mention) {
    if (this.trees.has(path)) return this.trees.get(path);
    this.trees.set(path, undefined);
    const read = this.reader.text(path, mention);
    if (read === undefined) return undefined;
    const { text, source } = read;
    const collect = (lines: LineIndex) => new DiagnosticCollector<ProjectCode>(lines, source.file, PROJECT_CATALOGUE);
    const result = readTree(text, collect);
    this.readingErrors.push(result.collector);
    const { root } = result;
    // A tree that is nested too deeply or has too many aliases cannot be validated within the limits.
    if (root === undefined || result.collector.has("LYC2009") || result.collector.has("LYC2010")) return undefined;
    // A file that contains only comments counts as an empty mapping, so that it can be merged with other files.
    const document = isNull(root) ? mappingNode(new Map(), root.span) : root;
    if (!isDocument(document, result.collector)) return undefined;
    const tree = { root: moved(document, source.start), replaced: result.replaced };
    this.trees.set(path, tree);
    return tree;
  }

  /**
   * Returns a file that `extends` names. The file is opened only once for the files of a `Stack` (Compose files that
   * are merged together).
   */
  private openExtended(stack: Stack, name: string, location: ComposeNode, at: ComposePath): Extendable | undefined {
    const known = this.extended.get(stack) ?? new Map<string, Extendable>();
    this.extended.set(stack, known);
    const found = known.get(name) ?? this.openFor(stack, name, location, at);
    if (found !== undefined) known.set(name, found);
    return found;
  }

  private openFor(stack: Stack, name: string, location: ComposeNode, at: ComposePath): Extendable | undefined {
    const mention = { span: location.span, path: at };
    if (this.isRemote(name, mention)) return undefined;
    const path = this.reader.resolve(stack.folder, name);
    const document = this.open(path, mention, stack.lookup);
    if (document === undefined) return undefined;
    // The result depends on `stack.folder`, because the paths of the result start at this folder.
    const known = this.located.get(document.root) ?? new Map<string, ComposeNode>();
    this.located.set(document.root, known);
    let root = known.get(stack.folder);
    if (root === undefined) {
      // The size of the file is added to the project once for each root and each folder. Each inclusion has its own
      // variables, so a file with variables has a new root in each inclusion.
      const { span, weight } = document.root;
      if (!this.collector.grow(span.end - span.start + weight / ALIASES_OF_EXTENDED, mention)) return undefined;
      if (known.size === 0) validateExtended(document.root, this.collector);
      root = uniqueItems(fromFolder(withNames(document.root), dirname(path), stack.folder));
      known.set(stack.folder, root);
    }
    return { ...document, root };
  }

  private include({ root, replaced }: Extendable, stack: Stack): ComposeNode {
    if (root.kind !== "mapping") return root;
    let result = root;
    validateInclude(root, this.collector);
    for (const inclusion of inclusionsOf(root)) {
      const imported = this.included(inclusion, stack);
      if (imported === undefined) continue;
      result = importInto(result, imported, inclusion, this.collector, (base, over, path) =>
        mergeNodes(withoutReplaced(base, replacedBelow(replaced, path)), over, path, this.collector),
      );
    }
    return withoutKeys(result, ["include"]);
  }

  private included(inclusion: Inclusion, stack: Stack): ComposeNode | undefined {
    const { location, path, projectDirectory } = inclusion;
    const mention = { span: pointOf(location), path };
    if (inclusion.paths.some((name) => this.isRemote(name, mention))) return undefined;
    const files = inclusion.paths.map((name) => ({ path: this.reader.resolve(stack.folder, name), mention }));
    const [first] = files;
    if (first === undefined) return undefined;
    if (stack.chain.includes(first.path) || stack.chain.length > DEEPEST_INCLUDE) {
      const message = stack.chain.includes(first.path) ? "is included by itself" : "is included too deeply";
      this.collector.add("LYC2504", `${printableKey(this.reader.shown(first.path))} ${message}`, mention);
      return undefined;
    }
    if (!this.collector.grow(LEAST_INCLUSION, mention)) return undefined;
    const named =
      projectDirectory === undefined ? dirname(first.path) : this.reader.resolve(stack.folder, projectDirectory);
    // If `project_directory` does not exist, its parent folder counts, as in Compose. But the `.env` of the parent
    // folder is not read.
    const folder = this.reader.stat(named) === "folder" ? named : dirname(named);
    const { reader, collector } = this;
    const envFiles = envFilesOf({ ...inclusion, from: stack.folder }, named, reader);
    const own = envEntries(envFiles, { reader, collector, mention, lookup: stack.lookup });
    const lookup: VariableLookup = (name) => stack.lookup(name) ?? own.get(name);
    const loaded = this.load({ files, folder, base: stack.folder, lookup, chain: stack.chain });
    return loaded !== undefined && this.collector.grow(loaded.weight, mention) ? loaded : undefined;
  }

  private isRemote(name: string, mention: Mention): boolean {
    if (!REMOTE.test(name) || isAbsolute(name)) return false;
    this.collector.add("LYC2510", `${printableKey(name)} is a file of another machine, which is not fetched`, mention);
    return true;
  }
}
