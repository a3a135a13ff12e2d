/** What the client takes of `provider/secrets`: every text of an answer or an error goes through it before it is cut. */
export type { Redactor } from "../secrets";
export { createRedactor, REDACTED, redactMessages } from "../secrets";
