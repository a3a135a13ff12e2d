import { readAccount } from "./account";

const NOW = Date.parse("2027-01-15T12:00:00Z");
const signal = new AbortController().signal;

const read = async (refuse: object, warn: object = {}, options: object = {}) => {
  const asked: string[] = [];
  const note = (text: string) => {
    asked.push(text);
    return Promise.resolve(undefined);
  };
  const reads = {
    prices: () => note("prices"),
    active: () => note("active"),
    since: (since: Date) => note(since.toISOString()),
  };
  await readAccount({ refuse, warn }, NOW, signal, { ...options, reads });
  return asked;
};

test("only what a rule needs is read from the account", async () => {
  expect(await read({ maxTimeout: 1, pinnedImages: true })).toEqual([]);
  expect(await read({}, {}, { showsPrices: true })).toEqual(["prices"]);
  expect(await read({ maxCost: 1 })).toEqual(["prices"]);
  expect(await read({}, { maxCostPerRun: 1 })).toEqual(["prices"]);
  expect(await read({ parallelRuns: 1 })).toEqual(["active"]);
  expect(await read({ maxCostPerMonth: 1 })).toEqual(["prices", "2027-01-01T00:00:00.000Z"]);
});
