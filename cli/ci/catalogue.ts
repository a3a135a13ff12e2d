import { INVALID_POLICY } from "../../provider/policy";
import { NOT_PREVIEWED, NOT_REVIEWED } from "../../provider/policy/reviewed";
import { PROGRAM_ERROR } from "../reports/program-error";

/** Titles and remedies of the errors of `ci`. `docs/reference/errors.md` lists them. */
export const CI_CATALOGUE = {
  LYC5001: {
    title: "The Automation API of Pulumi cannot be found",
    remedy: "Run `npm install @pulumi/pulumi` in the folder of the Pulumi project.",
  },
  LYC5002: {
    title: "The Pulumi CLI cannot be run",
    remedy: "Install it (https://www.pulumi.com/docs/install/) and put its folder on PATH.",
  },
  LYC5003: {
    title: "Another command has locked the stack",
    remedy:
      "Run the command again when the other one has ended, or raise --lock-wait. If the other one was killed, first make sure that it no longer runs, because two commands at once lose resources. Then remove its lock with `pulumi cancel`, or, if the stack does not exist yet, remove the lock below `.pulumi/locks` of the backend.",
  },
  LYC5004: {
    title: "A killed command left operations, and Pulumi does not know whether they took effect",
    remedy:
      "Check whether each operation took effect. `npx pulumi-lyceum list` shows the active runs, and `npx pulumi-lyceum abort ID` ends a run. Then run `pulumi refresh --clear-pending-creates`.",
  },
  LYC5005: {
    title: "The stack does not exist, and Pulumi cannot create it",
    remedy:
      "A preview of a stack that does not exist creates the stack for a short time. If the role of this pipeline may only read the state, create the stack once with another role: `pulumi stack init NAME`, or the first `npx pulumi-lyceum ci apply`.",
  },
  LYC5006: {
    title: "The program and the state have different settings for the end of a run",
    remedy:
      "Nothing was destroyed. Run `pulumi up` or `npx pulumi-lyceum ci apply` to record the settings of the program, and destroy again. Without --run-program, `ci destroy` uses the settings in the state.",
  },
  LYC5010: {
    title: "The file of the review cannot be used",
    remedy:
      "Nothing was changed. Write the file with `npx pulumi-lyceum ci preview --save FILE` on the same project and stack, and pass it on unchanged.",
  },
  LYC5011: {
    title: "The plan goes beyond what was reviewed",
    remedy:
      "Nothing was changed. If the differences are intended, run `npx pulumi-lyceum ci preview --save FILE` again and have them reviewed.",
  },
  [NOT_REVIEWED.code]: NOT_REVIEWED,
  LYC5013: {
    title: "The update did more than was reviewed",
    remedy:
      "These changes have already happened, so check each difference. The program may declare other values each time it runs, for example because it reads a clock. Make these values the same in each run.",
  },
  [NOT_PREVIEWED.code]: NOT_PREVIEWED,
  [PROGRAM_ERROR.code]: PROGRAM_ERROR,
  LYC5100: INVALID_POLICY,
} as const satisfies Readonly<
  Record<`LYC50${string}` | "LYC5100", { readonly title: string; readonly remedy: string }>
>;

/** The code of an error of the commands for pipelines. */
export type CiCode = keyof typeof CI_CATALOGUE;

/** An error with a code. The message says what to do next. */
export class CiError extends Error {
  override readonly name = "CiError";

  /** @param detail a sentence about what happened; default: the title in the catalogue */
  constructor(
    readonly code: CiCode,
    detail: string = `${CI_CATALOGUE[code].title}.`,
  ) {
    super(`${code}: ${detail} ${CI_CATALOGUE[code].remedy}`);
  }
}
