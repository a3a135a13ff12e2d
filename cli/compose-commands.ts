/**
 * The commands that read Compose projects. The package has one file for both: two files would each contain the Compose
 * reader.
 */
export { bundle } from "./compose/bundle";
export { check } from "./compose/check";
