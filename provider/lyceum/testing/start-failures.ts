import type { LyceumError } from "../errors";
import type { StartOutcome } from "../port";
import type { Answer } from "./server";

/** The error of a start that did not succeed. */
export const errorOf = (outcome: StartOutcome): LyceumError => {
  if (outcome.kind === "started") throw new Error("it was started");
  return outcome.error;
};

/** A secret of two lines that a resource declares and no request holds. */
export const DECLARED = "declared-canary words\nand its-other-line";

/** An error of the network. */
export function failing(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

/** An answer that ends before its last byte. */
export function cutShort(...[response, , socket]: Parameters<Answer>): void {
  response.writeHead(200, { "content-length": "1000" });
  response.write('{"execution_id":"e-1",', () => socket.destroy());
}
