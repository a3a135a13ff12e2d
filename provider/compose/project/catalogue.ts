import type { CatalogueEntry } from "../catalogue";
import { type ValidationCode, validationCatalogue } from "../validate/catalogue";

/**
 * Diagnostics of a project: of its files, and of what puts them together. LYC25xx; what Compose says of a single text
 * keeps the code that it has there.
 */
export const projectCatalogue = {
  ...validationCatalogue,
  LYC2501: {
    severity: "error",
    title: "file that cannot be read",
    remedy: "Correct the path, or make sure that the file exists when the program runs.",
  },
  LYC2502: {
    severity: "error",
    title: "project over its bounds",
    remedy: "Move bulky content into an image or an object store, and keep the project small.",
  },
  LYC2503: {
    severity: "error",
    title: "path outside the project folder",
    remedy: "Keep the files of a project below its folder, or name a wider one as `composeRoot` (`--root`).",
  },
  LYC2504: {
    severity: "error",
    title: "files or services in a circle",
    remedy: "Take one of them out of the circle.",
  },
  LYC2505: {
    severity: "error",
    title: "extended service that is not defined",
    remedy: "Define the service in the file that `extends` names, or correct its name.",
  },
  LYC2506: {
    severity: "error",
    title: "included name that is taken",
    remedy: "Rename one of the two, or change the included one in an override file.",
  },
  LYC2507: {
    severity: "error",
    title: "values that cannot be merged",
    remedy: "Write both in the same form, or put `!override` in front of the later one.",
  },
  LYC2508: {
    severity: "error",
    title: "line of an env file that cannot be read",
    remedy: "Write NAME=value, with the value in quotes when it holds signs.",
  },
  LYC2509: {
    severity: "error",
    title: "no compose file",
    remedy: "Name a file, or add compose.yaml to the folder.",
  },
  LYC2510: {
    severity: "error",
    title: "file of another machine",
    remedy: "Copy the file into the project.",
  },
  LYC2511: {
    severity: "error",
    title: "content that no text can carry",
    remedy: "Put the file into the image, or encode it as text (base64) and decode it in the container.",
  },
  LYC2512: {
    severity: "error",
    title: "content for a read-only container",
    remedy: "Take `read_only` out, or put the file into the image: Docker cannot write into such a container.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** The stable code of a diagnostic that loading a project can find. */
export type ProjectCode = keyof typeof projectCatalogue | ValidationCode;
