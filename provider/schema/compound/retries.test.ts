import { retries } from "./retries";

test.each([
  [{ attempts: 3 }, { attempts: 3, on: ["system_failure"] }],
  [
    { attempts: 2, on: ["timeout", "failed"] },
    { attempts: 2, on: ["timeout", "failed"] },
  ],
  [
    { attempts: 2, on: ["failed", "timeout", "failed"] },
    { attempts: 2, on: ["timeout", "failed"] },
  ],
])("%j is valid, and is read with its default", (value, read) => {
  expect(retries.rule?.(value)).toBeUndefined();
  expect(retries.parse(value)).toEqual(read);
});

test.each([
  [3, "must be a map"],
  [[], "must be a map"],
  [{}, "must have attempts, a whole number from 2 to 10"],
  [{ attempts: 1 }, "must have attempts"],
  [{ attempts: 11 }, "must have attempts"],
  [{ attempts: 2.5 }, "must have attempts"],
  [{ attempts: "3" }, "must have attempts"],
  [{ attempts: 3, on: [] }, 'must have on as a list of "system_failure", "timeout", "failed"'],
  [{ attempts: 3, on: ["aborted"] }, "must have on as a list"],
  [{ attempts: 3, on: "failed" }, "must have on as a list"],
  [{ attempts: 3, backoff: 5 }, "has the key backoff; known are attempts and on"],
])("%j is refused", (value, reason) => expect(retries.rule?.(value)).toContain(reason));
