/**
 * Texts that name an option of this package, or the place where a caller stores files. The users of a caller may set
 * such an option with other names, such as flags of a command. So a caller can replace each text (`RuleSet.texts`).
 */
export const OPTION_TEXTS = {
  /** What the user can do about a path outside the project folder. */
  widerRoot: "Name a wider folder as `root`, or copy the files into the project.",
  /** What the user can do about files that do not fit into a text, but can be stored elsewhere. */
  storeOrImage: 'Set `localFiles: "upload"`, or put the files into the image.',
  /** What the user can do about a mount of a path below `~`. No option sends the content of such a path. */
  copyFromHome:
    "Copy what the run needs into the project, pass credentials as variables, or declare a volume under the top-level `volumes:` for what the container writes.",
  /** What the user can do about a project that has only jobs. */
  nameJob: 'Name the job to run: `job: "NAME"`.',
  /** The beginning of the text that shows how to set a variable. */
  variables: "`environment: {",
  /** The place where mounted files are stored with `localFiles: "upload"`. */
  store: "the store",
} as const;

/** The texts that a caller replaces, by their names in {@link OPTION_TEXTS}. */
export type OptionTexts = { readonly [Name in keyof typeof OPTION_TEXTS]?: string };
