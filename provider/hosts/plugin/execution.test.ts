import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { detailedDiff } from "./execution";

const { Kind } = messages.PropertyDiff;
const { DiffChanges } = messages.DiffResponse;
const triggers = { path: "triggers[0]", kind: "update", replaces: true, of: "inputs" } as const;
const timeout = { path: "timeout", kind: "add", replaces: false, of: "inputs" } as const;
const status = { path: "status", kind: "update", replaces: false, of: "outputs" } as const;
const executionId = { path: "executionId", kind: "update", replaces: true, of: "outputs" } as const;

function shown(response: messages.DiffResponse) {
  const details: [string, number, boolean][] = [];
  response.getDetaileddiffMap().forEach((property: messages.PropertyDiff, path: string) => {
    details.push([path, property.getKind(), property.getInputdiff()]);
  });
  return {
    changes: response.getChanges(),
    deletesFirst: response.getDeletebeforereplace(),
    replaces: response.getReplacesList(),
    details: details.sort(),
    hasDetails: response.getHasdetaileddiff(),
  };
}

test("a difference without an effect is not a change", () => {
  expect(shown(detailedDiff({ kind: "same", changed: [timeout] }))).toMatchObject({
    changes: DiffChanges.DIFF_NONE,
    details: [],
  });
});

test("a replacement deletes first, and names its causes and the other differences", () => {
  expect(shown(detailedDiff({ kind: "replace", why: "w", changed: [triggers, timeout] }))).toEqual({
    changes: DiffChanges.DIFF_SOME,
    deletesFirst: true,
    replaces: ["triggers"],
    details: [
      ["timeout", Kind.ADD, true],
      ["triggers[0]", Kind.UPDATE_REPLACE, true],
    ],
    hasDetails: true,
  });
});

test("a replacement that the run's own state causes names no input", () => {
  expect(shown(detailedDiff({ kind: "replace", why: "w", changed: [executionId] }))).toMatchObject({
    replaces: ["executionId"],
    details: [["executionId", Kind.UPDATE_REPLACE, false]],
  });
});

test("an update that the run's own state causes names no property: replaceOnChanges would replace the run", () => {
  expect(shown(detailedDiff({ kind: "update", why: "w", changed: [status] }))).toEqual({
    changes: DiffChanges.DIFF_SOME,
    deletesFirst: true,
    replaces: [],
    details: [],
    hasDetails: false,
  });
});
