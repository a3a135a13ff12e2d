import type { Properties } from "../../../schema";
import { StorageError } from "../../../storage";
import type { MemoryBucket } from "../../../storage/testing/memory-bucket";
import { checkFiles, createFiles, deleteFiles, diffFiles, type FilesState, readFiles, updateFiles } from "..";
import { FilesFailure, type FilesPorts } from "../ports";
import { portsOf, type TestPorts, URN } from "./ports";

/** A signal that never fires. */
export const signal = new AbortController().signal;
/** The secret of the test stack. */
export const SCOPE = "secret";

/** A stack with one resource. Each command gets new ports with an empty cache, like a new provider process. */
export class Stack {
  state: FilesState | undefined;
  inputs: Properties | undefined;
  ports: TestPorts;

  constructor(
    readonly bucket: MemoryBucket,
    readonly folder: string,
    readonly urn = URN,
    readonly scope = SCOPE,
  ) {
    this.ports = portsOf(bucket, folder);
  }

  /** Runs `up`: check, diff, and create or update, as the engine does. Returns which steps were made. */
  async up(news: Properties, ports: Partial<FilesPorts> = {}): Promise<"same" | "created" | "updated"> {
    this.ports = portsOf(this.bucket, this.folder, ports);
    const { inputs, failures } = await checkFiles(this.ports, { urn: this.urn, olds: this.inputs ?? {}, news });
    if (failures[0] !== undefined) throw new Error(failures[0].reason);
    if (this.state !== undefined && (await diffFiles(this.ports, this.state, inputs)).kind === "same") {
      this.inputs = inputs;
      return "same";
    }
    const isNew = this.state === undefined;
    try {
      const { id, outputs } =
        this.state === undefined
          ? await createFiles(this.ports, { urn: this.urn, scope: this.scope, news: inputs, signal })
          : await updateFiles(this.ports, this.state, inputs, signal);
      this.state = { id, urn: this.urn, outputs };
      this.inputs = inputs;
    } catch (error) {
      if (error instanceof FilesFailure) {
        this.state = { id: error.id, urn: this.urn, outputs: error.outputs };
        if (isNew) this.inputs = inputs;
      }
      throw error;
    }
    return isNew ? "created" : "updated";
  }

  async refresh(): Promise<void> {
    if (this.state === undefined) throw new Error("There is no state.");
    this.ports = portsOf(this.bucket, this.folder);
    this.state = { ...this.state, outputs: await readFiles(this.ports, this.state, signal) };
  }

  async destroy(): Promise<void> {
    if (this.state === undefined) return;
    this.ports = portsOf(this.bucket, this.folder);
    await deleteFiles(this.ports, this.state, signal);
    this.state = undefined;
  }
}

/** The keys of all files in a bucket, sorted. */
export const keysIn = (bucket: MemoryBucket): readonly string[] => [...bucket.contents.keys()].sort();

/** Ports with a bucket that accepts `uploads` uploads. Every later upload fails with `error`. */
export function failingAfter(bucket: MemoryBucket, uploads: number, error: unknown): Partial<FilesPorts> {
  let sent = 0;
  return {
    bucket: () => ({
      ...bucket,
      upload: async (...call: Parameters<MemoryBucket["upload"]>) => {
        sent += 1;
        if (sent > uploads) throw error;
        return bucket.upload(...call);
      },
    }),
  };
}

/** The error of a bucket that is full. */
export const FULL = new StorageError("LYC6003", "Storing p/b.txt failed: 507 InsufficientStorage.");
