/** The public entry point for the resource StoredFiles, for any host: one function for each call of the engine. */
export { checkFiles, type FilesChecked, MADE as MADE_FILES_INPUTS } from "./check";
export { deleteFiles } from "./delete";
export { diffFiles } from "./diff";
export { countOf, namesOf } from "./messages";
export { createFilesMemory, FilesFailure, type FilesPorts } from "./ports";
export { mountsFolder } from "./prefix";
export { readFiles } from "./read";
export type { FilesState } from "./state";
export { createFiles, updateFiles } from "./store";
export { uploadSize } from "./upload-size";
