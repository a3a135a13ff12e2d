import { canonicalCompose } from "../../compose";
import { plainValue } from "../../compose/model/model";
import { diskFiles } from "../../compose/node";
import { type Bundled, type BundleOptions, bundleProject } from "../../compose/project";
import { resolveProject } from "../../compose/project/bundle/resolve";
import { rulesOfProject } from "../../provider/compose-rules";
import type { Project } from "./corpus";
import type { Answer } from "./docker-compose";
import type { Json } from "./json";

/**
 * Returns true if a code may be compared. Codes about local files may not be compared, because Compose has no such
 * errors. Codes about variables may be compared.
 */
function isOfCompose(code: string): boolean {
  return !/^LYC23/.test(code) || code === "LYC2309" || code === "LYC2310";
}

/**
 * Returns the result of this package for a project. Like `docker compose config`, the result names the files of
 * configs, but does not include their content. `root` is the folder that must contain all files. Default: the folder of
 * the project.
 */
export function askOurs(project: Project, folder: string, root?: string): Answer {
  const { running, diagnostics } = resolveProject(optionsOf(project, folder, root), diskFiles);
  const errors = diagnostics().filter(({ code, severity }) => severity === "error" && isOfCompose(code));
  if (running === undefined || errors.length > 0) {
    const reasons = errors.map(({ code, path, message }) => `${code} ${path ?? ""}: ${message}`);
    return { accepted: false, reasons };
  }
  return { accepted: true, model: canonicalCompose(plainValue(running) as never) as Json };
}

/** The bundle of the same project. */
export function bundleOurs(
  project: Project,
  folder: string,
  { root, ...options }: Pick<BundleOptions, "root" | "localFiles" | "images" | "storedMounts"> = {},
): Bundled {
  return bundleProject({ ...optionsOf(project, folder, root), rules: rulesOfProject().rules, ...options }, diskFiles);
}

function optionsOf({ run }: Project, folder: string, root: string | undefined): BundleOptions {
  return {
    paths: run.files,
    from: folder,
    profiles: run.profiles,
    ...(root === undefined ? {} : { root }),
    variables: new Map(Object.entries(run.variables ?? {}).map(([name, text]) => [name, { text, secret: false }])),
    ...(run.envFiles.length === 0 ? {} : { envFiles: run.envFiles }),
  };
}
