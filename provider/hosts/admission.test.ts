import type { Runtime } from "../lifecycle";
import { IMAGE_RULES_VARIABLE } from "../policy/declared";
import { admitUpload } from "./admission";

const before = process.env[IMAGE_RULES_VARIABLE];
afterEach(() => {
  if (before === undefined) delete process.env[IMAGE_RULES_VARIABLE];
  else process.env[IMAGE_RULES_VARIABLE] = before;
});

test("all resources of a command share one limit, and the next command begins anew", () => {
  process.env[IMAGE_RULES_VARIABLE] = JSON.stringify({ maxUploadBytes: 5 });
  const [command, next] = [{}, {}] as [Runtime, Runtime];
  admitUpload(command, 3);
  admitUpload(command, 2);
  expect(() => admitUpload(command, 1)).toThrow("LYC5115: 6 bytes would be uploaded, at most 5 are allowed.");
  expect(() => admitUpload(next, 5)).not.toThrow();
});

test("without a policy, there is no limit", () => {
  delete process.env[IMAGE_RULES_VARIABLE];
  expect(() => admitUpload({} as Runtime, Number.MAX_SAFE_INTEGER)).not.toThrow();
});
