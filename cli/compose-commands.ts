/** The commands that read Compose projects. They are one file in the package, because both need the Compose reader. */
export { bundle } from "./compose/bundle";
export { check } from "./compose/check";
