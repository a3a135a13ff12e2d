import { checked } from "../arguments";
import * as bundles from "./bundle/bundle";
import * as files from "./files/files";
import * as locations from "./files/project-location";
import * as masks from "./print/mask";
import * as printed from "./print/print-model";

export type { OptionTexts } from "../model/option-texts";
export type { Bundle, Bundled } from "./bundle/bundle";
export { OPTION_CODES, PROJECT_CATALOGUE, type ProjectCode } from "./catalogue";
export type { FileError, FileRead, FolderList, PathKind, ProjectFiles } from "./files/files";
export { COMPOSE_NAMES, OVERRIDE_NAMES } from "./files/project-location";
export type { ReadSource } from "./files/reader";
export type { BundleOptions } from "./options";
export type { MountedPath, StoredMount, StoredMounts } from "./stored-paths";
export type { VariableValue } from "./variables/template";

export const bundleProject = /* @__PURE__ */ checked("bundleProject", bundles.bundleProject);
export const bundleText = /* @__PURE__ */ checked("bundleText", bundles.bundleText);
export const fileErrorMessage = /* @__PURE__ */ checked("fileErrorMessage", files.fileErrorMessage);
export const locateProject = /* @__PURE__ */ checked("locateProject", locations.locateProject);
export const mask = /* @__PURE__ */ checked("mask", masks.mask);
export const maskRecorded = /* @__PURE__ */ checked("maskRecorded", masks.maskRecorded);
export const printModel = /* @__PURE__ */ checked("printModel", printed.printModel);
export const projectFolder = /* @__PURE__ */ checked("projectFolder", locations.projectFolder);
export const relativeToFolder = /* @__PURE__ */ checked("relativeToFolder", bundles.relativeToFolder);
export const withoutDigests = /* @__PURE__ */ checked("withoutDigests", masks.withoutDigests);
