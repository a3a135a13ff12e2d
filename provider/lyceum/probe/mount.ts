import type { LogLine } from "../port";

/**
 * The `timeout` of the probe's runs, in seconds. It is short, so that Lyceum soon ends a run that the probe could not
 * abort.
 */
export const RUN_TIMEOUT_SECONDS = 10;
/** The path of the bucket in a container, and on the machine that runs the container. */
const MOUNT_PATH = "/mnt/s3";
/** The path at which the service of `volumeText` mounts a folder of the bucket. */
const VOLUME_PATH = "/pulumi-lyceum-probe";

/** A small file in the bucket. A service that can read this file sees the bucket. */
export interface Marker {
  /** The key of the file: a folder and a name. */
  readonly key: string;
  /** The content of the small file. No other file has this content. */
  readonly content: string;
  /** Stores the small file in the bucket. */
  readonly store: () => Promise<StoredMarker>;
  /** Removes the small file. Resolves with true if the file is gone. Never rejects. */
  readonly remove: () => Promise<boolean>;
}

/** The result of `Marker.store`. If storing failed, `code` is the code of the error. */
export type StoredMarker = { readonly kind: "stored" } | { readonly kind: "failed"; readonly code: string };

/** Returns a shell command that prints the content of the small file, or the text `NONE` if the file is not there. */
function look(path: string, { content }: Marker): string {
  return `if grep -q ${content} ${path} 2>/dev/null; then echo ${content}; else echo ${NONE}; fi`;
}

const NONE = "the bucket is not there";

/** The name of the service in `firstText` that ends at once. */
export const SHORT_SERVICE = "short";

/**
 * The Compose text of the first run. One service looks for the small file, prints a line and sleeps. The other service
 * ends at once. `x-lyceum-sim` gives the same result on an emulator without Docker.
 */
export function firstText(marker: Marker | undefined): string {
  const finds = marker === undefined ? "" : `${look(`${MOUNT_PATH}/${marker.key}`, marker)}; `;
  const reads = marker === undefined ? "" : `, read: ["${marker.key}"]`;
  return `services:
  probe:
    image: busybox:stable
    command: ["sh", "-c", "${finds}echo pulumi-lyceum probe; sleep ${RUN_TIMEOUT_SECONDS - 1}"]
  ${SHORT_SERVICE}:
    image: busybox:stable
    command: ["true"]
    x-lyceum-sim: { run: 0, output: [] }
x-lyceum-sim: { run: ${RUN_TIMEOUT_SECONDS - 1}, output: [{ line: pulumi-lyceum probe, at: 0 }]${reads} }
`;
}

/**
 * The Compose text of the second run. Its service mounts a folder of the bucket, and looks for the small file in the
 * folder.
 */
export function volumeText(marker: Marker): string {
  const [folder = "", name = ""] = marker.key.split("/");
  return `services:
  probe:
    image: busybox:stable
    volumes: ["${MOUNT_PATH}/${folder}:${VOLUME_PATH}:ro"]
    command: ["sh", "-c", "${look(`${VOLUME_PATH}/${name}`, marker)}"]
`;
}

/**
 * Returns `seen` if the output of a run shows the content of the probe's small file. Returns `none` if the output shows
 * that the run did not find this file. Otherwise undefined.
 */
export function mountShown(lines: readonly LogLine[] | undefined, content: string): "seen" | "none" | undefined {
  const has = (text: string): boolean => lines?.some(({ message }) => message.includes(text)) === true;
  if (has(content)) return "seen";
  return has(NONE) ? "none" : undefined;
}
