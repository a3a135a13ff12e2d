import type { CheckFailure } from "../schema";

/** The error of every argument that check refuses; `docs/reference/errors.md` lists it, and a test holds the two together. */
export const ARGUMENT_ERROR = {
  code: "LYC4010",
  title: "An argument is not valid",
  remedy: "Correct the argument that the message shows.",
} as const;

/** A failure of an argument as a person is shown it: the code, then the argument by its name or by a path into it. */
export function withArgumentCode({ property, reason }: CheckFailure): CheckFailure {
  return { property, reason: `${ARGUMENT_ERROR.code}: ${reason}` };
}
