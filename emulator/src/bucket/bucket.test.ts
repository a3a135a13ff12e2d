import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "../testing/manual-clock";
import { Bucket } from "./bucket";

test.each([
  [undefined, true, true],
  ["both", true, true],
  ["service", true, false],
  ["machine", false, true],
] as const)(
  "with the mount %s, a new run has the bucket in its services: %s, on its machine: %s",
  (mount, inServices, onMachine) => {
    const folder = mkdtempSync(join(tmpdir(), "bucket-"));
    const bucket = new Bucket(folder, new ManualClock(0), mount && { mount });
    expect(bucket.objects.exists).toBe(false);
    expect(bucket.mount()).toEqual({ folder: bucket.objects.mount, inServices, onMachine });
    expect(existsSync(bucket.objects.mount)).toBe(true);
    rmSync(folder, { recursive: true });
  },
);
