import { LyceumError } from "../errors";
import type { LyceumPort } from "../port";
import { firstText } from "./mount";
import { findingsOf, prepare } from "./testing/probed";
import type { Walked } from "./walk";

test("the first run looks for the small file, and ends before its timeout", () => {
  const marker = { key: "probe/1.txt", content: "marker-1", store: async () => ({ kind: "stored" }) as const };
  const text = firstText({ ...marker, remove: async () => true });
  expect(text).toContain("grep -q marker-1 /mnt/s3/probe/1.txt");
  expect(text).toContain('{ run: 9, output: [{ line: pulumi-lyceum probe, at: 0 }], read: ["probe/1.txt"] }');
  expect(text).toContain("echo pulumi-lyceum probe; sleep 9");
  expect(firstText(undefined)).not.toMatch(/grep|read:|undefined/);
});

describe("the bucket", () => {
  const mountOf = (walked: Walked) => findingsOf(walked).get("mount.service");

  test("that a service sees only as a volume needs a second run, which is ended too", async () => {
    const { http, probe, active, starts, marker, service, shown } = prepare();
    http.deviate("getExecutionLogs", (answer) => {
      const message = starts() > 1 ? "marker-1" : "the bucket is not there";
      return { ...answer, body: JSON.stringify({ logs: [{ message }] }) };
    });
    expect(mountOf(await probe())).toEqual({ result: "different", shown: "it does not, but it can mount it" });
    expect([active(), starts(), marker.removed]).toEqual([0, 2, 1]);
    expect(service.runs.at(-1)?.request.enable_s3_mount).toBe(true);
    expect(shown).toEqual([
      "Asking what needs no run",
      "Storing a small file in the bucket",
      "Starting the run probe-1 on cpu",
      "Run run-2 is accepted; waiting until it runs",
      "Aborting it",
      "Waiting for its end",
      "Asking about the ended run",
      "Starting the run probe-1-volume on cpu",
      "Waiting for its end",
    ]);
  });

  test("that a service sees only as a volume: a second run that no list shows is named", async () => {
    const { http, probe } = prepare();
    const body = JSON.stringify({ logs: [{ message: "the bucket is not there" }] });
    http.deviate("getExecutionLogs", (answer) => ({ ...answer, body }));
    const client = http.client();
    const error = new LyceumError({ code: "LYC1108", message: "no answer" });
    const start: LyceumPort["start"] = async (request, ...more) =>
      request.file_name === "probe-1-volume" ? { kind: "unknown", error } : client.start(request, ...more);
    expect(await probe({ ...client, start })).toMatchObject({ lostRun: "probe-1-volume" });
  });

  test("that cannot hold a file leaves all other assumptions as they are", async () => {
    const { probe, service, marker } = prepare();
    marker.stored = { kind: "failed", code: "LYC6002" };
    const walked = await probe();
    expect([...findingsOf(walked)].filter(([, { result }]) => result !== "confirmed")).toEqual([
      ["mount.service", { result: "not tried", why: "storing a file in the bucket failed with LYC6002" }],
    ]);
    expect([service.runs[1]?.request.enable_s3_mount, marker.removed]).toEqual([false, 0]);
  });

  test("that Lyceum refuses to mount leaves all other assumptions as they are", async () => {
    const { http, probe } = prepare();
    const client = http.client();
    const error = new LyceumError({ code: "LYC1108", message: "no", status: 422 });
    const start: LyceumPort["start"] = async (request, ...more) =>
      request.enable_s3_mount === true ? { kind: "refused", error } : client.start(request, ...more);
    const walked = await probe({ ...client, start });
    expect([...findingsOf(walked)].filter(([, { result }]) => result !== "confirmed")).toEqual([
      ["mount.service", { result: "refused", shown: "answered 422" }],
    ]);
  });

  test("keeps the small file if it cannot be removed, and the probe reports this", async () => {
    const { probe, marker, stop } = prepare();
    marker.isRemovable = false;
    expect((await probe()).leftKey).toBe("probe/1.txt");
    stop.abort();
    expect((await probe()).leftKey).toBeUndefined();
  });
});
