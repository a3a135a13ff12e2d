// @ts-check
import { call } from "./connection.mjs";
import { byId, element, keyed, setCells, setText, size, visible } from "./elements.mjs";
import { shortTimeOf } from "./times.mjs";

/** @typedef {import("../server/page/run-files").PageFiles} PageFiles */
/** @typedef {import("../server/page/view").PageRunDetail} PageRunDetail */

/** Milliseconds between two requests for the files of a run, while it is active and after its end. */
const INTERVALS = { active: 5_000, ended: 60_000 };

/** The files in the bucket that one run has written. */
export class RunFiles {
  /** The run, and its status, for which the page last requested the files. */
  #asked = "";
  #askedAt = 0;
  #isWaiting = false;

  /** Removes all files. Called before the page shows another run. */
  clear() {
    this.#asked = "";
    byId("files").replaceChildren();
    byId("files-part").hidden = true;
  }

  /**
   * Requests the files if they may have changed. Each answer also has new links, because links expire.
   * @param {PageRunDetail} run
   * @param {string} now the emulator's time
   */
  async update({ executionId, status, hasEnded, hasBucket }, now) {
    if (!hasBucket || this.#isWaiting) return;
    const asked = `${executionId} ${status}`;
    const interval = hasEnded ? INTERVALS.ended : INTERVALS.active;
    if (asked === this.#asked && performance.now() - this.#askedAt < interval) return;
    [this.#asked, this.#askedAt, this.#isWaiting] = [asked, performance.now(), true];
    try {
      const path = `/executions/${encodeURIComponent(executionId)}/files`;
      const files = /** @type {PageFiles} */ (await call("GET", path));
      // Meanwhile, the user may have selected another run.
      if (this.#asked === asked) showFiles(files, hasEnded, now);
    } catch (error) {
      byId("files-part").hidden = false;
      setText(byId("files-note"), error instanceof Error ? error.message : String(error));
    } finally {
      this.#isWaiting = false;
    }
  }
}

/**
 * @param {PageFiles} files
 * @param {boolean} hasEnded
 * @param {string} now
 */
function showFiles({ total, bytes, shown }, hasEnded, now) {
  keyed(
    byId("files"),
    shown,
    ({ key }) => key,
    () => element("tr", "", element("td", "", element("a", "")), element("td", "number"), element("td", "created")),
    (row, file) => {
      const [name, ...cells] = row.children;
      const link = /** @type {HTMLAnchorElement} */ (name?.firstElementChild);
      link.href = file.link;
      link.download = "";
      setText(link, visible(file.key));
      setCells(cells, [size(file.bytes), shortTimeOf(file.modified, now)]);
    },
  );
  byId("file-table").hidden = total === 0;
  byId("files-part").hidden = false;
  const more = total - shown.length;
  const left = more === 0 ? "" : ` ${more} more ${more === 1 ? "is" : "are"} not shown.`;
  const files = `${total} ${total === 1 ? "file" : "files"}, ${size(bytes)}, written into the bucket in the time of this run.`;
  const none = `This run has written no file into the bucket${hasEnded ? "" : " yet"}.`;
  setText(byId("files-note"), total === 0 ? none : `${files}${left}`);
}
