/** The public entry point for files that services mount: it reads them, stores them for a run, and removes them. */
export { releaseMounts } from "./release";
export { removeMounts } from "./remove";
export { findRun, runFolder, storeMounts } from "./store";
export { createTrees } from "./trees";
