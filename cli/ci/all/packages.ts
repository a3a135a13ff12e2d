import { posix } from "node:path";
import { isIn, type RepositoryTexts } from "./file-index";
import { resolvedPaths } from "./path-texts";

/** A package of the repository that another project can import by its name. */
interface NamedPackage {
  readonly folder: string;
  readonly name: string;
  /** The file that contains the package's name. */
  readonly manifest: string;
}

/** Files that contain the name of a package, and the expression that finds the name. */
const MANIFESTS: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [/^package\.json$/, /"name"\s*:\s*"([^"]+)"/],
  [/^pyproject\.toml$/, /^[ \t]*name[ \t]*=[ \t]*["']([^"'\n]+)["']/m],
  [/^go\.mod$/, /^module\s+"?([^\s"]+)/m],
  [/^pom\.xml$/, /<artifactId>([^<]+)<\/artifactId>/],
];
/** If a folder contains one of these files, Python finds packages in the folder and in its folder `src`. */
const PYTHON_ROOT = /^(?:pyproject\.toml|setup\.(?:py|cfg)|requirements[\w.-]*\.txt|Pipfile)$/;

/**
 * Returns a function that finds packages in the text of a file of the project. The function returns the folder of each
 * package that the text names. For a package whose folder contains the project, the function returns only the files and
 * folders that the text names (`partsOf`).
 */
export function packagesFor(
  project: string,
  texts: RepositoryTexts,
): (path: string, text: string) => readonly string[] {
  const all = packagesIn(texts);
  const others = all.filter(({ folder }) => !isIn(folder, project) && !isIn(project, folder));
  const above = all.filter(({ folder }) => folder !== project && isIn(project, folder));
  const python = pythonPackages(project, texts);
  return (path, text) => [
    ...others.filter(({ name }) => isNamed(name, text)).map(({ folder }) => folder),
    ...above.flatMap((one) => partsOf(one, path, text, texts)),
    ...(path.endsWith(".py") && python.size > 0 ? pythonImports(text).flatMap(python.foldersOf) : []),
  ];
}

/** Returns whether a text names the package. Python imports a package `acme-runs` as `acme_runs`. */
function isNamed(name: string, text: string): boolean {
  return text.includes(name) || (name.includes("-") && text.includes(name.replaceAll("-", "_")));
}

/**
 * Returns the files and folders of a package that a text names by a path after the package's name. For example,
 * `acme/lib/run` names `run` in the package `acme/lib`. In a Go module, a path that does not exist stands for the
 * nearest folder above it.
 */
function partsOf(
  { folder, name, manifest }: NamedPackage,
  path: string,
  text: string,
  { index }: RepositoryTexts,
): readonly string[] {
  const isCertain = manifest === "go.mod";
  if (isCertain && !path.endsWith(".go")) return [];
  const parts = text
    .split(`${name}/`)
    .slice(1)
    .map((rest) => /^[^\s"'`,;:()[\]{}<>]*/.exec(rest)?.[0] ?? "");
  return [...new Set(parts)].flatMap((part) => resolvedPaths([folder], { readings: [`./${part}`], isCertain }, index));
}

/** Finds the Python modules in the folders above a project. A program imports them by their full names. */
function pythonPackages(project: string, { index }: RepositoryTexts) {
  const roots = index.files
    .filter((path) => PYTHON_ROOT.test(posix.basename(path)))
    .map((path) => posix.dirname(path))
    .filter((folder) => folder !== project && isIn(project, folder));
  const found = new Map<string, Map<string, string>>();
  for (const root of new Set(roots.flatMap((folder) => [folder, posix.join(folder, "src")]))) {
    for (const file of index.folders.get(root) ?? []) {
      if (!file.endsWith(".py")) continue;
      const [first = ""] = (root === "." ? file : file.slice(root.length + 1)).split("/");
      const name = first.replace(/\.py$/, "");
      found.set(name, (found.get(name) ?? new Map()).set(root, posix.join(root, first)));
    }
  }
  return {
    size: found.size,
    foldersOf: (module: string): readonly string[] => {
      const [first = ""] = module.split(".");
      return [...(found.get(first) ?? [])].flatMap(([root, path]) => {
        // If the project is inside of the module's folder, only the files of the imported module count, and not the
        // whole folder.
        const readings = [`./${module.replaceAll(".", "/")}`];
        return isIn(project, path) ? resolvedPaths([root], { readings, isCertain: true }, index) : [path];
      });
    },
  };
}

/**
 * Returns the modules that a program in Python imports. Each name in quotes counts as an import too, because
 * `importlib.import_module("shared.net")` imports a module.
 */
function pythonImports(text: string): readonly string[] {
  const statements = [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+(.+)$/gm)].flatMap(
    ([, names = ""]) => names.match(/[\w.]+/g) ?? [],
  );
  const texts = [...text.matchAll(/["']([\w.]+)["']/g)].map(([, name = ""]) => name);
  return [...new Set([...statements, ...texts])];
}

function packagesIn({ index: { files }, textOf }: RepositoryTexts): readonly NamedPackage[] {
  return files.flatMap((path) => {
    const folder = posix.dirname(path);
    const file = posix.basename(path);
    const manifest = MANIFESTS.find(([pattern]) => pattern.test(file));
    if (manifest !== undefined) {
      const name = manifest[1].exec(textOf(path) ?? "")?.[1] ?? posix.basename(folder);
      return name === "." ? [] : [{ folder, name, manifest: file }];
    }
    if (folder === ".") return [];
    if (/\.(cs|fs|vb)proj$/.test(file) || /^build\.gradle(\.kts)?$/.test(file)) {
      const name = file.endsWith("proj") ? posix.parse(file).name : posix.basename(folder);
      return [{ folder, name, manifest: file }];
    }
    return [];
  });
}
