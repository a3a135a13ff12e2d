// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { reasonsForNewRun } from "../diff/changes";
import { createProjects, type Projects } from "../inputs/projects";
import { identify } from "../run/identity/identity";
import type { ExecutionOutputs } from "../run/record/record";
import { checkMaps as check, parseMap as parseInputs } from "./maps";
import { memoryPorts } from "./projects";

/** Test secrets that no input may show. */
export const CANARIES = ["canary-of-env-file", "canary-of-secret-file", "canary-of-variable", "canary-in-the-text"];

/** Makes the files of a project. */
export const files = () => ({
  "app/compose.yaml": [
    "include: [parts/db.yaml]",
    "services:",
    "  api:",
    "    image: api:${TAG}",
    "    env_file: [api.env, {path: more.env, required: false}]",
    "    environment: {DB_URL: '$DB_URL', API_TOKEN: canary-in-the-text}",
    "    secrets: [key]",
    "secrets: {key: {file: key.txt}}",
    "",
  ].join("\n"),
  "app/compose.override.yaml": "services: {api: {labels: {a: b}}}\n",
  "app/parts/db.yaml": "services: {db: {image: 'db:16'}}\n",
  "app/api.env": "MODE_TOKEN=canary-of-env-file\n",
  "app/key.txt": "canary-of-secret-file\n",
});

/** Makes the arguments of a resource with the project of `files`. */
export const news = (more: Record<string, unknown> = {}) => ({
  composeFile: "app",
  variables: { TAG: "v1", DB_URL: "canary-of-variable" },
  $secrets: ["variables", "variables.DB_URL"],
  $scope: "scope",
  $urn: "urn:x",
  $program: { directory: "/p" },
  ...more,
});

/**
 * Makes local files in memory. `process` makes the `Projects` of a new provider process that reads these files.
 * `checked` checks arguments in such a process.
 */
export function machine(contents: Record<string, string> = files()) {
  const process = () => createProjects(memoryPorts(contents));
  const checked = (projects: Projects = process(), given = news(), olds: Record<string, unknown> = {}) => {
    // The secret in the text causes a warning, which these tests ignore.
    const { inputs, failures, warnings } = check(olds, { diagnostics: { LYC2602: "off" }, ...given }, projects);
    return { inputs, reported: [...failures.map(({ reason }) => reason), ...warnings].join("\n"), failures };
  };
  return { contents, process, checked };
}

/** Makes the outputs that a state records for inputs. */
export const outputsOf = (inputs: Record<string, unknown>) => {
  const { key: _key, ...identity } = identify(parseInputs(inputs));
  return identity as ExecutionOutputs;
};
/** Returns why a change of the inputs starts a new run. */
export const reasons = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  reasonsForNewRun(outputsOf(before), parseInputs(after), parseInputs(before));
