import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { fakeSurface } from "../../testing/surface";
import type { EngineEvent } from "../stack/automation";
import type { EngineOptions, Session } from "../stack/session";
import { step } from "../testing/events";
import { validReport } from "../testing/reports";
import { apply } from "./change";

let folder = "";
beforeEach(() => {
  jest.spyOn(DEFAULT_PORTS, "sleep").mockResolvedValue(undefined);
  folder = mkdtempSync(join(tmpdir(), "lyceum-apply-"));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const inputs = { executionType: "cpu", timeout: 60, composeFileCode: "services: { web: { image: web } }" };
const OLD = { executionId: "run-1", status: "running", onDelete: "abort" };
const CREATE = step("create", "job", { new: inputs });
const REPLACE = step("replace", "job", { new: inputs, old: OLD });

/** Runs an apply whose first try finds a lock. Each preview shows one of these steps. */
async function applied(policy: string | undefined, ...previews: readonly EngineEvent[]) {
  const ran: string[] = [];
  const stack = {
    preview: async ({ onEvent }: EngineOptions) => {
      ran.push("preview");
      const shown = previews[ran.filter((name) => name === "preview").length - 1];
      if (shown !== undefined) onEvent(shown);
    },
    up: async () => {
      ran.push("up");
      const isFirst = ran.filter((name) => name === "up").length === 1;
      if (isFirst) throw Object.assign(new Error("error: it failed"), { name: "ConcurrentUpdateError" });
    },
    cancel: async () => undefined,
    exportStack: async () => ({ deployment: { resources: [] } }),
    workspace: { envVars: {} },
  };
  const surface = fakeSurface(policy === undefined ? {} : { "lyceum-policy.yaml": policy });
  const request = { operation: "apply", stack: "prod", folder: "/project", lockWaitSeconds: 600 };
  const session = {
    surface,
    open: { stack, project: "training" },
    stop: { signal: new AbortController().signal },
    request: { ...request, json: join(folder, "data.json"), summary: join(folder, "summary.md") },
  } as unknown as Session;
  const code = await apply(session);
  const { result } = validReport(readFileSync(join(folder, "data.json"), "utf8"));
  return { code, ran, result, complaints: surface.complaints.join("\n") };
}

test("after a wait for the lock, the policy is asked again", async () => {
  const { complaints, ...done } = await applied("protected: [job]\n", CREATE, REPLACE);
  expect(done).toEqual({ code: 1, ran: ["preview", "up", "preview"], result: "failed" });
  expect(complaints).toMatch(/LYC5114: job: it would be replaced/i);
});

test("a change that the policy still allows is applied, and without a policy there is no second preview", async () => {
  expect((await applied("protected: [job]\n", CREATE, CREATE)).ran).toEqual(["preview", "up", "preview", "up"]);
  expect((await applied(undefined, CREATE)).ran).toEqual(["preview", "up", "up"]);
});
