import type { Properties } from "../../schema";
import { StorageError } from "../../storage/errors";
import { type RecordedFile, recordText, type StoredRecord } from "..";
import { countOf, namesOf } from "./messages";
import type { FilesPorts } from "./ports";
import { type FilesState, listsOf, RECORDED, recordOf } from "./state";

/**
 * Compares the bucket with the state's list of stored files. Marks missing and changed files in this list, so that the
 * next `up` stores them again.
 *
 * @throws {StorageError} LYC6014 for a resource without a state
 */
export async function readFiles(
  ports: FilesPorts,
  { urn, outputs }: FilesState,
  signal: AbortSignal,
): Promise<Properties> {
  if (outputs[RECORDED.record] === undefined) {
    throw new StorageError("LYC6014", "A bucket does not show which files a program has put there.");
  }
  const record = recordOf(outputs);
  const prefix = String(outputs.prefix);
  const found = await etagsOf(ports, record, prefix, signal);
  const next = withDrift(record, found);
  const missing = keysWith(next, "missing");
  const changed = keysWith(next, "changed");
  if (missing.length > 0)
    ports.report.notice(urn, `${countOf(missing.length, "file")} missing in the bucket: ${namesOf(missing)}.`);
  if (changed.length > 0)
    ports.report.notice(urn, `${countOf(changed.length, "file")} changed in the bucket: ${namesOf(changed)}.`);
  await ports.flush();
  return { ...outputs, [RECORDED.record]: recordText(next, prefix) };
}

/**
 * Returns the list of stored files, with `drift` for each file that is missing or changed in the bucket.
 *
 * @param found the ETags of the files in the bucket, by key
 */
export function withDrift(record: StoredRecord, found: ReadonlyMap<string, string>): StoredRecord {
  const next = new Map<string, RecordedFile>();
  for (const { drift: _former, ...file } of record.values()) {
    const etag = found.get(file.key);
    const drift = etag === undefined ? "missing" : etag === file.etag ? undefined : "changed";
    next.set(file.key, drift === undefined ? file : { ...file, drift });
  }
  return next;
}

async function etagsOf(
  ports: FilesPorts,
  record: StoredRecord,
  prefix: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const one of listsOf(record, prefix))
    for await (const { key, etag } of ports.bucket().list(one, { signal })) if (record.has(key)) found.set(key, etag);
  return found;
}

function keysWith(record: StoredRecord, drift: RecordedFile["drift"]): readonly string[] {
  return [...record.values()].filter((file) => file.drift === drift).map(({ key }) => key);
}
