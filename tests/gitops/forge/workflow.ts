import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A step of a job that runs commands. */
export interface RunStep {
  readonly name: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the step, relative to that of the repository. */
  readonly folder: string;
  /** Whether the step runs even after a step that failed. */
  readonly always: boolean;
}

/** The parts of a job that a shell can run. */
export interface Job {
  readonly steps: readonly RunStep[];
  /** The actions that the job uses, each with its pinned commit. */
  readonly actions: readonly string[];
}

interface Written {
  readonly jobs: Readonly<Record<string, { env?: Record<string, string>; steps: readonly Record<string, unknown>[] }>>;
}

/**
 * Reads a workflow of GitHub Actions: the commands of its only job, with the values of its expressions.
 *
 * @param values of expressions, such as `matrix.stack`; any other one is an error, so that none is forgotten
 */
export function readWorkflow(file: string, values: Readonly<Record<string, string>>): Job {
  const { jobs } = parse(readFileSync(file, "utf8")) as Written;
  const [job, ...others] = Object.values(jobs);
  if (job === undefined || others.length > 0) throw new Error(`${file} has not exactly one job.`);
  const filled = (text: string): string =>
    text.replace(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${file} uses \${{ ${name} }}, which this test does not know.`);
      return value;
    });
  const environment = (env: unknown): Record<string, string> =>
    Object.fromEntries(Object.entries((env ?? {}) as object).map(([name, value]) => [name, filled(String(value))]));
  const steps = job.steps.flatMap((step): RunStep[] =>
    typeof step.run !== "string"
      ? []
      : [
          {
            name: String(step.name ?? step.run),
            run: filled(step.run),
            env: { ...environment(job.env), ...environment(step.env) },
            folder: String(step["working-directory"] ?? "."),
            always: String(step.if ?? "").includes("always()"),
          },
        ],
  );
  return { steps, actions: job.steps.flatMap(({ uses }) => (typeof uses === "string" ? [uses] : [])) };
}
