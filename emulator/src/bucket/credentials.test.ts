import { ManualClock } from "../testing/manual-clock";
import { IssuedCredentials } from "./credentials";

test("the oldest credentials are dropped only when there are more than 10 000", () => {
  const issued = new IssuedCredentials(new ManualClock(0));
  const first = issued.issue(60);
  const second = issued.issue(60);
  for (let count = 2; count < 10_000; count++) issued.issue(60);
  expect(issued.find(first.accessKey)).toBe(first);
  issued.issue(60);
  expect([issued.find(first.accessKey), issued.find(second.accessKey)]).toEqual([undefined, second]);
  expect(issued.expireAll()).toBe(10_000);
});

test("new credentials are valid for the asked time, and are as long as those of S3", () => {
  const clock = new ManualClock(5_000);
  const { accessKey, secretKey, sessionToken, expiresAt } = new IssuedCredentials(clock).issue(2);
  expect([accessKey, secretKey.length, sessionToken.length]).toEqual([
    expect.stringMatching(/^LOCAL[0-9A-F]{16}$/),
    40,
    128,
  ]);
  expect(expiresAt).toBe(7_000);
});
