/** The public entry point for files that services mount: it reads them, stores them for a run, and removes them. */
export { type Removed, type RemovedFiles, removeMounts } from "./remove";
export { findRun, type MountedFiles, type StoreProgress, storeMounts } from "./store";
export { createTrees, type Tree, type TreePath } from "./trees";
