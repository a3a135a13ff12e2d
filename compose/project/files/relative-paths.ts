import { isAbsolutePath, isRemoteContext } from "../../model/file-paths";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { WORKLOAD_SECTIONS } from "../../model/keys";
import type { ComposeNode } from "../../model/model";
import { isAbsolute, join, normalize, relative } from "../../paths";
import { readVolume } from "../../short-forms";
import {
  changeAt,
  changeWorkloads,
  type MappingNode,
  mapItems,
  scalarNode,
  textOf,
  valueAt,
  withEntry,
} from "../nodes";
import type { ProjectLocation } from "./project-location";

/** The keys that name files of this machine. The value is a file, a list of files, or a mapping with the key `path`. */
const FILES = [
  "configs.*.file",
  "secrets.*.file",
  "services.*.develop.watch",
  "services.*.extends.file",
  ...containers("env_file"),
  ...containers("label_file"),
];
/** The keys that name a build context on this machine or on another machine. */
const CONTEXTS = WORKLOAD_SECTIONS.flatMap((section) => [
  `${section}.*.build.context`,
  `${section}.*.build.additional_contexts.*`,
]);

/** Returns patterns for the path of a key in services, jobs and init containers. */
function containers(key: string): readonly string[] {
  return [...WORKLOAD_SECTIONS.map((section) => `${section}.*.${key}`), `services.*.pre_start.[].${key}`];
}

/**
 * Converts relative paths that start at `folder` to paths that start at the folder `project`. `folder` is the folder of
 * an included or extended file.
 */
export function fromFolder(root: ComposeNode, folder: string, project: string): ComposeNode {
  const relativePath = relative(project, folder);
  if (relativePath === "") return root;
  const move: Move = (path) => (isRelative(path) ? moved(escapeDollars(relativePath), path) : path);
  const moveContext: Move = (path) => (isRemoteContext(path) ? path : move(path));
  const changes: (readonly [pattern: string, change: (found: ComposeNode) => ComposeNode])[] = [
    ...FILES.map((pattern) => [pattern, (found: ComposeNode) => everyPath(found, move)] as const),
    ...CONTEXTS.map((pattern) => [pattern, (found: ComposeNode) => everyPath(found, moveContext)] as const),
    ...WORKLOAD_SECTIONS.map(
      (section) =>
        [
          `${section}.*.build`,
          (build: ComposeNode) => (build.kind === "scalar" ? everyPath(build, moveContext) : build),
        ] as const,
    ),
    ...containers("volumes.[]").map((pattern) => [pattern, (item: ComposeNode) => withBindSource(item, move)] as const),
    ["volumes.*", (volume) => ofVolume(volume, move)],
  ];
  return changes.reduce((result, [pattern, change]) => changeAt(result, pattern, change), root);
}

/**
 * Converts the absolute paths of mounts in the project folder, such as `${PWD}/conf`, to relative paths. Another
 * machine does not have these absolute paths.
 */
export function withFolderMounts(root: MappingNode, location: ProjectLocation): MappingNode {
  const change = (item: ComposeNode) => withBindSource(item, (source) => insideOf(location, source));
  return containers("volumes.[]").reduce((result, pattern) => changeAt(result, pattern, change), root);
}

/**
 * Returns the source of a mount. An absolute path inside `folder` or `named` becomes a path relative to `folder`. Any
 * other source stays unchanged.
 */
function insideOf({ folder, named }: ProjectLocation, source: string): string {
  const path = unescapeDollars(source);
  if (!isAbsolute(path) || ![folder, named].some((parent) => `${path}/`.startsWith(`${parent}/`))) return source;
  const whole = relative(folder, path);
  if (whole === "") return ".";
  // A slash at the end stays, because it means a folder.
  const inside = escapeDollars(path.endsWith("/") ? `${whole}/` : whole);
  return whole.startsWith("..") ? inside : `./${inside}`;
}

/** Adds the default context `.` to the builds of an included document, where `.` means the folder of this document. */
export function withBuildContexts(root: ComposeNode): ComposeNode {
  return changeWorkloads(root, "build", (build) =>
    build.kind !== "mapping" || build.entries.has("context")
      ? build
      : withEntry(build, "context", scalarNode(".", build.span)),
  );
}

/**
 * Joins a relative folder and a relative path. The result begins with `./` or `../`, because otherwise it would look
 * like the name of a volume.
 */
function moved(folder: string, path: string): string {
  const whole = normalize(join(folder, path));
  return whole.startsWith("../") || whole === ".." ? whole : `./${whole.replace(/^\.\//, "")}`;
}

function isRelative(path: string): boolean {
  return path !== "" && !isAbsolutePath(path);
}

type Move = (path: string) => string;

function everyPath(node: ComposeNode, move: Move): ComposeNode {
  if (node.kind === "sequence") return mapItems(node, (item) => everyPath(item, move));
  if (node.kind === "mapping") return changeAt(node, "path", (path) => everyPath(path, move));
  const path = typeof node.value === "string" ? move(node.value) : node.value;
  return path === node.value ? node : { ...node, value: path };
}

/** Changes the source path of a mount in short or long syntax. */
function withBindSource(item: ComposeNode, change: Move): ComposeNode {
  if (item.kind === "mapping") {
    return textOf(valueAt(item, "type")) === "bind"
      ? changeAt(item, "source", (path) => everyPath(path, change))
      : item;
  }
  const text = textOf(item);
  const read = text === undefined ? "" : readVolume(text);
  if (item.kind !== "scalar" || text === undefined || typeof read === "string" || read.type !== "bind") return item;
  const source = change(read.source);
  return source === read.source ? item : { ...item, value: `${source}${text.slice(read.source.length)}` };
}

/** Changes the path in the driver options of a named volume if these options define a bind mount. */
function ofVolume(entry: ComposeNode, move: Move): ComposeNode {
  const options = valueAt(entry, "driver_opts");
  if (textOf(valueAt(entry, "driver")) !== "local" || textOf(valueAt(options, "o")) !== "bind") return entry;
  return changeAt(entry, "driver_opts.device", (path) => everyPath(path, move));
}
