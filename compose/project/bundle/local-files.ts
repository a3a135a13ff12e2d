import { type ComposePath, formatPath, printableKey } from "../../diagnostics/position";
import { cleanPath, isAbsolutePath } from "../../model/file-paths";
import { escapeDollars } from "../../model/interpolation";
import type { ComposeEntry, ComposeNode } from "../../model/model";
import { OPTION_TEXTS } from "../../model/option-texts";
import { resolve } from "../../paths";
import { LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import type { ProjectContext } from "../files/reader";
import {
  entriesOf,
  entryOf,
  itemsOf,
  type MappingNode,
  mapContainers,
  mappingNode,
  mappingOf,
  scalarNode,
  sequenceNode,
  unlessEmpty,
  valueAt,
  withEntry,
} from "../nodes";
import { RESOLVED_CONTENT } from "../variables/environment";
import {
  INTO_IMAGE,
  type LocalContent,
  type LocalFile,
  NO_EMPTY_CONFIG,
  readFiles,
  readLocal,
  remedyFor,
} from "./local-content";
import { LocalNames } from "./local-names";
import {
  hiddenBy,
  isCovered,
  keepsInHome,
  type LocalMount,
  localMount,
  namesFile,
  type Place,
  placesOf,
  sharedServices,
} from "./local-targets";
import { ELSEWHERE, MISSING_FILE, MountReports, OWN_VOLUME } from "./mount-reports";
import { type DecidedByStore, decidedByStore, type FileStore } from "./stored-mounts";

type Files = Extract<LocalContent, { kind: "files" }>;

/**
 * What replaces a mount: configs with the content of `files`, and `items` in the list of volumes. An item is the
 * unchanged mount or another volume.
 */
interface Decided {
  readonly items: readonly ComposeNode[];
  readonly files?: { readonly mount: LocalMount; readonly content: Files };
}

/** A config of a service, and its path in the container. */
interface MountedConfig {
  readonly target: string;
  readonly node: ComposeNode;
  /** The depth of the mount that contains the file. Of two equal targets, the one in the deeper mount stays. */
  readonly depth: number;
}

/**
 * Replaces local mounts. A warning reports each change. A mount becomes configs if its files can be sent, and a named
 * volume if it has no files. If its files cannot be sent, but the image has them, the mount is removed. A mount about
 * which `store` has not decided yet stays. Any other mount is an error.
 *
 * @param declared the document in which services still have their `build`
 * @param store if set, stored files replace mounts where possible; files that are in the image are not stored
 */
export function withLocalFiles(
  document: MappingNode,
  context: ProjectContext,
  declared: MappingNode = document,
  store?: FileStore,
): MappingNode {
  const rewriting = new Rewriting(document, context, declared, store);
  return rewriting.complete(mapContainers(document, (container, at) => rewriting.service(container, at)));
}

class Rewriting {
  private readonly read = new Map<string, LocalContent>();
  private readonly configs = new Map<string, ComposeEntry>();
  private readonly volumes = new Map<string, ComposeEntry>();
  /** The approximate number of bytes in `configs` that `collector` has not added to the size of the project yet. */
  private added = 0;
  /** The approximate number of bytes by which the Compose text of the bundle may still grow. */
  private left: number;
  private readonly reports: MountReports;
  private readonly configNames: LocalNames;
  private readonly volumeNames: LocalNames;
  private readonly shared: ReadonlySet<string>;

  constructor(
    document: MappingNode,
    private readonly context: ProjectContext,
    declared: MappingNode,
    private readonly store: FileStore | undefined,
  ) {
    this.reports = new MountReports(context, declared);
    this.left = LARGEST_COMPOSE_TEXT - Math.min(document.weight, LARGEST_COMPOSE_TEXT);
    this.shared = sharedServices(document);
    this.configNames = new LocalNames("file", valueAt(document, "configs"));
    this.volumeNames = new LocalNames("folder", valueAt(document, "volumes"));
  }

  /** Replaces the local mounts of a service, a job or an init container. */
  service(service: MappingNode, at: ComposePath): MappingNode {
    const list = valueAt(service, "volumes");
    if (list?.kind !== "sequence") return service;
    const decided = list.items.map((item, index) => this.decided(item, [...at, "volumes", index]));
    const left = decided.flatMap(({ items }) => items);
    const bare = withEntry(service, "volumes", unlessEmpty(sequenceNode(left, list.span)));
    const found = decided.flatMap(({ files }) => files ?? []);
    if (found.length === 0)
      return left.length === list.items.length && left.every((item, index) => item === list.items[index])
        ? service
        : bare;
    const places = [
      ...(this.shared.has(String(at.at(-1)))
        ? [{ path: "/", reason: "another service takes with `volumes_from`" }]
        : []),
      ...placesOf(bare),
      ...found.map(({ mount }) => ({ path: cleanPath(mount.target) })),
    ];
    const configs: MountedConfig[] = found.flatMap(({ mount, content }) => this.asConfigs(mount, content, places));
    if (configs.length === 0) return bare;
    // If two files have the same path in the container, the file of the deeper mount stays. Of two equally deep mounts,
    // Compose uses the last one.
    const byTarget = new Map(
      configs.sort((one, other) => one.depth - other.depth).map(({ target, node }) => [target, node]),
    );
    const all = [...itemsOf(valueAt(service, "configs")), ...byTarget.values()];
    return withEntry(bare, "configs", sequenceNode(all, list.span));
  }

  /** Adds to the document the configs and volumes that replace local mounts. */
  complete(document: MappingNode): MappingNode {
    return withSection(withSection(document, "configs", this.configs), "volumes", this.volumes);
  }

  private decided(item: ComposeNode, path: ComposePath): Decided {
    const mount = localMount(item, path);
    if (mount === undefined) return { items: [item] };
    const stored = this.store && decidedByStore(mount, this.store, this.reports);
    if (stored?.kind === "items") return this.withInline(mount, stored);
    const content = this.contentOf(mount);
    if (keepsInHome(mount))
      return { items: [this.asVolume(mount, "lies in your home folder, of which nothing is sent") ?? item] };
    switch (content.kind) {
      case "unknown":
        return { items: [item] };
      case "unfit":
        if (this.reports.isInImage(mount, content.reason)) return { items: [] };
        this.reports.refuse(
          mount,
          withCause(stored?.because, content.reason),
          remedyFor(mount.source, content.remedy, this.store),
        );
        return { items: [item] };
      case "files":
        return { items: [], files: { mount, content } };
      case "nothing":
        if (content.missing) return { items: [this.asMissing(mount) ?? item] };
        return {
          items: [this.asVolume(mount, content.empty.length === 0 ? "is empty" : "holds only empty files") ?? item],
        };
    }
  }

  /**
   * Adds the content of the files in `inline` to the decision of the store, because these files are sent with the text.
   * If one of them cannot be sent, reports an error and keeps the local mount.
   */
  private withInline(mount: LocalMount, { items, inline = [] }: Extract<DecidedByStore, { kind: "items" }>): Decided {
    if (inline.length === 0) return { items };
    const { reader } = this.context;
    const content = readFiles(resolve(reader.folder, mount.source), inline, reader);
    if (content.kind === "files") return { items, files: { mount, content } };
    if (content.kind === "unfit") this.reports.refuse(mount, content.reason, content.remedy);
    return { items: [mount.item] };
  }

  private contentOf({ source }: LocalMount): LocalContent {
    const { reader } = this.context;
    if (source.startsWith("~"))
      return { kind: "unfit", reason: "lies in your home folder", remedy: OPTION_TEXTS.copyFromHome };
    if (isAbsolutePath(source)) return { kind: "unfit", reason: "lies outside the project folder", remedy: INTO_IMAGE };
    const path = resolve(reader.folder, source);
    const known = this.read.get(path);
    if (known !== undefined) return known;
    const before = reader.read.length;
    const content = readLocal(path, reader);
    if (content.kind === "unfit") reader.forgetAfter(before);
    this.read.set(path, content);
    return content;
  }

  private asMissing(mount: LocalMount): ComposeNode | undefined {
    if (namesFile(mount)) return this.reports.refuse(mount, "does not exist, and has the name of a file", MISSING_FILE);
    if (!mount.mayBeMissing) {
      return this.reports.refuse(mount, "does not exist, and `create_host_path` is false", OWN_VOLUME);
    }
    return this.asVolume(mount, "does not exist");
  }

  private asVolume(mount: LocalMount, why: string): ComposeNode | undefined {
    const { item, readOnly, span, path, source } = mount;
    const shown = this.reports.shown(source);
    const other = this.volumeNames.related(shown);
    if (other !== undefined) {
      const reason = `${why}, and two volumes would not share the files of ${printableKey(other)}`;
      return this.reports.refuse(mount, reason, OWN_VOLUME);
    }
    const name = this.volumeNames.of(shown);
    this.volumes.set(name, entryOf(mappingOf({}, span)));
    const message = `${formatPath(path)} mounts ${printableKey(shown)}, which ${why}: it becomes the volume ${printableKey(name)}`;
    this.context.collector.add("LYC2312", message, { span, path });
    const volume = { type: "volume", source: name, target: cleanPath(mount.target) };
    return mappingOf({ ...volume, ...(readOnly ? { read_only: true } : {}) }, item.span);
  }

  private asConfigs(
    mount: LocalMount,
    { files, folder, empty }: Files,
    places: readonly Place[],
  ): readonly MountedConfig[] {
    const { span, path } = mount;
    const { collector } = this.context;
    const target = cleanPath(mount.target);
    const reason = hiddenBy(target, places);
    if (reason !== undefined) {
      this.reports.refuse(mount, reason, ELSEWHERE);
      return [];
    }
    const whole = ({ below }: LocalFile) =>
      below === "" ? target : `${target === "/" ? "" : target}/${escapeDollars(below)}`;
    // Files that another mount hides are not copied.
    const visible = files.filter((file) => !isCovered(whole(file), target, places));
    const size = visible.reduce(
      (sum, { shown, text }) => sum + (this.configs.has(this.configNames.of(shown)) ? 0 : text.length),
      0,
    );
    if (size > this.left) {
      const left = `the text of at most 1 MB can take about ${Math.ceil(this.left / 1_024)} more`;
      const reason = `${folder ? "holds" : "has"} ${Math.ceil(size / 1_024)} KiB, and ${left}`;
      this.reports.refuse(mount, reason, remedyFor(mount.source, INTO_IMAGE, this.store));
      return [];
    }
    this.left -= size;
    const depth = target.split("/").length;
    const configs = visible.map((file) => ({
      target: whole(file),
      node: this.config(file, whole(file), mount),
      depth,
    }));
    const weight = configs.reduce((sum, { node }) => sum + node.weight, 0) + this.added;
    this.added = 0;
    if (!collector.grow(weight, { span, path })) return [];
    const names = visible.map(({ shown }) => printableKey(shown)).join(", ");
    const copies = names === "" ? "none of its files, which other mounts hide" : `copies of ${names}`;
    const none = empty.map(printableKey).join(", ");
    const leftOut = none === "" ? "" : `, but not the empty ${none}: ${NO_EMPTY_CONFIG}`;
    const got = folder
      ? `a folder: the run gets ${copies}, next to what the image has there${leftOut}`
      : names === ""
        ? `the empty file ${none}: the run does not get it, as ${NO_EMPTY_CONFIG}`
        : `a file: the run gets a copy of ${names}`;
    const message = `${formatPath(path)} mounts ${got}`;
    collector.add("LYC2311", message, { span, path });
    return configs;
  }

  private config({ shown, text, mode }: LocalFile, target: string, { item, span }: LocalMount): ComposeNode {
    const name = this.configNames.of(shown);
    if (!this.configs.has(name)) {
      this.added += text.length;
      this.context.reader.addSecretsOf(text, { file: shown });
      const content = scalarNode(escapeDollars(text), span, true);
      this.configs.set(name, entryOf(mappingOf({ file: shown, [RESOLVED_CONTENT]: content }, span)));
    }
    return mappingOf({ source: name, target, ...(mode === undefined ? {} : { mode }) }, item.span);
  }
}

/** Returns why a mount is an error: why its files are not stored, if this is known, and why they cannot be sent. */
function withCause(because: string | undefined, reason: string): string {
  return because === undefined ? reason : `${because}, so it is not stored, and ${reason}`;
}

function withSection(document: MappingNode, name: string, added: ReadonlyMap<string, ComposeEntry>): MappingNode {
  if (added.size === 0) return document;
  const section = valueAt(document, name);
  const entries = new Map([...entriesOf(section), ...added]);
  return withEntry(document, name, mappingNode(entries, section?.span ?? document.span));
}
