import { posix } from "node:path";
import { UsageError } from "../../command";

/** The pipelines that `ci init` has files for. */
export type PipelineKind = keyof typeof PIPELINES;

/** The project and the stacks of a pipeline. */
export interface PipelineSettings {
  /** The folder of the Pulumi project, from the root of the repository. */
  readonly folder: string;
  /** The stacks, in the order in which they are applied. */
  readonly stacks: readonly string[];
}

/**
 * For each pipeline: its files, which are those of `examples/gitops`, and the settings that the pipeline's service
 * needs.
 */
export const PIPELINES = {
  github: {
    files: [
      ".github/workflows/preview.yml",
      ".github/workflows/apply.yml",
      ".github/workflows/drift.yml",
      "scripts/comment.sh",
    ],
    next: (stacks: readonly string[]) => [
      `On GitHub, create the environments ${stacks.join(", ")}, and let those that matter require a reviewer. Each gets the secrets LYCEUM_API_KEY and PULUMI_CONFIG_PASSPHRASE.`,
      `Create ${stacks.map((stack) => `${stack}-read`).join(", ")} with the same secrets and without reviewers: previews and drift run there.`,
      "Set the variable PULUMI_BACKEND_URL; for a state on S3 also AWS_REGION, AWS_STATE_READER and AWS_STATE_WRITER, for Pulumi Cloud the secret PULUMI_ACCESS_TOKEN.",
      "Where the role of previews may only read the state, create each stack once before its first pull request: `pulumi stack init STACK`.",
      "apply.yml runs when `main` is pushed: change it where the branch has another name.",
    ],
  },
  gitlab: {
    files: [".gitlab-ci.yml"],
    next: (stacks: readonly string[]) => [
      `On GitLab, set the variables PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE and LYCEUM_API_KEY, masked, for the environments ${stacks.join(", ")}. Protect the key.`,
      "Add a schedule to the project: it runs the job `drift`.",
    ],
  },
  shell: {
    files: ["pipeline.sh"],
    next: (stacks: readonly string[]) => [
      `Call \`./pipeline.sh preview|apply|drift|destroy STACK\`, for the stacks ${stacks.join(", ")}, with PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE and LYCEUM_API_KEY in its environment.`,
    ],
  },
  "policy-pack": {
    files: [
      "policy-pack/index.ts",
      "policy-pack/PulumiPolicy.yaml",
      "policy-pack/package.json",
      "policy-pack/tsconfig.json",
    ],
    next: () => [
      "Write `lyceum-policy.yaml` into the folder of the Pulumi project: the pack enforces it.",
      "Run `npm install` in `policy-pack`, then `pulumi up --policy-pack` with its path.",
    ],
  },
} as const satisfies Readonly<
  Record<string, { readonly files: readonly string[]; readonly next: (stacks: readonly string[]) => readonly string[] }>
>;

/** The project and the stacks of `examples/gitops`. */
export const EXAMPLE: PipelineSettings = { folder: "infra", stacks: ["dev", "prod"] };

/** A file of the example, changed for another project and other stacks. Tests run the unchanged example. */
export function pipelineFile(text: string, { folder, stacks }: PipelineSettings): string {
  const from = (place: string, path: string) => posix.relative(place, path) || ".";
  return text
    .replaceAll(jobsOf(EXAMPLE.stacks), jobsOf(stacks))
    .replaceAll(`[${EXAMPLE.stacks.join(", ")}]`, `[${stacks.map(inYaml).join(", ")}]`)
    .replaceAll("../reports/runs.html", from(folder, "reports/runs.html"))
    .replaceAll("infra/lyceum-policy.yaml", posix.join(folder, "lyceum-policy.yaml"))
    .replaceAll("../infra", from("policy-pack", folder))
    .replace(/(--cwd |working-directory: |cd )infra\b/g, `$1${folder}`);
}

/** The jobs of GitLab that apply the stacks one after another. */
function jobsOf(stacks: readonly string[]): string {
  const jobs = stacks.map((stack, at) => {
    const before = at === 0 ? "" : `  needs: [${inYaml(`apply-${stacks[at - 1]}`)}]\n`;
    return `${inYaml(`apply-${stack}`)}:\n  extends: .apply\n${before}  variables:\n    STACK: ${inYaml(stack)}\n`;
  });
  return jobs.join("\n");
}

/** A name that YAML reads as a text: `on` and `1.0` need quotes. */
function inYaml(name: string): string {
  const isPlain = /^[a-z][\w-]*$/i.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}

/** Reads stacks and folder, and validates them, because they become part of shell commands and of YAML. */
export function pipelineSettings(stacks: string, folder: string): PipelineSettings {
  const names = stacks.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !/^[\w.-]{1,100}$/.test(name) || name.startsWith("-"));
  if (wrong !== undefined) {
    throw new UsageError(
      `"${wrong}" is not the name of a stack: --stacks takes names with letters, digits, - _ and . , with commas between`,
    );
  }
  if (new Set(names).size < names.length) throw new UsageError("--stacks names a stack twice");
  const parts = folder.split("/");
  if (folder !== "." && parts.some((part) => !/^[\w.@-]+$/.test(part) || /^(\.\.?$|-)/.test(part))) {
    throw new UsageError("--cwd is a folder below this one, with letters, digits, - _ . and @ in its name");
  }
  return { folder, stacks: names };
}
