/** The public entry point for files that services mount: it reads them, stores them for a run, and removes them. */
export { removeMounts } from "./remove";
export { findRun, storeMounts } from "./store";
export { createTrees } from "./trees";
