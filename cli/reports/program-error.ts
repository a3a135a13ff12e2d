/** The code under which annotations and SARIF logs show an error of a Pulumi program. */
export const PROGRAM_ERROR = {
  code: "LYC5020",
  title: "The Pulumi program has an error",
  remedy: "Correct the program at this line.",
  severity: "error",
} as const;
