import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideLock, locksIn } from "./lock";
import { thisMachine } from "./process-facts";

const MADE = "2026-03-01T12:00:00Z";
const at = Date.parse(MADE);
const message = (...lines: readonly string[]) =>
  ["error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end.", ...lines].join(
    "\n",
  );
const line = ({ host = "ci-1", pid = 7, scheme = "file" } = {}) =>
  `  ${scheme}:///state/.pulumi/locks/organization/p/dev/${pid}.json: created by robot@${host} (pid ${pid}) at ${MADE}`;
const facts = (begun: number | "dead" | "alive", seesAll = true) => ({ host: "ci-1", seesAll, begun: () => begun });

test("the locks are read out of the message of the Pulumi CLI, each once", () => {
  const locks = locksIn(message(line(), line(), line({ pid: 8, host: "ci-2" })));
  expect(locks).toHaveLength(2);
  expect(locks[0]).toEqual({
    url: "file:///state/.pulumi/locks/organization/p/dev/7.json",
    host: "ci-1",
    pid: 7,
    madeAt: at,
    owner: `robot@ci-1 (pid 7) at ${MADE}`,
  });
  expect(locksIn("error: [409] Conflict: Another update is currently in progress.")).toEqual([]);
});

test.each([
  ["a process of this machine that has ended", message(line()), facts("dead"), "remove"],
  ["a process of this machine that lives", message(line()), facts(at - 60_000), "wait"],
  ["a process that lives, whose begin is not known", message(line()), facts("alive"), "wait"],
  ["a process that has the id of one that has ended", message(line()), facts(at + 60_000), "remove"],
  ["a process that began at about the time of the lock", message(line()), facts(at + 3000), "wait"],
  [
    "a process of this container, or of another one with the same host name",
    message(line()),
    facts("dead", false),
    "wait",
  ],
  ["a process of another machine", message(line({ host: "ci-2" })), facts("dead"), "wait"],
  [
    "one that has ended and one of another machine",
    message(line(), line({ pid: 8, host: "ci-2" })),
    facts("dead"),
    "wait",
  ],
  ["a lock that is not a file", message(line({ scheme: "s3" })), facts("dead"), "wait"],
  ["a backend that shows no lock", message(), facts("dead"), "wait"],
])("%s", (_, text, known, kind) => {
  expect(decideLock(locksIn(text), known, false).kind).toBe(kind);
  // Who alone works on the stack waits for nobody.
  expect(decideLock(locksIn(text), known, true).kind).toBe(kind === "wait" ? "cancel" : kind);
});

test("a process of Pulumi is alive, whenever it seems to have begun", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-lock-"));
  const program = join(folder, "pulumi");
  symlinkSync("/bin/cat", program);
  const child = spawn(program, { stdio: ["pipe", "ignore", "ignore"] });
  try {
    expect(thisMachine().begun(child.pid ?? 0)).toBe("alive");
  } finally {
    child.stdin?.end();
    await once(child, "exit");
    rmSync(folder, { recursive: true });
  }
});
