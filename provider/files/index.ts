/** Local files that are kept in the account's bucket: what they are, what has to be sent and removed, and how. */
export { excluding } from "./glob";
export { bytesOf, hashOf, type ManifestFile, manifestText, readManifest } from "./manifest";
export { type RecordedFile, readRecord, recordText, type StoredRecord } from "./record";
export { readSource, type Source } from "./source";
export { applySync, type DesiredFiles, planSync, SyncFailure, type SyncPlan } from "./sync";
