/**
 * The commands that call Lyceum. In the built package, all of them are in one file: as separate files, each would
 * contain the whole client of Lyceum's API.
 */
export { ci } from "./ci/ci";
export { doctor } from "./doctor/doctor";
export { files } from "./files/files";
export { abort } from "./runs/abort";
export { list } from "./runs/list";
export { logs } from "./runs/logs";
export { report } from "./runs/report";
export { show } from "./runs/show";
