import { outputLimits } from "../executions/output";
import { startTestEmulator } from "../testing/emulator";
import { gapMarker } from "./stream";

test.each([
  [0, 0, undefined],
  [5, 5, undefined],
  [5, 6, "[emulator] 1 line is no longer kept and left out here."],
  [0, 40, "[emulator] 40 lines are no longer kept and left out here."],
])("expecting line %p and getting line %p, a follower receives %p", (next, index, expected) => {
  expect(gapMarker(next, index)).toBe(expected);
});

test("a follower that comes after lines were dropped learns how many, and gets the rest", async () => {
  const emulator = await startTestEmulator();
  try {
    const lines = Array.from({ length: outputLimits.lines + 7 }, (_, index) => `l${index}`);
    const id = await emulator.start(`{start: 0, run: 1, output: [${lines.join(", ")}]}`);
    await emulator.advance(5);
    const text = await (await fetch(`${new URL(emulator.url).origin}/api/v1/stream/${id}`)).text();
    const contents = [...text.matchAll(/"content":"([^"\\]*)\\n"/g)].map(([, content]) => content);
    expect(contents.slice(0, 2)).toEqual(["[emulator] 7 lines are no longer kept and left out here.", "l7"]);
    expect(contents.at(-1)).toBe(lines.at(-1));
    expect(contents).toHaveLength(outputLimits.lines + 1);
  } finally {
    await emulator.close();
  }
});
