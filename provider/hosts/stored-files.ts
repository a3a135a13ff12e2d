import { printable } from "../display/printable";
import { createFilesMemory, type FilesChecked, type FilesFailure, type FilesPorts } from "../files/resource";
import { containsUnknown, ResourceError, type Runtime, withArgumentCode } from "../lifecycle";
import { readMountPath } from "../lyceum/configuration/settings";
import type { CheckFailure } from "../schema";
import { StorageError } from "../storage";
import { admitUpload } from "./admission";
import { bucketOfClient } from "./bucket";
import { systemClock } from "./serve";

/**
 * Returns the functions that the resource for stored files needs, such as those for the bucket, the clock and reports.
 * They use the client and the engine of the runtime.
 *
 * @param mountPath returns the setting `s3MountPath`
 */
export function filesPortsOf(runtime: Runtime, mountPath: () => string | undefined): FilesPorts {
  return {
    bucket: () => bucketOfClient(runtime.client()),
    report: runtime.engine.report,
    flush: () => runtime.engine.flush(),
    now: () => systemClock.now(),
    folder: () => process.cwd(),
    mountPath: () => readMountPath(mountPath()),
    isUnknown: containsUnknown,
    admit: (bytes) => admitUpload(runtime, bytes),
    memory: createFilesMemory(),
  };
}

/** Converts an error of the storage to the form that hosts show. Returns other errors unchanged. */
export function fileError(error: unknown): unknown {
  if (!StorageError.isInstance(error)) return error;
  return new ResourceError(error.code, printable(error.message), printable(error.stack ?? error.message));
}

/** Returns why a create or update did not store all files, in the form that hosts show. */
export function failureReason({ reason }: FilesFailure): string {
  return printable(reason);
}

/** Converts the errors of a check to the form that the engine shows. */
export function fileFailures({ failures }: FilesChecked): readonly CheckFailure[] {
  return failures
    .map((failure) => (/^LYC\d{4}: /.test(failure.reason) ? failure : withArgumentCode(failure)))
    .map(({ property, reason }) => ({ property, reason: printable(reason) }));
}
