export {
  type LoadOptions,
  loadProject,
  type Project,
  type ProjectBundleOptions,
  type SourcePosition,
  type ValidateOptions,
} from "./load-project";
export { memoryFiles } from "./memory-files";
export type * from "./model.generated";
