/** The public entry point for projects whose files are on the disk. No other public entry point needs Node.js. */
import { checked } from "../arguments";
import * as fromDisk from "./load-project";
import * as watching from "./watched-files";

export { diskFiles } from "./disk";
export type { ObservedFiles, WatchedFiles } from "./watched-files";

export const areSame = /* @__PURE__ */ checked("areSame", watching.areSame);
export const loadProject = /* @__PURE__ */ checked("node.loadProject", fromDisk.loadProject);
export const watchFiles = /* @__PURE__ */ checked("watchFiles", watching.watchFiles);
