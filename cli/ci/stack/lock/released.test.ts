import { pastReleasedLock } from "./released";

const FOLDER = "stat states/.pulumi/locks/organization/training/dev/1.json: no such file or directory";
const BUCKET =
  "operation error S3: GetObject, https response error StatusCode: 404, RequestID: , HostID: , NoSuchKey: The specified key does not exist.";
/** The message of an update of which the Pulumi CLI has read a lock that was gone. */
const updateOf = (first: string, second = "NotFound") =>
  `code: 1\nstdout: \nstderr: error: 2 errors occurred:\n    1) ${first}\n    2) ${second}\n`;
const CREATION =
  'code: 255\nstderr: error: could not create stack: blob (key ".pulumi/locks/organization/training/dev/1.json") (code=NotFound): no\n';

/** Runs a command that fails `times` times with the message. Returns the number of its runs, and its result. */
async function played(message: string, times: number, hasBegun = false): Promise<readonly [number, string]> {
  let runs = 0;
  const work = async () => {
    runs += 1;
    if (runs <= times) throw Object.assign(new Error(message), { name: "CommandError" });
    return "done";
  };
  const result = await pastReleasedLock(work, () => hasBegun).catch((error: unknown) => String(error));
  return [runs, result === "done" ? "done" : "failed"];
}

test.each<[string, string, number, boolean, readonly [number, string]]>([
  ["an update, with the state in a folder", updateOf(FOLDER), 1, false, [2, "done"]],
  ["an update, with the state in a bucket", updateOf(BUCKET), 4, false, [5, "done"]],
  ["the creation of a stack", CREATION, 1, false, [2, "done"]],
  ["the lock of each of five tries is released", updateOf(BUCKET), 5, false, [5, "failed"]],
  ["an update that has begun", updateOf(BUCKET), 1, true, [1, "failed"]],
  ["a second error of another kind", updateOf(BUCKET, "PermissionDenied"), 1, false, [1, "failed"]],
  ["another error", "code: 255\nstderr: error: no stack named dev: NotFound\n", 1, false, [1, "failed"]],
])(
  "a command of the CLI runs again after a lock that is just released: %s",
  async (_what, message, times, begun, end) => {
    expect(await played(message, times, begun)).toEqual(end);
  },
);
