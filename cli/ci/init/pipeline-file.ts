import { posix } from "node:path";
import { EVERY_LANGUAGE, type ProjectRuntime, setupFor } from "./runtimes";

/** The project and the stacks of a pipeline. */
export interface PipelineSettings {
  /** The folder of the Pulumi project whose policy the policy pack enforces, from the root of the repository. */
  readonly folder: string;
  /** The stacks, in the order in which they are applied. */
  readonly stacks: readonly string[];
  readonly runtimes: readonly ProjectRuntime[];
  /** The times at which the pipeline applies, as five fields of cron. Absent if it applies only after a push. */
  readonly schedule?: string;
}

/** The settings of the pipelines in `examples/gitops`. */
export const EXAMPLE: PipelineSettings = {
  folder: "infra",
  stacks: ["dev", "prod"],
  runtimes: [{ runtime: "yaml", toolchain: "" }],
};

/** Returns a file of the example, changed for another project and other stacks. Tests run the unchanged example. */
export function pipelineFile(text: string, { folder, stacks, runtimes, schedule }: PipelineSettings): string {
  const from = (place: string, path: string) => posix.relative(place, path) || ".";
  return withRuntimes(text, runtimes)
    .replace(ON_PUSH, schedule === undefined ? ON_PUSH : `${ON_PUSH}  schedule:\n    - cron: "${schedule}"\n`)
    .replaceAll(jobsOf(EXAMPLE.stacks), jobsOf(stacks))
    .replaceAll(`[${EXAMPLE.stacks.join(", ")}]`, `[${stacks.map(inYaml).join(", ")}]`)
    .replaceAll("infra/lyceum-policy.yaml", posix.join(folder, "lyceum-policy.yaml"))
    .replaceAll("../infra", from("policy-pack", folder));
}

/** The event that starts an apply, in the workflow for GitHub. */
const ON_PUSH = "  push:\n    branches: [main]\n";
/**
 * The first lines of two steps in the workflow for GitHub. Steps that set up a language or a package manager are
 * inserted before these two steps.
 */
const PULUMI_STEP = "      - uses: pulumi/actions@";
const INSTALL_STEP = "      - run: npm ci\n";
/**
 * The image with every language, in the example for GitLab. `entrypoint` is cleared, because a job needs a shell and
 * the entry point of this image is the Pulumi CLI.
 */
const IMAGE = `  image:\n    name: ${EVERY_LANGUAGE}\n    entrypoint: [""]\n`;
const CACHE_PATHS = "    paths: [.npm/]\n";

/** Returns the text of an example pipeline file, changed for projects in languages other than YAML. */
function withRuntimes(text: string, runtimes: readonly ProjectRuntime[]): string {
  const { image, steps, commands, caches } = setupFor(runtimes);
  const moved = Object.entries(caches).map(([name, folder]) => `  ${name}: $CI_PROJECT_DIR/${folder}\n`);
  const paths = [".npm/", ...Object.values(caches).map((folder) => `${folder}/`)];
  return text
    .replaceAll(PULUMI_STEP, `${steps.map(stepText).join("")}${PULUMI_STEP}`)
    .replaceAll(INSTALL_STEP, `${commands.map((command) => `      - run: ${command}\n`).join("")}${INSTALL_STEP}`)
    .replace(IMAGE, image === EVERY_LANGUAGE ? IMAGE : `  image: ${image}\n`)
    .replace(CACHE_PATHS, `    paths: [${paths.join(", ")}]\n`)
    .replace(/^default:\n/m, `${moved.length === 0 ? "" : `variables:\n${moved.join("")}\n`}default:\n`);
}

function stepText({ uses, with: settings }: ReturnType<typeof setupFor>["steps"][number]): string {
  const lines = Object.entries(settings).map(([name, value]) => `          ${name}: ${value}\n`);
  return `      - uses: ${uses}\n        with:\n${lines.join("")}`;
}

/** Returns the jobs of GitLab that preview each stack, and apply the stacks one after another. */
function jobsOf(stacks: readonly string[]): string {
  const jobs = stacks.flatMap((stack, at) => {
    const before = at === 0 ? [] : [`apply-${stacks[at - 1]}`];
    const needs = [`review-${stack}`, ...before].map(inYaml).join(", ");
    return [jobOf("review", stack), jobOf("apply", stack, `  needs: [${needs}]\n`)];
  });
  return jobs.join("\n");
}

function jobOf(kind: "review" | "apply", stack: string, needs = ""): string {
  return `${inYaml(`${kind}-${stack}`)}:\n  extends: .${kind}\n${needs}  variables:\n    STACK: ${inYaml(stack)}\n`;
}

/** Returns a name in a form that YAML reads as a text: `on` and `1.0` get quotes. */
function inYaml(name: string): string {
  const isPlain = /^[a-z][\w-]*$/i.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}
