import type { Bundled } from "../../provider/compose/project";
import { isMap, mapAt } from "../differential/json";
import { bundleOurs } from "../differential/pulumi-lyceum";
import type { ComparedProject } from "./compare";

/** What Docker would refuse when it starts the project, though `docker compose config` accepts it. */
const refusedByDocker = /^LYC(?:2102|2210|2211|2223) /;

/** Whether a project runs here, and what it asks for that this depends on. */
export interface Runnable {
  /** Whether Compose accepts it, and Docker could start it. */
  readonly startable: boolean;
  /** Whether it has a service that is built and has no image. */
  readonly built: boolean;
  readonly plain: boolean;
  readonly inline: boolean;
  /** The codes of the errors that are left with inline files. */
  readonly codes: readonly string[];
}

/** A project made self-contained, with its local files inline or not. The whole repository may be read. */
export function bundleOf({ found, project }: ComparedProject, inline: boolean): Bundled {
  return bundleOurs(project, found.folder, { root: found.root, ...(inline ? { localFiles: "inline" as const } : {}) });
}

/** What the two ways of bundling a project say about it. */
export function runnable(compared: ComparedProject, plain: Bundled, inline: Bundled): Runnable {
  const { ours, theirs } = compared;
  const atDocker = !ours.accepted && ours.reasons.some((reason) => refusedByDocker.test(reason));
  return {
    startable: theirs.accepted && !atDocker,
    built: theirs.accepted && servicesOf(compared).some((service) => "build" in service && !("image" in service)),
    plain: plain.bundle !== undefined,
    inline: inline.bundle !== undefined,
    codes: [...new Set(inline.diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))],
  };
}

function servicesOf({ theirs }: ComparedProject) {
  return theirs.accepted ? Object.values(mapAt(theirs.model, "services")).filter(isMap) : [];
}
