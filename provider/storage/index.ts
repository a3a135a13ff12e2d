/** The account's bucket: what it holds, and how files get into it and out of it. It does not know Compose. */
export { bucketOf } from "./account-bucket";
export type { Bucket, StoredFile } from "./bucket";
export { StorageError } from "./errors";
export { validPrefix } from "./keys";
export { type LocalFiles, scanFile, scanFolder } from "./local/scan";
export { downloadFiles, type Fetch } from "./transfer/download";
export { uploadFiles } from "./transfer/upload";
