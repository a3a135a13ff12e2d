// @ts-check
const { default: Sequencer } = require("@jest/test-sequencer");
const { SLOWEST } = require("./jest-projects.cjs");

/**
 * Puts the slowest test files first. Without the times of an earlier run, jest would begin with the largest files. A
 * small file that takes minutes would then run alone at the end.
 */
class SlowFirst extends Sequencer {
  /**
   * @template {{ path: string }} T
   * @param {T[]} tests
   */
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }

  /**
   * Deals the files of `--shard` like cards, the slowest first. The order must not depend on the times of an earlier
   * run, because each machine has other times.
   *
   * @template {{ path: string, context: { config: { displayName?: { name: string } } } }} T
   * @param {T[]} tests
   * @param {{ shardIndex: number, shardCount: number }} options
   */
  shard(tests, { shardIndex, shardCount }) {
    /** @param {T} test */
    const nameOf = ({ path, context }) => `${path} ${context.config.displayName?.name}`;
    return [...tests]
      .sort((one, other) => rank(one) - rank(other) || (nameOf(one) < nameOf(other) ? -1 : 1))
      .filter((_, index) => index % shardCount === shardIndex - 1);
  }
}

/** @param {{ path: string }} test */
function rank({ path }) {
  const found = SLOWEST.findIndex((part) => path.includes(part));
  return found === -1 ? SLOWEST.length : found;
}

module.exports = SlowFirst;
