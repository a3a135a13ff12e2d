import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A step of a job that runs commands. */
export interface RunStep {
  readonly kind: "run";
  readonly name: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the step, relative to that of the repository. */
  readonly folder: string;
  /** Whether the step also runs after a failed step. */
  readonly always: boolean;
}

/** A step that stores files of a job as an artifact, or fetches them in a later job. */
export interface ArtifactStep {
  readonly kind: "upload" | "download";
  readonly name: string;
  readonly paths: readonly string[];
  readonly always: boolean;
}

/** The parts of a job that this test can run. */
export interface Job {
  readonly steps: readonly (RunStep | ArtifactStep)[];
  /** The names of the jobs before it. */
  readonly needs: readonly string[];
}

interface WrittenJob {
  readonly env?: Record<string, string>;
  readonly needs?: string | readonly string[];
  readonly steps: readonly Record<string, unknown>[];
}

/**
 * Reads a workflow of GitHub Actions: the commands of its jobs in the order of the file, with the values of its
 * expressions.
 *
 * @param values the values of expressions, such as `matrix.stack`; any other expression is an error, so no expression
 * is forgotten
 */
export function readWorkflow(file: string, values: Readonly<Record<string, string>>): ReadonlyMap<string, Job> {
  const { jobs } = parse(readFileSync(file, "utf8")) as { readonly jobs: Readonly<Record<string, WrittenJob>> };
  const filled = (text: string): string =>
    text.replace(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${file} uses \${{ ${name} }}, which this test does not know.`);
      return value;
    });
  const environment = (env: unknown): Record<string, string> =>
    Object.fromEntries(Object.entries((env ?? {}) as object).map(([name, value]) => [name, filled(String(value))]));
  const stepsOf = ({ steps, env }: WrittenJob) =>
    steps.flatMap((step): (RunStep | ArtifactStep)[] => {
      const always = String(step.if ?? "").includes("always()");
      const [, kind] = /^actions\/(upload|download)-artifact@/.exec(String(step.uses)) ?? [];
      if (kind === "upload" || kind === "download") {
        const { name, path } = step.with as { readonly name: string; readonly path: string };
        return [{ kind, name: filled(name), paths: filled(path).trim().split("\n"), always }];
      }
      if (typeof step.run !== "string") return [];
      const name = String(step.name ?? step.run);
      const folder = String(step["working-directory"] ?? ".");
      const own = { ...environment(env), ...environment(step.env) };
      return [{ kind: "run", name, run: filled(step.run), env: own, folder, always }];
    });
  return new Map(
    Object.entries(jobs).map(([name, job]) => [name, { steps: stepsOf(job), needs: [job.needs ?? []].flat() }]),
  );
}
