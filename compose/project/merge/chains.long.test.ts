import { rows } from "../../testing/hostile-texts";
import { timesAsLong } from "../../testing/times-as-long";
import { bundleOf } from "../testing/bundle";

const LENGTH = 4_000;

/** How a service needs the next service of a chain. */
const needs: Readonly<Record<string, (name: string) => string>> = {
  depends_on: (name) => `image: i, depends_on: [${name}]`,
  "depends_on with a condition": (name) =>
    `image: i, depends_on: {${name}: {condition: service_completed_successfully}}`,
  links: (name) => `image: i, links: [${name}]`,
  volumes_from: (name) => `image: i, volumes_from: [${name}]`,
  network_mode: (name) => `image: i, network_mode: "service:${name}"`,
  "an additional context": (name) => `build: {context: ., additional_contexts: {a: "service:${name}"}}`,
  extends: (name) => `extends: ${name}`,
  "extends with a value that is reset": (name) => `extends: ${name}, tty: !reset null`,
};

/** A text with a chain of services, from the first to the last or from the last to the first. */
function chain(key: string, length: number, isReverse: boolean): string {
  const service = (index: number) =>
    index === 0 ? "  s0: {image: i, build: .}" : `  s${index}: {${needs[key]?.(`s${index - 1}`)}}`;
  return `services:\n${rows(length, (index) => service(isReverse ? length - 1 - index : index))}\n`;
}

const cases = Object.keys(needs).flatMap((key) => [[key, false] as const, [key, true] as const]);

test.each(cases)(
  "a chain of services by %s (the last one first: %s) takes time in proportion to its length",
  (...of) => {
    const read = (length: number) => {
      const text = chain(of[0], length, of[1]);
      return () => bundleOf({ "compose.yaml": text }).diagnostics;
    };
    expect(read(LENGTH)().map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    // A time that grows with the square of the length would be four times as long.
    expect(timesAsLong(read(LENGTH), read(LENGTH / 2), { enough: 3 })).toBeLessThanOrEqual(3);
  },
);

test("a job needs a chain of all services", () => {
  const text = chain("depends_on", LENGTH, true);
  const { bundle, diagnostics } = bundleOf({ "compose.yaml": text }, { job: `s${LENGTH - 1}` });
  expect(diagnostics).toEqual([]);
  expect(Object.keys(bundle?.model.services ?? {})).toHaveLength(LENGTH);
});
