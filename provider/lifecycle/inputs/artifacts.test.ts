import { UNKNOWN_MARKER } from "../../../compose";
import { checkMaps } from "../testing/maps";
import { artifactFailures, localArtifactFailures } from "./artifacts";

const base = { $urn: "urn:x", $scope: "s", composeFileCode: "services: {a: {image: busybox}}" };
const reasonsOf = (map: object) => checkMaps({}, { ...base, ...map }).failures.map(({ reason }) => reason);
const failuresOf = (artifacts: unknown) => reasonsOf({ enableS3Mount: true, artifacts });

test.each([
  [{ model: "out/model.pt", "metrics.json": { path: "metrics.json", onDelete: "delete" } }],
  [{ model: { path: "a", onDelete: null } }],
  [{}],
  [UNKNOWN_MARKER],
  [Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`a${at}`, "x"]))],
  [{ model: UNKNOWN_MARKER, other: { path: UNKNOWN_MARKER, onDelete: UNKNOWN_MARKER } }],
])("%j is allowed", (artifacts) => {
  expect(failuresOf(artifacts)).toEqual([]);
});

test.each([
  [["a"], 'artifacts must be a map of names to paths, such as {model: "out/model.pt"}'],
  [
    { model: "./out/model.pt" },
    'artifacts.model must be relative to the bucket, not to a local folder: "out/model.pt", not "./out/model.pt"',
  ],
  [
    { model: "/mnt/s3/m" },
    'artifacts.model must be relative to the bucket: for /mnt/s3/out/model.pt "out/model.pt", not "/mnt/s3/m"',
  ],
  [{ model: "out/" }, 'artifacts.model must name a file, not the folder "out/"'],
  [
    { model: "out/../m" },
    'artifacts.model must be the path of a file in the bucket, not "out/../m": a part of it is `..`',
  ],
  [{ model: "" }, 'artifacts.model must be a path, such as "out/model.pt"'],
  [{ model: 3 }, 'artifacts.model must be a path, such as "out/model.pt", or {path, onDelete}'],
  [{ model: { key: "a" } }, 'artifacts.model.path must be a path, such as "out/model.pt"'],
  [{ model: { path: "a", onDelete: "remove" } }, 'artifacts.model.onDelete must be "delete" or "leave", not "remove"'],
  [{ "a b": "x" }, 'artifacts has the name "a b"; a name has letters, digits, "_", "-" and "."'],
  [Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`a${at}`, "x"])), "artifacts must have at most 64 files"],
])("%j is refused", (artifacts, reason) => {
  expect(failuresOf(artifacts)).toContain(`LYC4010: ${reason}`);
});

test.each([
  [
    { artifacts: { a: "b" } },
    ["artifacts needs enableS3Mount: true, because a run that does not see the bucket leaves no files in it"],
  ],
  [{ artifacts: { a: "b" }, enableS3Mount: UNKNOWN_MARKER }, []],
  [{ artifacts: { a: "b" }, existingExecutionId: "r1", composeFileCode: undefined }, []],
  [{ artifacts: {} }, []],
  [
    { artifacts: { a: "b" }, enableS3Mount: true, $secrets: ["artifacts"] },
    ["artifacts must not be secret, because messages and the state show the paths"],
  ],
])("the errors of the inputs %j", (map, expected) => {
  expect(reasonsOf(map)).toEqual(expected.map((reason) => `LYC4010: ${reason}`));
});

test("an artifact of a local folder must be in one that a service may write into", () => {
  const mounts = [
    { path: "out", hash: "h", isWritten: true, isFile: false },
    { path: "in", hash: "i", isWritten: false, isFile: false },
  ];
  const artifacts = { a: "./out/x", b: "out/x", c: "./in/x", d: { path: "./none" }, e: UNKNOWN_MARKER, f: 3 };
  expect(localArtifactFailures({ artifacts }, mounts).map(({ reason }) => reason)).toEqual([
    expect.stringContaining('may write into (./out), not "./in/x"'),
    expect.stringContaining('not "./none"'),
  ]);
  expect(localArtifactFailures({}, mounts)).toEqual([]);
  expect(localArtifactFailures({ artifacts: { a: "./x" } }, [])[0]?.reason).toContain("(there is none)");
});

test("with uploaded files, a path may be one of the project, and the bucket is mounted", () => {
  const failures = (path: string) =>
    artifactFailures({ artifacts: { a: path }, localFiles: "upload", enableS3Mount: false }, []).map(
      ({ reason }) => reason,
    );
  expect(failures("./out/b")).toEqual([]);
  expect(failures("out/b")).toEqual([]);
  expect(failures("././b")).toEqual(["artifacts.a is not a path"]);
  expect(failures("./out/")[0]).toContain("must name a file");
});

test("an artifact of a run that is adopted by its id cannot be a path of the project", () => {
  const failures = (existingExecutionId: unknown) =>
    artifactFailures({ artifacts: { a: "./out/b" }, localFiles: "upload", existingExecutionId }, []).map(
      ({ reason }) => reason,
    );
  expect(failures("r1")).toEqual([
    'artifacts.a must be relative to the bucket, not to a local folder: "out/b", not "./out/b"',
  ]);
  expect(failures(UNKNOWN_MARKER)).toEqual([]);
});
