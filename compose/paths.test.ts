import { posix } from "node:path";
import fc from "fast-check";
import * as paths from "./paths";

const step = fc.constantFrom("", ".", "..", "a", "b c", "...", ".env", "é");
const path = fc.array(step, { maxLength: 6 }).map((steps) => steps.join("/"));
const absolute = path.map((text) => `/${text}`);

describe("paths are those of node:path/posix", () => {
  it("of one path", () => {
    fc.assert(
      fc.property(fc.oneof(path, absolute), (text) => {
        expect(paths.isAbsolute(text)).toBe(posix.isAbsolute(text));
        expect(paths.normalize(text)).toBe(posix.normalize(text));
        // Node keeps double slashes before the last name. No path that this package passes has any.
        const clean = posix.normalize(text);
        expect(paths.dirname(clean)).toBe(posix.dirname(clean));
        expect(paths.basename(clean)).toBe(posix.basename(clean));
      }),
    );
  });

  it("of several paths", () => {
    fc.assert(
      fc.property(absolute, fc.array(fc.oneof(path, absolute), { maxLength: 3 }), (folder, others) => {
        expect(paths.join(folder, ...others)).toBe(posix.join(folder, ...others));
        expect(paths.join(...others)).toBe(posix.join(...others));
        expect(paths.resolve(folder, ...others)).toBe(posix.resolve(folder, ...others));
        const to = posix.resolve("/", ...others);
        expect(paths.relative(folder, to)).toBe(posix.relative(folder, to));
      }),
    );
  });
});

it("starts at the root without an absolute path", () => expect(paths.resolve("a", "../b")).toBe("/b"));
