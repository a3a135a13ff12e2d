// @ts-check
/**
 * Finds the browser in which pages are tested. This is a CommonJS file, so that both jest and the bench can load it.
 */
const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

/** The names of the browser's program on Debian and on other systems. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const NO_CHROMIUM = `no ${NAMES.join(", ")} on PATH; LYCEUM_TEST_CHROMIUM names another`;

/**
 * Returns the path of the browser: the path in `LYCEUM_TEST_CHROMIUM`, or the first browser on PATH.
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

/**
 * Returns the argument that turns Chromium's sandbox off if root runs the tests, as in a container. The sandbox does
 * not start as root.
 */
function sandboxArguments() {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

module.exports = { NO_CHROMIUM, findChromium, sandboxArguments };
