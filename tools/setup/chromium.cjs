// @ts-check
/** The browser in which pages are tested. It is a CommonJS file, so that both jest and the bench can load it. */
const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

/** Names of the browser, on Debian and on other systems. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const NO_CHROMIUM = `no ${NAMES.join(", ")} on PATH; LYCEUM_TEST_CHROMIUM names another`;

/**
 * The browser of this machine: the one that `LYCEUM_TEST_CHROMIUM` names, or the first one on PATH.
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

/** Chromium's sandbox does not start as root, and in a container root runs the tests. */
function sandboxArguments() {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

module.exports = { NO_CHROMIUM, findChromium, sandboxArguments };
