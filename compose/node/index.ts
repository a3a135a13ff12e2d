/** The entry point for files on the disk. No other entry point needs Node. */
import { checked } from "../arguments";
import * as fromDisk from "./load-project";
import * as watching from "./watched-files";

export { diskFiles } from "./disk";
export type { ObservedFiles, WatchedFiles } from "./watched-files";

export const areSame = /* @__PURE__ */ checked("areSame", watching.areSame);
export const loadProject = /* @__PURE__ */ checked("node.loadProject", fromDisk.loadProject);
export const watchFiles = /* @__PURE__ */ checked("watchFiles", watching.watchFiles);
