import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { testUnless, whyNoGo } from "../../harness/needs";
import { ROOT } from "../../harness/root";
import { waitUntil } from "../../harness/wait";
import { runOnBackend } from "./backend";

/** A server with the S3 protocol, in a fixed version. Go verifies what it downloads with public checksums. */
const SERVER = "github.com/johannesboyne/gofakes3/cmd/gofakes3@v1.2.0";
const folder = join(ROOT, ".cache", "s3-server");

let server: ChildProcess | undefined;
afterAll(() => void server?.kill("SIGKILL"));

testUnless(whyNoGo(), "a stack whose state is in S3 is applied, locked, watched and destroyed", async () => {
  const built = spawnSync("go", ["install", SERVER], {
    env: { ...process.env, GOBIN: folder, GOWORK: "off", GOFLAGS: "" },
    encoding: "utf8",
  });
  expect([built.status, built.status === 0 ? "" : built.stderr]).toEqual([0, ""]);
  const options = ["-backend", "memory", "-initialbucket", "states", "-host", "127.0.0.1:0", "-quiet"];
  const started = spawn(join(folder, "gofakes3"), options, { stdio: ["ignore", "ignore", "pipe"] });
  server = started;
  let printed = "";
  started.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    printed += chunk;
  });
  // It listens before it prints this line.
  const port = await waitUntil("the S3 server", () => /using port: (\d+)/.exec(printed)?.[1]);
  const address = `127.0.0.1:${port}`;
  const backend = {
    PULUMI_BACKEND_URL: `s3://states?endpoint=${address}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`,
    AWS_ACCESS_KEY_ID: "anybody",
    AWS_SECRET_ACCESS_KEY: "is-let-in-by-this-server",
  };
  await runOnBackend("s3", backend);
});
