import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import type { ProjectFiles } from "../compose/project";
import { isMap } from "./document";

const largestProjectFile = 1_048_576;
const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/**
 * Where Pulumi runs the program of a project, which is where `composeFile` starts: the folder that `main` of `Pulumi.yaml` names, or that of the file
 * that it names. Without `main`, and where it cannot be read, it is the folder of the project.
 */
export function programFolder(folder: string, files: ProjectFiles): string {
  const main = mainOf(folder, files);
  if (main === undefined || main === "") return folder;
  const path = resolve(folder, main);
  return files.stat(path) === "folder" ? path : dirname(path);
}

function mainOf(folder: string, files: ProjectFiles): string | undefined {
  const name = projectFiles.find((file) => files.stat(resolve(folder, file)) === "file");
  const content = name === undefined ? undefined : files.read(resolve(folder, name), largestProjectFile);
  if (content?.kind !== "bytes") return undefined;
  try {
    const settings: unknown = parse(Buffer.from(content.bytes).toString());
    return isMap(settings) && typeof settings.main === "string" ? settings.main : undefined;
  } catch {
    // Pulumi itself reports a file that is no YAML.
    return undefined;
  }
}
