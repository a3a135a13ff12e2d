/**
 * The public entry point for the account's bucket: it lists, uploads, downloads and removes files. This module does not
 * know Compose.
 */
export { bucketOf } from "./account-bucket";
export type { Bucket, BucketCall, StoredFile } from "./bucket";
export { StorageError } from "./errors";
export { validPrefix } from "./keys";
export { type LocalFiles, scanFile, scanFolder } from "./local/scan";
export { readText } from "./read-text";
export { downloadFiles, type Fetch } from "./transfer/download";
export { uploadFiles } from "./transfer/upload";
