/** The commands about runs: one file of the package, since all of them talk to the service. */
export { report } from "../report/report";
export { abort } from "./abort";
export { list } from "./list";
export { logs } from "./logs";
export { show } from "./show";
