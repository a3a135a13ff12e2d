import fc from "fast-check";
import { scaled, withFailureLine } from "../../../tests/fuzz/amount";
import { LineIndex } from "../../diagnostics/position";
import { NO_SECRETS } from "../../model/secret-rules";
import { timeOf, timesAsLong } from "../../testing/times-as-long";
import { readCompose } from "../../yaml/read";
import { decodeUtf8 } from "../../yaml/text";
import { mask } from "..";
import { anyProject, twiceWritten } from "../testing/any-project";
import { bundleOf, type Files, marksOf } from "../testing/bundle";
import type { Bundled } from "./bundle";

const amount = { numRuns: scaled(200) };
const secrets = ["secret-of-variable", "s3cr3t-of-file", "secret $key", "secret $$key"];
const digest = (path: string, value: string) => `${path.length}.${value.length}`;
// A project with a few hundred lines, about as many as the largest random project has.
const services = Array.from({ length: 300 }, (_none, i) => `  s${i}:\n    image: i\n    environment: {A: "${i}"}\n`);
const plain: Files = { "compose.yaml": `services:\n${services.join("")}` };

function bundled(files: Files): Bundled {
  return bundleOf(files, { paths: ["."], profiles: ["on"], variables: { TAG: "1", SECRET: "secret-of-variable" } });
}

/** Returns the diagnostics whose position does not exist in the file. */
function misplaced(files: Files, { diagnostics }: Bundled): string[] {
  return diagnostics.flatMap(({ code, file, range }) => {
    if (range === undefined) return [];
    const content = files[file ?? ""];
    const text = typeof content === "string" ? content : content && decodeUtf8(content);
    if (text === undefined) return [`${code} lies in ${file}, which is no text of the project`];
    const lines = new LineIndex(text);
    const { start, end } = range;
    const inside = start.offset >= 0 && start.offset <= end.offset && end.offset <= text.length;
    const right = [start, end].every(
      (location) => JSON.stringify(location) === JSON.stringify(lines.position(location.offset)),
    );
    return inside && right ? [] : [`${code} lies at ${JSON.stringify(range)} of ${text.length} characters of ${file}`];
  });
}

it("any project is validated in bounded time, and its bundle needs no other file and shows no secret", () => {
  let [made, refused, masks] = [0, 0, 0];
  let slowest: { readonly files: Files; readonly time: number } = { files: plain, time: 0 };
  fc.assert(
    fc.property(anyProject, (files) => {
      let found = bundled({});
      const time = timeOf(() => {
        found = bundled(files);
      });
      if (time > slowest.time) slowest = { files, time };
      expect(misplaced(files, found)).toEqual([]);
      const failed = found.diagnostics.some(({ severity }) => severity === "error");
      const { bundle } = found;
      // A project either has a bundle, or a diagnostic that is an error.
      expect(bundle === undefined).toBe(failed);
      if (bundle === undefined) {
        refused += 1;
        return;
      }
      made += 1;
      // The canonical text and the text that is sent with the run must both mean the same as the files.
      for (const text of [bundle.text, bundle.asWritten ?? bundle.text]) {
        const again = bundleOf({ "compose.yaml": text });
        expect(marksOf(again).filter((_mark, index) => again.diagnostics[index]?.severity === "error")).toEqual([]);
        expect(again.bundle?.text).toBe(bundle.text);
        expect(again.bundle?.asWritten).toBe(text);
      }
      const read = readCompose(bundle.text);
      const alone = bundleOf({ "compose.yaml": bundle.text }).bundle;
      expect(read.kind === "document" && JSON.stringify(read.model)).toBe(JSON.stringify(alone?.model));
      const masked = JSON.stringify(mask(bundle, digest, { secretRules: NO_SECRETS }).model);
      for (const secret of secrets) {
        if (bundle.text.includes(secret)) masks += 1;
        expect(masked).not.toContain(secret);
      }
    }),
    { ...amount, ...withFailureLine<[Files]>("any-project") },
  );
  const { files } = slowest;
  // The projects have random sizes. If the time grew faster than the size, the largest project would take hundreds of
  // times as long as a small one.
  expect(
    timesAsLong(
      () => void bundled(files),
      () => void bundled(plain),
      { enough: 8 },
    ),
  ).toBeLessThan(24);
  // The test proves little if almost all projects are valid, or almost none.
  expect(made).toBeGreaterThan(amount.numRuns / 10);
  expect(refused).toBeGreaterThan(amount.numRuns / 10);
  expect(masks).toBeGreaterThan(amount.numRuns / 10);
});

it("a bundle is the same however its files are written", () => {
  let made = 0;
  fc.assert(
    fc.property(twiceWritten, (files) => {
      const [one, other] = files.map(bundled);
      expect(other?.bundle?.text).toBe(one?.bundle?.text);
      const codesOf = (found: Bundled | undefined) => new Set(found?.diagnostics.map(({ code }) => code));
      expect(codesOf(other)).toEqual(codesOf(one));
      if (one?.bundle !== undefined) made += 1;
    }),
    { numRuns: 100, ...withFailureLine<[readonly [Files, Files]]>("twice-written") },
  );
  // A project without a bundle proves nothing here, so it is skipped.
  expect(made).toBeGreaterThan(100 / 3);
});

it("finds a position outside of its file", () => {
  const files = { "compose.yaml": "services: {a: {imgae: i}}\n" };
  const found = bundled(files);
  expect(misplaced(files, found)).toEqual([]);
  expect(misplaced({ "compose.yaml": "" }, found)).not.toEqual([]);
  expect(misplaced({ "other.yaml": "services: {a: {imgae: i}}\n" }, found)).not.toEqual([]);
});
