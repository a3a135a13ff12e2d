/**
 * The public entry point for local files that a resource keeps in the account's bucket: it finds the local files, and
 * stores and removes files in the bucket.
 */
export { excluding } from "./glob";
export { bytesOf, FILES_MANIFEST, hashOf, type ManifestFile, manifestText, readManifest } from "./manifest";
export { type RecordedFile, readRecord, recordText, type StoredRecord } from "./record";
export { readSource, type Source } from "./source";
export { applySync, type DesiredFiles, planSync, SyncFailure, type SyncPlan } from "./sync";
export { writerId } from "./writer";
