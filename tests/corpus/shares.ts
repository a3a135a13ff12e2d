import type { Bundled } from "../../compose/project";
import { createUploads } from "../../provider/hosts/uploads";
import { prepareMounts } from "../../provider/lifecycle/inputs/mounts";
import { isMap, mapAt } from "../differential/json";
import { bundleOurs } from "../differential/pulumi-lyceum";
import type { ComparedProject } from "./compare";

/**
 * Codes of errors that Docker would report only when it starts the project. `docker compose config` accepts such a
 * project.
 */
const refusedByDocker = /^LYC(?:(?:2102|2107|2210|2211|2223) |21(?:05|10) \S+\.ulimits\.)/;

/** Whether Lyceum could run a project, and under which conditions. */
export interface Runnable {
  /** Whether Compose accepts the project, and Docker could start it. */
  readonly startable: boolean;
  /** Whether the project has a service with `build` and without `image`. */
  readonly built: boolean;
  readonly plain: boolean;
  readonly inline: boolean;
  /** Whether the project could run with inline files, and with an image for each service with `build`. */
  readonly images: boolean;
  /** Whether the project could run with uploaded files and these images. */
  readonly uploaded: boolean;
  /** The codes of the errors that remain with inline files and these images. */
  readonly codes: readonly string[];
  /** The errors about local files that remain with uploaded files and these images. */
  readonly notUploaded: readonly string[];
}

/** A bundle of the project, with or without inline files. All files of the repository may be read. */
export function bundleOf({ found, project }: ComparedProject, inline: boolean): Bundled {
  return bundleOurs(project, found.folder, { root: found.root, ...(inline ? { localFiles: "inline" as const } : {}) });
}

/**
 * A bundle of the project with its local files inline, and with an image from elsewhere for each service that is built.
 */
export function bundleWithImages(compared: ComparedProject): Bundled {
  const { found, project } = compared;
  return bundleOurs(project, found.folder, { root: found.root, localFiles: "inline", images: imagesOf(compared) });
}

/** Returns a bundle like `bundleWithImages`, but with uploaded files, which are read as for a start. */
export async function bundleUploaded(compared: ComparedProject): Promise<Bundled> {
  const { found, project } = compared;
  const options = { root: found.root, localFiles: "upload" as const, images: imagesOf(compared) };
  const { mounted, folder, root } = bundleOurs(project, found.folder, options);
  const { stored } = await prepareMounts(mounted, { folder, root, scope: "corpus", resource: "corpus/" }, uploads);
  return bundleOurs(project, found.folder, { ...options, storedMounts: stored });
}

const none = (): never => {
  throw new Error("Nothing is stored here.");
};
const uploads = createUploads({
  admit: () => undefined,
  bucket: none,
  report: { progress: none, notice: none, warning: none },
  now: () => Date.now(),
  mountPath: none,
});

function imagesOf({ theirs }: ComparedProject) {
  const services = theirs.accepted ? Object.entries(mapAt(theirs.model, "services")) : [];
  const built = services.filter(([, service]) => isMap(service) && "build" in service);
  const image = { text: `registry.example/built@sha256:${"0".repeat(64)}`, secret: false };
  return new Map(built.map(([name]) => [name, image]));
}

/** The results of bundling a project in each way. */
export function runnable(
  compared: ComparedProject,
  { plain, inline, images, uploaded }: Readonly<Record<"plain" | "inline" | "images" | "uploaded", Bundled>>,
): Runnable {
  const { ours, theirs } = compared;
  const atDocker = !ours.accepted && ours.reasons.some((reason) => refusedByDocker.test(reason));
  return {
    startable: theirs.accepted && !atDocker,
    built: theirs.accepted && servicesOf(compared).some((service) => "build" in service && !("image" in service)),
    plain: plain.bundle !== undefined,
    inline: inline.bundle !== undefined,
    images: images.bundle !== undefined,
    uploaded: uploaded.bundle !== undefined,
    notUploaded: uploaded.diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ code, message }) => `${code} ${message}`),
    codes: [...new Set(images.diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))],
  };
}

function servicesOf({ theirs }: ComparedProject) {
  return theirs.accepted ? Object.values(mapAt(theirs.model, "services")).filter(isMap) : [];
}
