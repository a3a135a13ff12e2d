import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { testUnless, whyNoGo } from "../../harness/needs";
import { ROOT } from "../../harness/root";
import { waitUntil } from "../../harness/wait";
import { runOnBackend } from "./backend";
import { freePort } from "./free-port";

/** A server with the S3 protocol, in a fixed version. Go verifies what it downloads with public checksums. */
const SERVER = "github.com/johannesboyne/gofakes3/cmd/gofakes3@v1.2.0";
const folder = join(ROOT, ".cache", "s3-server");

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

let server: ChildProcess | undefined;
afterAll(() => void server?.kill("SIGKILL"));

testUnless(whyNoGo(), "a stack whose state is in S3 is applied, locked, watched and destroyed", async () => {
  const built = spawnSync("go", ["install", SERVER], {
    env: { ...process.env, GOBIN: folder, GOWORK: "off", GOFLAGS: "" },
    encoding: "utf8",
  });
  expect([built.status, built.status === 0 ? "" : built.stderr]).toEqual([0, ""]);
  const address = `127.0.0.1:${await freePort()}`;
  const options = ["-backend", "memory", "-initialbucket", "states", "-host", address, "-quiet"];
  server = spawn(join(folder, "gofakes3"), options, { stdio: "ignore" });
  await waitUntil("the S3 server", 60, () => answers(`http://${address}`));
  const backend = {
    PULUMI_BACKEND_URL: `s3://states?endpoint=${address}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`,
    AWS_ACCESS_KEY_ID: "anybody",
    AWS_SECRET_ACCESS_KEY: "is-let-in-by-this-server",
  };
  await runOnBackend("s3", backend);
});
