/** The file that names the packages of the repository. `ci init` never changes an existing file of this name. */
export const OWN_PACKAGES = "package.json";

/** The kinds of pipelines for which `ci init` has files. */
export type PipelineKind = keyof typeof PIPELINES;

/**
 * The files of each pipeline, and the settings that GitHub or GitLab needs for them. The files are those of
 * `examples/gitops`.
 */
export const PIPELINES = {
  github: {
    files: [
      ".github/workflows/preview.yml",
      ".github/workflows/apply.yml",
      ".github/workflows/drift.yml",
      "scripts/comment.sh",
      "scripts/reports.sh",
      "package.json",
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
    files: [".gitlab-ci.yml", "scripts/merge-request-comment.mjs", "scripts/reports.sh", "package.json"],
    next: (stacks: readonly string[], schedule?: string) => [
      `On GitLab, set the variables PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE and LYCEUM_API_KEY, masked, for the environments ${stacks.join(", ")}. Protect the key.`,
      "For a comment on each merge request, set the variable GITLAB_TOKEN, masked: a project access token with the role Reporter and the scope `api`.",
      "Add a schedule to the project: it runs the job `drift`.",
      ...(schedule === undefined ? [] : [scheduledApplies(schedule)]),
    ],
  },
  shell: {
    files: ["pipeline.sh", "package.json"],
    next: (stacks: readonly string[]) => [
      `Call \`./pipeline.sh preview|apply|drift STACK\`, or \`./pipeline.sh destroy STACK FOLDER\`, for the stacks ${stacks.join(", ")}, with PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE and LYCEUM_API_KEY in its environment.`,
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
  Record<
    string,
    {
      readonly files: readonly string[];
      readonly next: (stacks: readonly string[], schedule?: string) => readonly string[];
    }
  >
>;

/** Returns the text about applies at set times on GitLab. GitLab keeps schedules in the settings of the project. */
function scheduledApplies(cron: string): string {
  const command = `glab schedule create --cron "${cron}" --cronTimeZone UTC --description apply --ref main --variable LYCEUM_SCHEDULE:apply`;
  return `GitLab keeps schedules outside of the repository. To also apply at these times, run \`${command}\`, or add a schedule with the variable LYCEUM_SCHEDULE=apply to the project. \`main\` is the default branch. A later \`ci init\` does not change this schedule.`;
}
