// @ts-check
/**
 * The modules that `npm run mutate` changes, and the unit tests that have to find the changes. A group is a part of the
 * lifecycle, of the API calls or of Compose texts. The modules of a group make decisions without effects, or receive
 * their effects as parameters. The tests are next to the code. A change that only the test of a whole command would
 * find counts as not found.
 *
 * @typedef {{ readonly modules: readonly string[], readonly tests: readonly string[] }} Group paths without `.ts` and
 * `.test.ts`
 * @type {Readonly<Record<string, Group>>}
 */
export const GROUPS = {
  status: {
    modules: ["provider/lyceum/answers/status", "provider/lifecycle/run/wait-outcome"],
    tests: ["provider/lifecycle/run/wait-outcome"],
  },
  decision: {
    modules: ["provider/lifecycle/create/start-decision"],
    tests: [
      "provider/lifecycle/create/start-decision",
      "provider/lifecycle/create/possible-runs",
      "provider/lifecycle/create/unnamed-gap",
    ],
  },
  poller: {
    modules: ["provider/lifecycle/watch/poller"],
    tests: ["provider/lifecycle/watch/poller"],
  },
  tick: {
    modules: ["provider/lifecycle/watch/poll-tick"],
    tests: ["provider/lifecycle/watch/poll-tick", "provider/lifecycle/watch/poll-pause"],
  },
  wait: {
    modules: ["provider/lifecycle/wait/wait"],
    tests: [
      "provider/lifecycle/wait/wait-end",
      "provider/lifecycle/wait/wait-report",
      "provider/lifecycle/create/cancel-create",
    ],
  },
  create: {
    modules: ["provider/lifecycle/create/create", "provider/lifecycle/create/start"],
    tests: [
      "provider/lifecycle/create/create",
      "provider/lifecycle/create/create-rehearsal",
      "provider/lifecycle/create/start",
      "provider/lifecycle/create/start-once",
      "provider/lifecycle/create/start-lookup",
      "provider/lifecycle/create/cancel-create",
      "provider/lifecycle/run/target",
      "provider/lifecycle/create/unnamed-gap",
      "provider/lifecycle/delete/held-run",
      "provider/lifecycle/process/failure-and-cancel",
    ],
  },
  retry: {
    modules: ["provider/lyceum/http/retry", "provider/lyceum/start-outcome"],
    tests: ["provider/lyceum/http/retry", "provider/lyceum/http/start", "provider/lyceum/http/start-unclear"],
  },
  secrets: {
    modules: [
      "provider/secrets/mark",
      "provider/secrets/names",
      "provider/secrets/secrets-in",
      "provider/secrets/search/secret-lines",
    ],
    tests: [
      "provider/secrets/mark",
      "provider/secrets/names",
      "provider/secrets/search/secret-set",
      "provider/secrets/secrets-in",
      "provider/secrets/search/secret-lines",
    ],
  },
  compose: {
    modules: ["compose/project/variables/template", "compose/project/merge/merge"],
    tests: [
      "compose/project/variables/template",
      "compose/project/bundle/bundle",
      "compose/project/merge/merge",
      "compose/project/merge/merge-extended",
      "compose/project/merge/pools",
    ],
  },
};
