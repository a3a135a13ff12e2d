// @ts-check
/**
 * What `npm run mutate` mutates, and which unit tests have to notice. A group is an idea of the lifecycle, a call or a compose
 * text: its modules decide and have no effects, or take their effects as ports. The tests are those next to the code: a
 * mutant that only a test of a whole command would find counts as a survivor.
 *
 * @typedef {{ readonly modules: readonly string[], readonly tests: readonly string[] }} Group paths below `provider/`, without `.ts` and `.test.ts`
 * @type {Readonly<Record<string, Group>>}
 */
export const GROUPS = {
  status: {
    modules: ["lyceum/status", "execution/wait-outcome"],
    tests: ["execution/wait-outcome"],
  },
  decision: {
    modules: ["execution/start-decision"],
    tests: ["execution/start-decision", "execution/unnamed-gap"],
  },
  poller: {
    modules: ["execution/poller", "execution/poll-rhythm"],
    tests: ["execution/poller", "execution/poll-rhythm"],
  },
  tick: {
    modules: ["execution/poll-tick"],
    tests: ["execution/poll-tick", "execution/poll-pause"],
  },
  wait: {
    modules: ["execution/wait"],
    tests: ["execution/wait-end", "execution/wait-report", "execution/cancel-create"],
  },
  create: {
    modules: ["execution/create", "execution/start"],
    tests: [
      "execution/create",
      "execution/create-rehearsal",
      "execution/start-once",
      "execution/start-lookup",
      "execution/cancel-create",
    ],
  },
  retry: {
    modules: ["lyceum/retry", "lyceum/start-outcome"],
    tests: ["lyceum/retry", "lyceum/start", "lyceum/start-unclear"],
  },
  secrets: {
    modules: ["secrets/mark", "secrets/names", "secrets/secret-value", "secrets/secret-line", "secrets/random-word"],
    tests: [
      "secrets/mark",
      "secrets/names",
      "secrets/secret-set",
      "secrets/secret-value",
      "secrets/secret-line",
      "secrets/random-word",
    ],
  },
  compose: {
    modules: ["compose/project/template", "compose/project/merge"],
    tests: [
      "compose/project/template",
      "compose/project/bundle",
      "compose/project/merge",
      "compose/project/merge-extended",
      "compose/project/pools",
    ],
  },
};
