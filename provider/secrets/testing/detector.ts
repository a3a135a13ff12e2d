import type { SecretFinding, SecretPlace } from "../secrets-in";

export type { Certainty, SecretFinding, SecretPlace } from "../secrets-in";
export { secretsIn } from "../secrets-in";

/** A function that finds secrets, which the corpus measures. */
export type Detector = (text: string, place?: SecretPlace) => readonly SecretFinding[];
