import type { SecretFinding, SecretPlace } from "../secrets-in";

export type { Certainty, SecretFinding, SecretPlace } from "../secrets-in";
export { secretsIn } from "../secrets-in";

/** A function that finds secrets, and is measured with the corpus. */
export type Detector = (text: string, place?: SecretPlace) => readonly SecretFinding[];
