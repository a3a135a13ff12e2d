// Puts a summary on the merge request: into the comment of the same token that begins with the same line, else into a
// new one. Needs GITLAB_TOKEN, a project access token with the scope `api`, and the variables of a GitLab job.
import { existsSync, readFileSync } from "node:fs";

const [file = ""] = process.argv.slice(2);
const { GITLAB_TOKEN, CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID } = process.env;

/** Calls GitLab. The error of a failed call has no address and no token. */
async function call(path, options = {}) {
  const headers = { "PRIVATE-TOKEN": GITLAB_TOKEN, "Content-Type": "application/json" };
  const response = await fetch(`${CI_API_V4_URL}/${path}`, { ...options, headers });
  if (!response.ok) throw new Error(`GitLab answered ${response.status} to ${options.method ?? "GET"}.`);
  return response;
}

/** The id of the own comment, page by page. */
async function ownComment(notes, marker) {
  const { id: self } = await (await call("user")).json();
  for (let page = "1"; page !== ""; ) {
    const response = await call(`${notes}?per_page=100&sort=asc&page=${page}`);
    const found = (await response.json()).find(({ author, body }) => author.id === self && body.startsWith(marker));
    if (found !== undefined) return found.id;
    page = response.headers.get("x-next-page") ?? "";
  }
  return undefined;
}

if (!GITLAB_TOKEN) {
  console.log("There is no GITLAB_TOKEN, so the merge request gets no comment.");
} else if (!existsSync(file)) {
  console.log(`There is no ${file}, so the merge request gets no comment.`);
} else {
  const text = readFileSync(file, "utf8");
  const notes = `projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
  const id = await ownComment(notes, text.split("\n", 1)[0]);
  const body = JSON.stringify({ body: text });
  await (id === undefined ? call(notes, { method: "POST", body }) : call(`${notes}/${id}`, { method: "PUT", body }));
}
