import { uploadOfMounts } from "./recorded-uploads";

const mount = (hash: string, more: object = {}) => ({
  path: hash,
  hash,
  isWritten: false,
  isFile: false,
  fileCount: 2,
  bytes: 30,
  ...more,
});
const inputsOf = (mounts: readonly object[], more: object = {}) => ({
  localFiles: "upload",
  composeFile: "compose.yaml",
  __composeRecord: { mounts },
  ...more,
});

test.each<[string, Record<string, unknown>, Record<string, unknown>, object | undefined]>([
  ["a first start, everything", inputsOf([mount("a"), mount("b")]), {}, { files: 4, bytes: 60 }],
  [
    "a later start, what has changed",
    inputsOf([mount("a"), mount("b")]),
    inputsOf([mount("a")]),
    { files: 2, bytes: 30 },
  ],
  [
    "a later start, what a service may write, too",
    inputsOf([mount("a", { isWritten: true })]),
    inputsOf([mount("a", { isWritten: true })]),
    { files: 2, bytes: 30 },
  ],
  [
    "a start whose mounts were recorded without numbers, unknown numbers as none",
    inputsOf([mount("a", { fileCount: undefined, bytes: undefined })]),
    {},
    { files: 0, bytes: 0 },
  ],
  ["an adopted run, nothing", inputsOf([mount("a")], { existingExecutionId: "run-1" }), {}, { files: 0, bytes: 0 }],
  ["a run without uploads, nothing", inputsOf([mount("a")], { localFiles: "error" }), {}, { files: 0, bytes: 0 }],
  ["a project that is not known yet is not known", { localFiles: "upload" }, {}, undefined],
])("of %s is stored", (_name, inputs, before, expected) => {
  expect(uploadOfMounts(inputs, before)).toEqual(expected);
});
