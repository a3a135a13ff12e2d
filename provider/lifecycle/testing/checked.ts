import { checkMaps as checkWith } from "./maps";
import { memoryProjects } from "./projects";

/** `check` in a process without files. */
export const check = (olds: Record<string, unknown>, news: Record<string, unknown>) =>
  checkWith(olds, news, memoryProjects());

/** Arguments that pass. */
export const good = {
  composeFileCode: "services:\n  a:\n    image: busybox\n",
  $scope: "s",
  $urn: "urn:x",
  $secrets: [],
};
/** The failures of a check, each with its property. */
export const reasons = (news: Record<string, unknown>) =>
  check({}, { ...good, ...news }).failures.map(({ property, reason }) => `${property}: ${reason}`);
