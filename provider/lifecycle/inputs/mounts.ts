import { relative, sep } from "node:path";
import type { MountedPath, StoredMount, StoredMounts } from "../../../compose/project";
import { printable } from "../../display/printable";
import { keyProblem } from "../../schema";
import { secretsIn } from "../../secrets";
import { folderOf, mountHash, pathInModel } from "../run/mounts";
import type { LocalTree, PreparedMount, TreeReading, Uploads } from "../run/uploads";

/** The folders of a project and of its resource, and the stack's secret. An unknown secret is an empty text. */
export interface MountContext {
  readonly folder: string;
  readonly root: string;
  readonly scope: string;
  /** The folder of the resource in the bucket, with a slash at the end. Used only to check the length of keys. */
  readonly resource: string;
}

/** A mount whose local files were read. */
interface ReadMount extends PreparedMount {
  readonly tree: LocalTree;
}

/**
 * The result of {@link prepareMounts}. `stored` returns for each mounted path whether its files are stored, sent with
 * the Compose text, or refused.
 */
export interface PreparedMounts {
  /** The mounts whose files are stored in the bucket. */
  readonly uploads: readonly ReadMount[];
  readonly stored: StoredMounts;
}

/**
 * A mounted path that is not inside another mounted path. It stands for itself and for all mounted paths inside it.
 */
type Tree = MountedPath;

/**
 * Reads the local files that services mount. Decides for each mounted path whether its files are stored in the bucket,
 * sent with the text, or refused. A mounted path and the mounted paths inside it are one tree, so that all services see
 * the same files. If a service may write into the tree, the whole tree is stored in the folder of the run.
 */
export async function prepareMounts(
  mounted: readonly MountedPath[],
  context: MountContext,
  uploads: Pick<Uploads, "read">,
): Promise<PreparedMounts> {
  const read: ReadMount[] = [];
  const decided = new Map<string, StoredMount>();
  for (const tree of treesOf(mounted)) {
    const inside = mounted.filter(({ path }) => isWithin(path, tree.path));
    const decide = (answer: (path: string) => StoredMount): void => {
      for (const { path } of inside) decided.set(path, answer(path));
    };
    const reading = await uploads.read({ path: tree.path, root: context.root, kind: tree.kind }, secretOf);
    if ("failed" in reading) decide(() => refused(reading.failed));
    else if (reading.secrets.length > 0 && !isDivisible(tree, reading))
      decide(() => ({ kind: "inline", because: secretText(reading, tree) }));
    else {
      const mount = mountOf(tree, reading, context);
      const problem = problemOfKeys(mount, reading, context);
      if (problem === undefined) read.push({ ...mount, tree: reading });
      decide((path) => (problem === undefined ? storedAs(mount, path, reading) : refused(problem)));
    }
  }
  return { uploads: read, stored: (path) => decided.get(path) };
}

/** Makes trees of the mounted paths. A path and the mounted paths inside it are one tree. */
export function treesOf(mounted: readonly MountedPath[]): readonly Tree[] {
  const trees: Tree[] = [];
  for (const mount of [...mounted].sort((one, other) => (one.path < other.path ? -1 : 1))) {
    const index = trees.findIndex(({ path }) => isWithin(mount.path, path));
    const tree = trees[index];
    if (tree === undefined) trees.push(mount);
    else trees[index] = { ...tree, isWritten: tree.isWritten || mount.isWritten };
  }
  return trees;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function mountOf(
  { path, kind, isWritten }: Tree,
  tree: Exclude<TreeReading, { failed: string }>,
  { folder, root, scope }: MountContext,
): PreparedMount {
  const shown = shownPath(folder, path);
  return {
    path: shown,
    hash: mountHash(scope, shown, tree.hash),
    isWritten,
    isFile: kind === "file",
    local: { path, root, kind },
    content: tree.hash,
    leave: tree.secrets.map(({ path: file }) => file),
  };
}

/**
 * The longest name that a run's folder is expected to have, for the check of the length of keys. The name consists of
 * the attempt, the digest of the inputs, and a number if several folders would have the same name.
 */
const LONGEST_RUN = "99999-xxxxxxx-99";
/** The number of characters of a path that an error shows. */
const SHOWN = 60;

/**
 * Returns why the key of a file would not be valid in the bucket. Without this check, the error would come only when
 * the files are stored.
 */
function problemOfKeys(mount: PreparedMount, { paths }: LocalTree, { resource }: MountContext): string | undefined {
  const folder = folderOf(mount, { resource, run: `${resource}runs/${LONGEST_RUN}/` });
  for (const path of paths) {
    const problem = keyProblem(`${folder}${path}`);
    if (problem === undefined) continue;
    const shown = path.length > SHOWN ? `${path.slice(0, SHOWN)}…` : path;
    return `the key of ${printable(shown)} in the bucket would not be valid: ${problem}`;
  }
  return undefined;
}

/** Maximum number of parts into which a folder with secrets is divided. Each part is a mount in the Compose text. */
const MOST_PARTS = 300;

/**
 * Whether the files with secrets can be sent in the Compose text, and the rest of the folder needs at most `MOST_PARTS`
 * mounts.
 */
function isDivisible({ kind }: Tree, { paths, secrets }: LocalTree): boolean {
  return (
    kind === "folder" &&
    divided(
      paths,
      secrets.map(({ path }) => path),
    ).length <= MOST_PARTS
  );
}

/**
 * Returns the fewest folders and files that contain all of `paths` and none of `secrets`.
 *
 * @param secrets the paths of files with secrets
 */
export function divided(paths: readonly string[], secrets: readonly string[]): readonly string[] {
  const parts = new Set<string>();
  for (const path of paths) {
    const names = path.split("/");
    let depth = 1;
    while (depth < names.length && secrets.some((secret) => secret.startsWith(`${names.slice(0, depth).join("/")}/`)))
      depth += 1;
    parts.add(names.slice(0, depth).join("/"));
  }
  return [...parts];
}

function storedAs(mount: PreparedMount, path: string, tree: LocalTree): StoredMount {
  const below = relative(mount.local.path, path).split(sep).join("/");
  const inside = (files: readonly string[]): readonly string[] =>
    below === ""
      ? files
      : files.flatMap((file) => (file.startsWith(`${below}/`) ? [file.slice(below.length + 1)] : []));
  const secrets = tree.secrets.map((secret) => secret.path);
  const source = pathInModel(mount, below);
  // A file that contains a secret is sent with the Compose text, and not stored in the bucket.
  if (secrets.includes(below)) return { kind: "inline" };
  const losses = lossesOf(tree, below);
  const inline = inside(secrets);
  const isEmpty = inside(tree.paths).length === 0 && !tree.paths.includes(below);
  return {
    kind: "stored",
    source,
    ...(isEmpty ? { isEmpty } : {}),
    ...(losses === undefined ? {} : { losses }),
    ...(inline.length === 0 ? {} : { parts: { mounted: divided(inside(tree.paths), inline), inline } }),
  };
}

function shownPath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/") || ".";
}

const MOST_NAMES = 3;

/**
 * Returns what the bucket does not keep of the files at a path, such as the permission to execute a file. The text
 * follows "but not" in a message.
 */
function lossesOf({ executable, leftOut, secrets }: LocalTree, below: string): string | undefined {
  const isShown = (path: string): boolean => below === "" || path === below || path.startsWith(`${below}/`);
  const [runs, gone] = [executable.filter(isShown), leftOut.filter(isShown)];
  const sent = secrets.filter(({ path }) => isShown(path));
  const parts = [
    ...(runs.length === 0 ? [] : [`the permission to execute ${namesOf(runs)}`]),
    ...(gone.length === 0 ? [] : [`${namesOf(gone)}, which is no file that can be read`]),
    ...(sent.length === 0
      ? []
      : [
          `${namesOf(sent.map(({ path }) => path))} with ${sent[0]?.kind}, which is sent with the text, nor what the run adds next to it`,
        ]),
  ];
  return parts.length === 0 ? undefined : parts.join(", and not ");
}

function namesOf(paths: readonly string[]): string {
  const names = paths.slice(0, MOST_NAMES).join(", ");
  return paths.length > MOST_NAMES ? `${names} and ${paths.length - MOST_NAMES} more` : names;
}

function refused(reason: string): StoredMount {
  return {
    kind: "refused",
    reason: `cannot be stored in the bucket (${reason})`,
    remedy: "Correct the files or the path.",
  };
}

function secretText({ secrets: [secret] }: LocalTree, { kind }: Tree): string {
  return kind === "file" ? `holds ${secret?.kind}` : `holds ${secret?.path} with ${secret?.kind}`;
}

/**
 * Matches the names of files with source code or documentation. In these files, the value of a name such as `token` is
 * rarely a secret.
 */
const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|go|java|kt|scala|rs|c|h|cc|cpp|cs|php|pl|lua|r|swift|vue|svelte|html?|css|scss|less|slim|erb|md|rst|txt|ipynb)$|(?:^|\/)Dockerfile[^/]*$/i;

/**
 * Finds a secret in the text of a file. In source code and documentation, the name of a value does not show that the
 * value is a secret.
 */
function secretOf(text: string, path: string): string | undefined {
  const namesCount = !CODE.test(path);
  const found = secretsIn(text, { file: path }).find(
    ({ certainty }) => certainty === "form" || (namesCount && certainty === "named"),
  );
  return found?.kind;
}
