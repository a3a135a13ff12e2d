import { resolve } from "node:path";
import { isSecretFile } from "../../secrets";
import { cleanPath, isAbsolutePath } from "../file-paths";
import { escapeDollars } from "../interpolation";
import type { ComposeEntry, ComposeNode } from "../model";
import { formatPath, printableKey } from "../path";
import type { ProjectDiagnostics } from "./diagnostics";
import { resolvedContent } from "./environment";
import { intoImage, type LocalContent, type LocalFile, readLocal } from "./local-content";
import { type LocalMount, localMount } from "./local-mounts";
import { LocalNames } from "./local-names";
import { type HiddenTarget, hiddenTargets, sharedServices } from "./local-targets";
import {
  entryOf,
  type MappingNode,
  mappingNode,
  mapValues,
  scalarNode,
  sequenceNode,
  valueAt,
  withEntry,
} from "./nodes";
import type { ProjectReader } from "./reader";
import { inProject } from "./relative-paths";

interface Context {
  readonly reader: ProjectReader;
  readonly collector: ProjectDiagnostics;
}

/** What a mount becomes: a config for each file, another volume, or the mount that it was. */
interface Replaced {
  /** Each with its path in the container, and that of its mount. */
  readonly configs: readonly { readonly target: string; readonly mounted: string; readonly node: ComposeNode }[];
  readonly volume?: ComposeNode;
}

/**
 * A document whose mounts of local files are configs with their content, and whose mounts of folders with nothing in them
 * are named volumes. Each is a warning that names the files; a mount that can be neither stays, as an error with its reason.
 */
export function withLocalFiles(document: MappingNode, context: Context): MappingNode {
  const services = valueAt(document, "services");
  if (services?.kind !== "mapping") return document;
  const rewriting = new Rewriting(document, sharedServices(services), context);
  const rewritten = mapValues(services, (service, name) =>
    service.kind === "mapping" ? rewriting.service(service, name) : service,
  );
  return rewriting.complete(withEntry(document, "services", rewritten));
}

class Rewriting {
  private readonly read = new Map<string, LocalContent>();
  private readonly configs = new Map<string, ComposeEntry>();
  private readonly volumes = new Map<string, ComposeEntry>();
  /** About bytes of content that were not counted yet. */
  private added = 0;
  private readonly configNames: LocalNames;
  private readonly volumeNames: LocalNames;

  constructor(
    document: MappingNode,
    private readonly shared: ReadonlySet<string>,
    private readonly context: Context,
  ) {
    this.configNames = new LocalNames("file", valueAt(document, "configs"));
    this.volumeNames = new LocalNames("folder", valueAt(document, "volumes"));
  }

  /** A service with its mounts rewritten. */
  service(service: MappingNode, name: string): MappingNode {
    const list = valueAt(service, "volumes");
    if (list?.kind !== "sequence") return service;
    const hidden = [
      ...(this.shared.has(name) ? [{ path: "", reason: "another service takes with `volumes_from`" }] : []),
      ...hiddenTargets(service),
    ];
    const configs: Replaced["configs"][number][] = [];
    const left = list.items.flatMap((item, index) => {
      const mount = localMount(item, ["services", name, "volumes", index]);
      const replaced = mount === undefined ? undefined : this.replaced(mount, hidden);
      if (replaced === undefined) return [item];
      configs.push(...replaced.configs);
      return replaced.volume === undefined ? [] : [replaced.volume];
    });
    const own = valueAt(service, "configs");
    const bare = withEntry(service, "volumes", left.length === 0 ? undefined : sequenceNode(left, list.span));
    if (configs.length === 0) return left.every((item, index) => item === list.items[index]) ? service : bare;
    // A mount of a file lies over one of its folder.
    const depth = ({ mounted }: { readonly mounted: string }) => mounted.split("/").length;
    const sorted = configs.sort((one, other) => depth(one) - depth(other));
    const byTarget = new Map(sorted.map(({ target, node }) => [target, node]));
    const all = [...(own?.kind === "sequence" ? own.items : []), ...byTarget.values()];
    return withEntry(bare, "configs", sequenceNode(all, list.span));
  }

  /** The document with the configs and volumes that its services use now. */
  complete(document: MappingNode): MappingNode {
    return withSection(withSection(document, "configs", this.configs), "volumes", this.volumes);
  }

  private replaced(mount: LocalMount, hidden: readonly HiddenTarget[]): Replaced | undefined {
    const content = this.contentOf(mount);
    switch (content.kind) {
      case "unknown":
        return undefined;
      case "unfit":
        return this.refuse(mount, content.reason, content.remedy);
      case "files": {
        const target = cleanPath(mount.target);
        const over = hidden.find(({ path }) => target === path || target.startsWith(`${path}/`));
        return over === undefined ? this.asConfigs(mount, content) : this.refuse(mount, over.reason, elsewhere);
      }
      case "nothing":
        return content.missing ? this.asMissing(mount) : this.asVolume(mount, "is empty");
    }
  }

  private contentOf({ source }: LocalMount): LocalContent {
    const { reader } = this.context;
    if (isAbsolutePath(source)) return { kind: "unfit", reason: "lies outside the project folder", remedy: intoImage };
    const path = resolve(reader.folder, source);
    const known = this.read.get(path) ?? readLocal(path, reader);
    this.read.set(path, known);
    return known;
  }

  private asMissing(mount: LocalMount): Replaced | undefined {
    const extension = extensionOf(mount.source);
    if (extension !== "" && extension === extensionOf(mount.target)) {
      const remedy =
        "Create the file, or correct the path. A file that a repository ignores is not in a fresh copy of it.";
      return this.refuse(mount, "does not exist, and has the name of a file", remedy);
    }
    if (!mount.mayBeMissing) {
      return this.refuse(mount, "does not exist, and `create_host_path` is false", ownVolume);
    }
    return this.asVolume(mount, "does not exist");
  }

  private asVolume(mount: LocalMount, why: string): Replaced | undefined {
    const { item, readOnly, span, path, source } = mount;
    const shown = this.shown(source);
    const other = this.volumeNames.related(shown);
    if (other !== undefined) {
      const reason = `${why}, and two volumes would not share the files of ${printableKey(other)}`;
      return this.refuse(mount, reason, ownVolume);
    }
    const name = this.volumeNames.of(shown);
    this.volumes.set(name, entryOf(mappingNode(new Map(), span), span));
    const message = `${formatPath(path)} mounts ${printableKey(shown)}, which ${why}: it becomes the volume ${printableKey(name)}`;
    this.context.collector.add("LYC2312", message, { span, path });
    const entries = new Map<string, ComposeEntry>([
      ["type", entryOf(scalarNode("volume", item.span))],
      ["source", entryOf(scalarNode(name, item.span))],
      ["target", entryOf(scalarNode(mount.target, item.span))],
    ]);
    if (readOnly) entries.set("read_only", entryOf(scalarNode(true, item.span)));
    return { configs: [], volume: mappingNode(entries, item.span) };
  }

  private asConfigs(mount: LocalMount, { files, folder }: Extract<LocalContent, { kind: "files" }>) {
    const { span, path } = mount;
    const { collector } = this.context;
    const target = cleanPath(mount.target);
    const configs = files.map((file) => {
      const whole = file.below === "" ? target : `${target === "/" ? "" : target}/${escapeDollars(file.below)}`;
      return { target: whole, mounted: target, node: this.config(file, whole, mount) };
    });
    const weight = configs.reduce((sum, { node }) => sum + node.weight, 0) + this.added;
    this.added = 0;
    if (!collector.grow(weight, { span, path })) return undefined;
    const names = files.map(({ shown }) => printableKey(shown)).join(", ");
    const message = folder
      ? `${formatPath(path)} mounts a folder: the run gets copies of ${names}, next to what the image has there`
      : `${formatPath(path)} mounts a file: the run gets a copy of ${names}`;
    collector.add("LYC2311", message, { span, path });
    return { configs };
  }

  private config({ shown, text, executable }: LocalFile, target: string, { item, span }: LocalMount): ComposeNode {
    const name = this.configNames.of(shown);
    if (!this.configs.has(name)) {
      this.added += text.length;
      const secret = isSecretFile(shown);
      if (secret) this.context.reader.secrets.add(text);
      const content = scalarNode(escapeDollars(text), span, secret);
      const entries = new Map([
        ["file", entryOf(scalarNode(shown, span))],
        [resolvedContent, entryOf(content)],
      ]);
      this.configs.set(name, entryOf(mappingNode(entries, span), span));
    }
    const entries = new Map<string, ComposeEntry>([
      ["source", entryOf(scalarNode(name, item.span))],
      ["target", entryOf(scalarNode(target, item.span))],
    ]);
    if (executable) entries.set("mode", entryOf(scalarNode("0755", item.span)));
    return mappingNode(entries, item.span);
  }

  private refuse({ source, span, path }: LocalMount, reason: string, remedy: string): undefined {
    const message = `${formatPath(path)} mounts ${printableKey(this.shown(source))}, which ${reason}`;
    this.context.collector.add("LYC2303", message, { span, path, remedy });
    return undefined;
  }

  private shown(source: string): string {
    const { reader } = this.context;
    return isAbsolutePath(source) ? source : reader.shown(inProject(reader.folder, source));
  }
}

const elsewhere = "Put the files into the image, or mount them at another path.";
const ownVolume = "Declare a volume under the top-level `volumes:`, and mount it.";

/** The ending of a file's name, such as `.conf`; `.d` is one of folders. */
function extensionOf(path: string): string {
  const found = /\.([A-Za-z]\w{0,9})$/.exec(path)?.[0] ?? "";
  return found === ".d" ? "" : found;
}

function withSection(document: MappingNode, name: string, added: ReadonlyMap<string, ComposeEntry>): MappingNode {
  if (added.size === 0) return document;
  const section = valueAt(document, name);
  const entries = new Map([...(section?.kind === "mapping" ? section.entries : []), ...added]);
  return withEntry(document, name, mappingNode(entries, section?.span ?? document.span));
}
