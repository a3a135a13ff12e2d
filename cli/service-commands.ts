/** The commands that talk to the service: one file of the package, since all of them need the client. */
export { doctor } from "./doctor/doctor";
export { abort } from "./runs/abort";
export { list } from "./runs/list";
export { logs } from "./runs/logs";
export { report } from "./runs/report";
export { show } from "./runs/show";
