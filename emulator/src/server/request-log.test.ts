import { RequestLog, requestLogLimits } from "./request-log";

const request = (headers: Record<string, string>) => ({
  at: "2030-01-01T00:00:00.000Z",
  operation: null,
  method: "GET",
  path: "/",
  query: {},
  headers,
  authorized: true,
});

test("long headers fill the log as bodies do, so that its memory is bounded", () => {
  const log = new RequestLog();
  const long = "h".repeat(16_000);
  for (let index = 0; index < 5_000; index++) log.add(request({ long }));
  const kept = log.all();
  expect(kept.length * long.length).toBeLessThanOrEqual(requestLogLimits.characters);
  expect(kept.at(-1)?.index).toBe(4_999);
  expect(kept.length).toBeGreaterThan(1_000);
});

test("a body counts once, and what is forgotten counts no more", () => {
  const log = new RequestLog();
  for (let index = 0; index < 100; index++) {
    const logged = log.add(request({}));
    if (index % 2 === 0) log.clear();
    log.setBody(logged, "b", requestLogLimits.characters / 4);
    log.clear();
  }
  log.add(request({}));
  log.add(request({}));
  expect(log.all()).toHaveLength(2);
});
