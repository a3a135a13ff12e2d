export { type Bundle, type Bundled, type BundleOptions, bundleProject } from "./bundle";
export { type ProjectCode, projectCatalogue } from "./catalogue";
export { diskFiles } from "./disk";
export type { FileRead, ProjectFiles } from "./files";
export type { ReadSource } from "./reader";
export type { VariableValue } from "./template";
