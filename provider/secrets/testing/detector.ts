import type { SecretFinding, SecretPlace } from "../secrets-in";

export type { Certainty, SecretFinding, SecretPlace } from "../secrets-in";
export { secretsIn } from "../secrets-in";

/** A function that finds secrets. The corpus measures it. */
export type Detector = (text: string, place?: SecretPlace) => readonly SecretFinding[];
