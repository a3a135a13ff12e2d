import { canonicalText } from "./canonical";
import { readCompose } from "./read";
import { hostileTexts, rows } from "./testing/hostile-texts";

// The bar is a second on an idle machine (tests/hostile measures it); this one may be doing five other things.
const patience = 4_000;

it.each(Object.keys(hostileTexts))("reads in bounded time: %s", (name) => {
  const started = process.cpuUsage();
  const result = readCompose(hostileTexts[name]?.text);
  if (result.kind === "document") canonicalText(result.model);
  const { user } = process.cpuUsage(started);
  expect(user / 1000).toBeLessThan(patience);
});

it("reads 100 variables that 2 000 services have by a merge key", () => {
  const shared = `x-e: &e\n${rows(100, (i) => `  A${i}: 1`)}\n`;
  const text = `${shared}services:\n${rows(2_000, (i) => `  s${i}: {image: i, environment: {<<: *e}}`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});

it("reads a document of 10 000 lines", () => {
  const text = `services:\n${rows(2_500, (i) => `  s${i}:\n    image: i\n    environment:\n      A: "${i}"`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});
