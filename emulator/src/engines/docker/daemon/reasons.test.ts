import { composeReasons, redactorOf } from "./reasons";

const keep = (text: string) => text;

test("only the lines that explain the failure are shown", () => {
  const stderr = [
    'time="2026-01-01T00:00:00Z" level=warning msg="The \\"X\\" variable is not set."',
    "\u001b[1m Container lyceum-1-a-1  Creating\u001b[0m",
    " Container lyceum-1-a-1  Error response from daemon: no such image",
    " web Pulling ",
    "Error response from daemon: no such image",
    'time="2026-01-01T00:00:00Z" level=error msg="it said \\"no\\""',
    "",
  ].join("\n");
  expect(composeReasons(stderr, 1, keep)).toEqual([
    "Container lyceum-1-a-1  Error response from daemon: no such image",
    "Error response from daemon: no such image",
    'it said "no"',
  ]);
});

test("a failure without a text has a reason, and the number of reasons is bounded", () => {
  expect(composeReasons("\n", 14, keep)).toEqual(["docker compose ended with code 14 and no text."]);
  expect(composeReasons("", null, keep)).toEqual(["docker compose ended with a signal and no text."]);
  const endless = Array.from({ length: 500 }, (_, index) => `${index}${"x".repeat(5000)}`).join("\n");
  const reasons = composeReasons(endless, 1, keep);
  expect(reasons.length).toBeLessThanOrEqual(20);
  expect(reasons.every((reason) => reason.length <= 1001)).toBe(true);
});

test("a reason of 1000 letters is whole, a longer one is cut, and of many reasons the last twenty are shown", () => {
  const [longest, longer] = ["x".repeat(1000), "y".repeat(1001)];
  expect(composeReasons(`${longest}\n${longer}`, 1, keep)).toEqual([longest, `${"y".repeat(1000)}…`]);
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`);
  expect(composeReasons(lines(20).join("\n"), 1, keep)).toEqual(lines(20));
  expect(composeReasons(lines(21).join("\n"), 1, keep)).toEqual(lines(21).slice(1));
});

test("a credential is masked in every form", () => {
  const redact = redactorOf({ type: "basic", username: "me", password: "p@ss/word" });
  const base64 = Buffer.from("me:p@ss/word").toString("base64");
  for (const form of ["p@ss/word", "p%40ss%2Fword", base64, Buffer.from("p@ss/word").toString("base64")]) {
    expect(redact(`before ${form} after`)).toMatch(/^before \[redacted\]=* after$/);
  }
  expect(redact("https://user:secret@registry.example/v2/")).toBe("https://[redacted]@registry.example/v2/");
  expect(redactorOf(undefined)("as it is")).toBe("as it is");
});

test("the answer of the daemon is reported only once", () => {
  const stderr = "tool Pulling\nside Error other\ntool Error denied: no\nError response from daemon: denied: no\n";
  expect(composeReasons(stderr, 1, (text) => text)).toEqual([
    "side Error other",
    "Error response from daemon: denied: no",
  ]);
});
