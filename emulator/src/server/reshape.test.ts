import type { ReshapeFault } from "../faults/fault";
import { parseFault } from "../faults/parse";
import { reshape } from "./with-fault";

const none: ReshapeFault = { kind: "reshape" };
const list = { status: 200, body: [{ execution_id: "e-1", status: "running", file_name: "k" }] };

test("keys are dropped, and texts are in capital letters, at any depth", () => {
  const fault = { ...none, drop: ["file_name"], upperCase: ["status"] };
  const expected = [{ execution_id: "e-1", status: "RUNNING" }];
  expect(reshape(list, fault).body).toEqual(expected);
  expect(reshape({ status: 200, body: { executions: list.body } }, fault).body).toEqual({ executions: expected });
});

test("texts get a prefix, and existing keys get a value", () => {
  const fault = { ...none, prefix: { file_name: "lyceum:" }, set: { status: "failed", return_code: 7 } };
  expect(reshape(list, fault).body).toEqual([{ execution_id: "e-1", status: "failed", file_name: "lyceum:k" }]);
});

test("texts are reversed, and keys are renamed", () => {
  const fault = { ...none, reverse: ["execution_id"], rename: { file_name: "display_name" } };
  expect(reshape(list, fault).body).toEqual([{ execution_id: "1-e", status: "running", display_name: "k" }]);
});

test("an empty answer is a 204 without a body", () => {
  expect(reshape(list, { ...none, empty: true })).toEqual({ status: 204, body: "" });
});

test("failures, and answers that are not JSON, are not changed", () => {
  const failed = { status: 404, body: { status: "gone" } };
  const page = { status: 200, body: "status", contentType: "text/html" };
  expect(reshape(failed, { ...none, drop: ["status"], empty: true })).toBe(failed);
  expect(reshape(page, { ...none, empty: true })).toBe(page);
});

test("a reshape holds until it is removed", () => {
  expect(parseFault({ fault: { kind: "reshape", drop: ["status"] } }, [])).toEqual({
    kind: "fault",
    fault: { operation: "*", match: {}, after: 0, times: "always", fault: { ...none, drop: ["status"] } },
  });
});

test.each([
  { drop: "file_name" },
  { upperCase: [1] },
  { prefix: { file_name: 1 } },
  { reverse: "file_name" },
  { rename: { file_name: 1 } },
  { set: ["status"] },
  { empty: "yes" },
  {},
])("a reshape that is not valid, or changes nothing, is refused: %j", (fields) => {
  expect(parseFault({ fault: { kind: "reshape", ...fields } }, []).kind).toBe("wrong");
});
