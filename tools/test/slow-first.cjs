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
    /** @param {{ path: string }} test */
    const rank = ({ path }) => {
      const found = SLOWEST.findIndex((part) => path.includes(part));
      return found === -1 ? SLOWEST.length : found;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}

module.exports = SlowFirst;
