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

test("only the facts that a rule needs are read from the account", async () => {
  expect(await read({ maxTimeout: 1, pinnedImages: true })).toEqual([]);
  expect(await read({}, {}, { showsPrices: true })).toEqual(["prices"]);
  expect(await read({ maxCost: 1 })).toEqual(["prices"]);
  expect(await read({}, { maxCostPerRun: 1 })).toEqual(["prices"]);
  expect(await read({ parallelRuns: 1 })).toEqual(["active"]);
  expect(await read({ maxCostPerMonth: 1 })).toEqual(["prices", "2027-01-01T00:00:00.000Z"]);
});

test("the account is that of the default provider: an API key of the stack comes before one of the environment", async () => {
  const stack = { apiKey: "lk_stack", baseUrl: "https://other.example/api/v2/external" };
  const account = async (environment: Record<string, string>, settings: () => Promise<object>) => {
    const seen: object[] = [];
    const reads = {
      prices: (_signal: AbortSignal, given: object) => {
        seen.push(given);
        return Promise.resolve(new Map([["cpu", 1]]));
      },
      active: () => Promise.resolve([]),
      since: () => Promise.resolve([]),
    };
    const found = await readAccount({ refuse: { maxCost: 1 }, warn: {} }, NOW, signal, {
      reads,
      settings,
      environment,
    });
    return { seen, own: found.own, prices: found.prices?.get("cpu") };
  };
  const own = (isOfStack: boolean, baseUrl = "https://api.lyceum.technology/api/v2/external") => ({
    baseUrl,
    isOfStack,
  });
  expect(await account({ LYCEUM_API_KEY: "lk_own" }, () => Promise.resolve(stack))).toEqual({
    seen: [stack],
    own: own(true, stack.baseUrl),
    prices: 1,
  });
  expect(await account({}, () => Promise.resolve(stack))).toEqual({
    seen: [stack],
    own: own(true, stack.baseUrl),
    prices: 1,
  });
  expect(await account({}, () => Promise.resolve({ apiKey: undefined }))).toMatchObject({ own: own(false) });
  // The API key of the environment is used, and the slug of the stack is not sent with it.
  expect(await account({ LYCEUM_API_KEY: "lk_own" }, () => Promise.resolve({ orgSlug: "acme" }))).toMatchObject({
    own: own(false),
  });
  // If the settings cannot be read, nothing is known.
  expect(await account({}, () => Promise.reject(new Error("no passphrase")))).toEqual({
    seen: [],
    own: {},
    prices: undefined,
  });
});
