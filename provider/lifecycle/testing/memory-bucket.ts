import type { ResultBucket } from "../process/context";
import type { FileInBucket } from "../run/record/artifacts";

/** Makes a bucket in memory. If `behaviour.failing` is set, every call fails with this error. */
export function createMemoryBucket(files: readonly FileInBucket[] = []) {
  const stored = new Map(files.map((file) => [file.key, file]));
  const calls: string[] = [];
  const behaviour: { failing?: Error | undefined } = {};
  const note = (call: string): void => {
    calls.push(call);
    if (behaviour.failing !== undefined) throw behaviour.failing;
  };
  const bucket: ResultBucket = {
    async *list(prefix) {
      note(`list ${prefix}`);
      const keys = [...stored.keys()].filter((key) => key.startsWith(prefix)).sort();
      yield* keys.flatMap((key) => stored.get(key) ?? []);
    },
    async remove(keys) {
      note(`remove ${keys.join(" ")}`);
      for (const key of keys) stored.delete(key);
    },
  };
  return { bucket, stored, calls, behaviour };
}

/** Makes a bucket that fails each call, for a process that must not use the bucket. */
export function noBucket(): ResultBucket {
  const { bucket, behaviour } = createMemoryBucket();
  behaviour.failing = new Error("nothing here uses the bucket");
  return bucket;
}
