// @ts-check
/** The browser that pages are tested in. CommonJS, so that jest and the bench can both load it. */
const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

/** Debian's name for it, and those of other systems. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const NO_CHROMIUM = `no ${NAMES.join(", ")} on PATH; LYCEUM_TEST_CHROMIUM names another`;

/**
 * The browser of this machine: the one that `LYCEUM_TEST_CHROMIUM` names, else the first one on PATH.
 * @returns {string | undefined}
 */
function findChromium() {
  const given = process.env.LYCEUM_TEST_CHROMIUM;
  if (given !== undefined && given !== "") return given;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The sandbox of Chromium does not start for root, who runs the tests in a container. */
function sandboxArguments() {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

module.exports = { NO_CHROMIUM, findChromium, sandboxArguments };
