import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Surface, UsageError } from "../../command";
import { writing } from "../../output";
import { CI_EXIT_CODES } from "../exit-codes";
import type { InitRequest } from "../options";
import { EXAMPLE, PIPELINES, type PipelineKind, pipelineFile, pipelineSettings } from "./init-files";

/** The folder of the pipeline files, in the package and in the repository. */
const TEMPLATES = templatesAbove(__dirname);
const LARGEST_FILE = 1_000_000;

/** The templates are in a folder above this file, and above the bundled file in the package. */
function templatesAbove(folder: string): string {
  const templates = join(folder, "examples", "gitops");
  return existsSync(templates) || dirname(folder) === folder ? templates : templatesAbove(dirname(folder));
}

/** `ci init`: writes the files of a pipeline into the repository. It changes an existing file only with `--force`. */
export function init(request: InitRequest, surface: Surface): number {
  const settings = pipelineSettings(request.stacks, request.cwd ?? projectFolder(surface));
  const kind = request.kind ?? kindOf(surface);
  const files = PIPELINES[kind].files.map((path) => {
    const text = pipelineFile(readFileSync(join(TEMPLATES, path), "utf8"), settings);
    return { path, text, state: stateOf(path, text, surface) };
  });
  const others = files.filter(({ state }) => state === "other").map(({ path }) => path);
  if (others.length > 0 && !request.force) {
    throw new UsageError(`Nothing was written, because there is already ${others.join(", ")}. --force overwrites`);
  }
  for (const { path, text, state } of files) {
    if (state !== "same") write(join(surface.folder, path), text, request.force);
    surface.print(`${state === "same" ? "unchanged" : "wrote"} ${path}`);
  }
  const { folder } = settings;
  const next = [
    ...(surface.stat(".git") === "missing"
      ? ["This folder is not the root of a Git repository, where a pipeline looks for these files."]
      : []),
    ...(surface.stat(join(folder, "Pulumi.yaml")) === "missing"
      ? [`There is no Pulumi project in ${folder}: --cwd names its folder.`]
      : []),
    ...(kind === "policy-pack" ? [] : [INSTALL]),
    ...PIPELINES[kind].next(settings.stacks),
  ];
  surface.print(["", "Next:", ...next.map((line) => `* ${line}`), "", READ_ON].join("\n"));
  return CI_EXIT_CODES.clean;
}

const INSTALL =
  "Commit a package.json and a package-lock.json here, with pulumi-lyceum and @pulumi/pulumi: `npm install pulumi-lyceum @pulumi/pulumi`.";
const READ_ON = "docs/guides/gitops.md of the package explains what each file does.";

/** The folder with `Pulumi.yaml`: the current folder, or that of the example. */
function projectFolder(surface: Surface): string {
  return surface.stat("Pulumi.yaml") === "file" ? "." : EXAMPLE.folder;
}

/** GitLab if the repository has GitLab's file, otherwise GitHub. */
function kindOf(surface: Surface): PipelineKind {
  const config = surface.read(".git/config", LARGEST_FILE);
  const isGitlab = config.kind === "bytes" && /^[ \t]*url = .*gitlab/im.test(textOf(config.bytes));
  return isGitlab ? "gitlab" : "github";
}

function stateOf(path: string, text: string, surface: Surface): "missing" | "same" | "other" {
  const stat = surface.stat(path);
  if (stat === "missing") return "missing";
  const read = stat === "file" ? surface.read(path, LARGEST_FILE) : undefined;
  return read?.kind === "bytes" && textOf(read.bytes) === text ? "same" : "other";
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

/** Writes a new file. It does not follow links, because a link may lead out of the repository. */
function write(path: string, text: string, force: boolean): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    if (force) rmSync(path, { force: true });
    writeFileSync(path, text, { flag: "wx", mode: path.endsWith(".sh") ? 0o755 : 0o644 });
  });
}
