/**
 * Texts for messages that name an option of this package, or the store of mounted files. A caller whose users know the
 * options by other names, such as flags of a command, replaces these texts (`RuleSet.texts`).
 */
export const OPTION_TEXTS = {
  /** What the user can do about a path outside the project folder. */
  widerRoot: "Name a wider folder as `root`, or copy the files into the project.",
  /** What the user can do about files that cannot be sent with the Compose text, but may be put into a store. */
  storeOrImage: 'Set `localFiles: "upload"`, or put the files into the image.',
  /** What the user can do about a mount of a path below `~`. No option sends the content of such a path. */
  copyFromHome:
    "Copy what the run needs into the project, pass credentials as variables, or declare a volume under the top-level `volumes:` for what the container writes.",
  /** What the user can do about a project that has only jobs. */
  nameJob: 'Name the job to run: `job: "NAME"`.',
  /** The beginning of the text that shows how to set a variable. */
  variables: "`environment: {",
  /** The name of the store that receives mounted files with `localFiles: "upload"`. */
  store: "the store",
} as const;

/** Texts that replace {@link OPTION_TEXTS}. */
export type OptionTexts = { readonly [Name in keyof typeof OPTION_TEXTS]?: string };
