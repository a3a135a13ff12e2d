import { modelError } from "../testing/model-service";
import { page, refuse } from "../testing/ticking";
import { observeInLists } from "./in-lists";

const run = { executionId: "r1", status: "running" };
const other = { executionId: "r2", status: "running" };
const shows = (entry: typeof run) => async () => page(other, entry);
const empty = async () => page(other);
const gap = (call: string) => ({ kind: "refused", call, error: modelError(403) });

test.each([
  ["the list shows it", shows(run), refuse(500), { kind: "status", status: "running", isListed: true }],
  ["the history shows it", empty, shows(run), { kind: "status", status: "running", record: run, isListed: false }],
  ["the history alone can be read", refuse(403), shows(run), { kind: "status", status: "running", isListed: false }],
  ["both can be read, and none shows it", empty, empty, { kind: "absent" }],
  ["one can be read, and does not show it", refuse(403), empty, { kind: "absent" }],
  ["both are refused", refuse(403), refuse(403), { kind: "refused", gaps: [gap("list"), gap("history")] }],
  ["the list fails", refuse(500), empty, { kind: "unreachable", error: modelError(500) }],
  ["both fail, of which the first counts", refuse(500), refuse(503), { kind: "unreachable", error: modelError(500) }],
  ["the history fails", refuse(403), refuse(503), { kind: "unreachable", error: modelError(503) }],
])("a run in lists: %s", async (_, listActive, history, expected) => {
  expect(await observeInLists({ listActive, history }, "r1")).toMatchObject(expected);
});

test("the newest page of the history is read", async () => {
  const offsets: number[] = [];
  const history = async ({ offset }: { readonly offset: number }) => {
    offsets.push(offset);
    return page(run);
  };
  await observeInLists({ listActive: empty, history }, "r1");
  expect(offsets).toEqual([0]);
});
