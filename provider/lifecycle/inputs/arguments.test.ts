import { projectArgumentFailures } from "./arguments";

const reasonsOf = (composeFile: string) => projectArgumentFailures({ composeFile }).map(({ reason }) => reason);

test.each([
  ["My runs: v2/compose.yaml"],
  ["My runs: v2.yaml"],
  ["runs: v2/compose.yaml"],
  ["~old/compose.yaml"],
  ["~x"],
])("%s may be a path", (path) => expect(reasonsOf(path)).toEqual([]));

test.each([
  ["services: {a: {image: busybox}}", "the text of a Compose file"],
  ["services:\n  a: {image: x/y}\n", "the text of a Compose file"],
  ["~/compose.yaml", "only a shell"],
  ["~", "only a shell"],
])("%j is no path", (text, reason) => expect(reasonsOf(text)).toEqual([expect.stringContaining(reason)]));
