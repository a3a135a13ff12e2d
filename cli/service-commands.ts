/**
 * The commands that call Lyceum. The package has one file for all of them: separate files would each contain the
 * client.
 */
export { ci } from "./ci/ci";
export { doctor } from "./doctor/doctor";
export { files } from "./files/files";
export { abort } from "./runs/abort";
export { list } from "./runs/list";
export { logs } from "./runs/logs";
export { report } from "./runs/report";
export { show } from "./runs/show";
