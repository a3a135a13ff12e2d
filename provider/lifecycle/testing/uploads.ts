import type { ExecutionInputs } from "../run/inputs";
import type { PreparedMount, Uploads } from "../run/uploads";
import { someInputs } from "./world";

/** A folder that a service may write into. */
const MOUNT: PreparedMount = {
  path: "out",
  hash: "h1",
  isWritten: true,
  isFile: false,
  local: { path: "/p/out", root: "/p", kind: "folder" },
  content: "c1",
  leave: [],
};

/** Makes inputs whose text mounts one folder that is stored in the bucket. */
export const inputsWithMount = (more: Record<string, unknown> = {}): ExecutionInputs => ({
  ...someInputs({ waitFor: "accepted", ...more }),
  composeText: "services: {a: {image: i, volumes: ['/mnt/s3/RUN/h1:/out']}}",
  uploads: [MOUNT],
});

const unused = (): never => {
  throw new Error("not used here");
};

/** Makes uploads with these calls. Every other call fails the test. */
export const uploadsWith = (calls: Partial<Uploads>): Uploads => ({
  read: unused,
  mountPath: unused,
  folder: unused,
  store: unused,
  likelyFolder: unused,
  find: unused,
  release: unused,
  remove: unused,
  ...calls,
});
