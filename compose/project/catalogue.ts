import { error, warning, withCodes } from "../diagnostics/catalogue";
import { VALIDATION_CATALOGUE } from "../validate/catalogue";

/**
 * Diagnostics of a project. LYC23xx: local files, the project folder, profiles and variables. LYC25xx: the files of the
 * project, their merge, and the options `images` and `job`. A diagnostic that also exists for a single text has the
 * same code for a project.
 */
export const PROJECT_CATALOGUE = withCodes(VALIDATION_CATALOGUE, {
  LYC2303: error(
    "mount of a local path",
    'Set `localFiles: "inline"` to send small text files with the text, or `"upload"` to store the files elsewhere. Or put the files into the image, and keep what the container writes in a named volume.',
  ),
  LYC2311: warning("local file that is copied to the run", "Make sure that everyone who gets the text may have it."),
  LYC2312: warning(
    "local folder that becomes a named volume",
    "Let the container copy results that you need to an object store: nothing comes back into the folder.",
  ),
  LYC2313: warning(
    "path of this machine's project folder in the text",
    "Write a path of the container, or give the variable `PWD` a value: the text would be another on another machine.",
  ),
  LYC2314: warning(
    "omitted mount of files that the image already has",
    "Make sure that the image has the files that the run needs.",
  ),
  LYC2315: warning(
    "local path that the run has in the store",
    "Check that the store may keep these files. What the run writes there stays in the store.",
  ),
  LYC2316: error("profile that no service has", "Name a profile of the project."),
  LYC2317: warning("variable that may be misspelt", "Correct the name of the variable, or remove it."),
  LYC2501: error("file that cannot be read", "Correct the path, or create the file."),
  LYC2502: error(
    "project larger than its limits",
    "Move bulky content into an image or an object store, and keep the project small.",
  ),
  LYC2503: error(
    "path outside the project folder",
    "Keep the files of a project below its folder, or name a wider one as `root`.",
  ),
  LYC2504: error(
    "files or services that refer to each other in a circle",
    "Remove one of the references that form the circle.",
  ),
  LYC2505: error(
    "extended service that is not defined",
    "Define the service in the file that `extends` names, or correct its name.",
  ),
  LYC2506: warning(
    "included name that the project already has",
    "Rename one of the two if they are different things. Docker Compose before 5.0.0 refuses the file.",
  ),
  LYC2507: error(
    "values that cannot be merged",
    "Write both in the same form, or put `!override` in front of the later one.",
  ),
  LYC2508: error(
    "line of an env file that cannot be read",
    "Write NAME=value, with the value in quotes if it contains special characters.",
  ),
  LYC2509: error("no compose file", "Name a file, or add compose.yaml to the folder."),
  LYC2510: error("file of another machine", "Copy the file into the project."),
  LYC2511: error(
    "content that a text cannot contain",
    "Put the file into the image, or encode it as text (base64) and decode it in the container.",
  ),
  LYC2512: error(
    "content for a read-only container",
    "Remove `read_only`, or put the file into the image: Docker cannot write into such a container.",
  ),
  LYC2513: error(
    "image for a service that does not exist",
    "Name a service of the project, or the `image` that services of one build share.",
  ),
  LYC2514: error("job that is not named, or does not exist", "Name a job of the project, or one of its services."),
});

/** The code of a diagnostic that loading a project can report. */
export type ProjectCode = keyof typeof PROJECT_CATALOGUE;

/**
 * The codes of diagnostics about an option, such as `images`. The path of most of these diagnostics begins with the
 * name of the option.
 */
export const OPTION_CODES: ReadonlySet<string> = new Set(["LYC2316", "LYC2317", "LYC2513", "LYC2514"]);
