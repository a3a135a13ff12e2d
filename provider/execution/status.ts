/** Status words belong to the API: the client and the probe classify them by the same function. */
export { classifyStatus, hasEnded, isEndKind, kindOf, type StatusFacts } from "../lyceum/status";
