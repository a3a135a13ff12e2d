import * as messages from "@pulumi/pulumi/proto/provider_pb";
import * as statuses from "@pulumi/pulumi/proto/status_pb";
import { InitFailure, ResourceError } from "../../lifecycle";
import { parseRecorded } from "../../schema";
import { badRequest, type Failure, failureOf } from "./failures";
import { inputsOf } from "./translation";
import { received, sent } from "./wire-values";

const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;

afterEach(() => {
  delete process.env.LYCEUM_DEBUG;
});

/** Returns the details of a failure as the engine reads them. */
function detailsOf({ metadata }: Failure) {
  const [bytes] = metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(bytes)) return undefined;
  const status = statuses.Status.deserializeBinary(bytes);
  const [any] = status.getDetailsList();
  const detail = messages.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
  return {
    code: status.getCode(),
    message: status.getMessage(),
    type: any?.getTypeName(),
    id: detail.getId(),
    reasons: detail.getReasonsList(),
    properties: received(detail.getProperties()),
  };
}

test("the failure of a run that missed its desired state has what the engine records", () => {
  const outputs = parseRecorded({ executionId: "run-1", status: "failed", resourceUrn: "urn:x" });
  const inputs = inputsOf(sent({ fileName: "a" }, [["fileName"]]), { urn: "urn:x", scope: "s" }, undefined);
  const failure = failureOf(new InitFailure("run-1", outputs, ["LYC3001: It failed.", "second"]), inputs);
  expect(failure).toMatchObject({ code: UNKNOWN, details: "LYC3001: It failed." });
  expect(detailsOf(failure)).toMatchObject({
    code: UNKNOWN,
    message: "LYC3001: It failed.",
    type: "pulumirpc.ErrorResourceInitFailed",
    id: "run-1",
    reasons: ["LYC3001: It failed.", "second"],
    properties: { values: { executionId: "run-1", status: "failed", fileName: "a" }, secretPaths: [["fileName"]] },
  });
});

const known = new ResourceError("LYC3009", "LYC3009: No such run.", "the trace");

test.each<[string, unknown, string | undefined, object]>([
  ["a known error", known, undefined, { code: UNKNOWN, details: "LYC3009: No such run." }],
  ["a known error, with its trace for a developer", known, "1", { code: UNKNOWN, details: "the trace" }],
  [
    "a bug",
    new TypeError("x is undefined"),
    undefined,
    { details: expect.stringMatching(/^LYC3999: .*x is undefined/) },
  ],
  ["a request that is not valid", badRequest("No."), undefined, { code: INVALID_ARGUMENT, details: "No." }],
])("the engine gets %s as code and message, and records nothing", (_name, error, debug, expected) => {
  if (debug !== undefined) process.env.LYCEUM_DEBUG = debug;
  const failure = failureOf(error);
  expect(failure).toMatchObject(expected);
  expect(detailsOf(failure)).toBeUndefined();
});
