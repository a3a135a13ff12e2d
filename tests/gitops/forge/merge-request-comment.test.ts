import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../harness/root";

const SCRIPT = join(ROOT, "examples", "gitops", "scripts", "merge-request-comment.mjs");
const TOKEN = "glpat-canary-of-this-test";
const NOTES = "/api/v4/projects/5/merge_requests/7/notes";

interface Note {
  readonly id: number;
  readonly author: { readonly id: number };
  body: string;
}

/** GitLab's API, as far as the script uses it. A page has two notes. */
let notes: Note[] = [];
let refused = false;
let server: Server;
let folder = "";
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => {
      text += part.toString();
    });
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://gitlab");
      const answer = (status: number, body: unknown, page = "") => {
        response.writeHead(status, { "content-type": "application/json", "x-next-page": page });
        response.end(JSON.stringify(body));
      };
      if (request.headers["private-token"] !== TOKEN || refused) return answer(401, {});
      if (url.pathname === "/api/v4/user") return answer(200, { id: 1 });
      if (request.method === "GET" && url.pathname === NOTES) {
        const page = Number(url.searchParams.get("page"));
        const more = notes.length > page * 2 ? String(page + 1) : "";
        return answer(200, notes.slice(page * 2 - 2, page * 2), more);
      }
      const { body } = JSON.parse(text) as { body: string };
      const note = notes.find(({ id }) => url.pathname === `${NOTES}/${id}`);
      if (request.method === "PUT" && note !== undefined) note.body = body;
      else if (request.method === "POST" && url.pathname === NOTES) {
        notes.push({ id: notes.length + 100, author: { id: 1 }, body });
      } else return answer(404, {});
      return answer(200, {});
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  folder = mkdtempSync(join(tmpdir(), "lyceum-notes-"));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Runs the script with a summary. Without a text, there is no file. */
async function comment(
  text: string | undefined,
  variables: Readonly<Record<string, string>> = { GITLAB_TOKEN: TOKEN },
) {
  const file = join(folder, text === undefined ? "missing.md" : "preview.md");
  if (text !== undefined) writeFileSync(file, text);
  const { port } = server.address() as AddressInfo;
  const env = {
    PATH: process.env.PATH ?? "",
    CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`,
    CI_PROJECT_ID: "5",
    CI_MERGE_REQUEST_IID: "7",
    ...variables,
  };
  const child = spawn(process.execPath, [SCRIPT, file], { env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => {
      output += part.toString();
    });
  }
  const [code] = await once(child, "close");
  return { code, output };
}

test("a merge request gets one comment for each stack, which is updated, and those of others stay", async () => {
  const [dev, prod] = ["<!-- preview of runs/dev -->", "<!-- preview of runs/prod -->"];
  const foreign = { id: 1, author: { id: 2 }, body: `${dev}\nof somebody` };
  notes = [foreign, { id: 2, author: { id: 2 }, body: "Hello" }, { id: 3, author: { id: 1 }, body: "Other" }];
  for (const text of [`${dev}\nfirst`, `${prod}\nfirst`, `${dev}\nsecond`]) {
    expect(await comment(text)).toEqual({ code: 0, output: "" });
  }
  expect(notes.slice(3).map(({ body }) => body)).toEqual([`${dev}\nsecond`, `${prod}\nfirst`]);
  expect(notes[0]).toEqual(foreign);
});

test("without a token or a summary there is no comment and no error", async () => {
  notes = [];
  expect(await comment("x", {})).toEqual({ code: 0, output: expect.stringContaining("There is no GITLAB_TOKEN") });
  expect(await comment(undefined)).toEqual({ code: 0, output: expect.stringMatching(/There is no .*missing\.md/) });
  expect(notes).toEqual([]);
});

test("a refused call fails without the token in its message", async () => {
  refused = true;
  const { code, output } = await comment("x").finally(() => {
    refused = false;
  });
  expect([code, output]).toEqual([1, expect.stringContaining("GitLab answered 401 to GET.")]);
  expect(output).not.toContain(TOKEN);
});
