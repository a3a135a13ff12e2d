import { type MemoryBucket, memoryBucket } from "../../../storage/testing/memory-bucket";
import { createFilesMemory, type FilesPorts } from "../ports";

/** The ports of one command, and the messages that the command showed. */
export interface TestPorts extends FilesPorts {
  readonly shown: string[];
}

/** A text that represents an unknown value. */
export const UNKNOWN = "<unknown>";

/** The URN of a StoredFiles resource. */
export const URN = "urn:pulumi:dev::shop::lyceum:index:StoredFiles::data";

/** Makes the ports of a new command. The command's memory is empty, and it uses the given bucket. */
export function portsOf(
  bucket: MemoryBucket = memoryBucket(),
  folder = "/",
  more: Partial<FilesPorts> = {},
): TestPorts {
  const shown: string[] = [];
  const show = (kind: string) => (_urn: string, message: string) => void shown.push(`${kind}: ${message}`);
  return {
    shown,
    bucket: () => bucket,
    report: { progress: show("progress"), notice: show("notice"), warning: show("warning") },
    flush: async () => undefined,
    now: () => Date.now(),
    folder: () => folder,
    mountPath: () => "/mnt/s3",
    isUnknown: (value) => JSON.stringify(value)?.includes(UNKNOWN) === true,
    admit: () => undefined,
    memory: createFilesMemory(),
    ...more,
  };
}
