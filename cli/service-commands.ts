/** The commands that talk to the service, those of pipelines too: one file of the package, since all of them need the client. */
export { ci } from "./ci/ci";
export { doctor } from "./doctor/doctor";
export { abort } from "./runs/abort";
export { list } from "./runs/list";
export { logs } from "./runs/logs";
export { report } from "./runs/report";
export { show } from "./runs/show";
