// @ts-check
import { execFileSync } from "node:child_process";
import { checksumOf, filesIn } from "./module-zip.mjs";

const LONGEST_ANSWER_MS = 60_000;

export const COMPOSE_GO = "github.com/compose-spec/compose-go/v2";
/** The modules of Docker Compose, the oldest first. Each new major version has a separate module. */
const COMPOSE = ["github.com/docker/compose/v2", "github.com/docker/compose/v5"];

/**
 * Returns a setting of Go.
 * @param {string} name
 */
function goSetting(name) {
  return execFileSync("go", ["env", name], { encoding: "utf8" }).trim();
}

/**
 * Reads from the module proxy that Go uses on this machine.
 * @param {string} path
 */
async function get(path) {
  const proxy = goSetting("GOPROXY")
    .split(/[,|]/)
    .find((one) => one.startsWith("https://"));
  if (proxy === undefined) throw new Error("Go has no module proxy here: set GOPROXY.");
  const url = `${proxy.replace(/\/$/, "")}/${path}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}.`);
  return Buffer.from(await answer.arrayBuffer());
}

/**
 * Compares two versions of three numbers.
 * @param {string} left
 * @param {string} right
 */
export function compareVersions(left, right) {
  const [before, after] = [left, right].map((version) => version.split(".").map(Number));
  for (const [index, number] of (before ?? []).entries()) {
    const difference = number - (after?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Returns the released versions that the module proxy lists, the oldest first. Prereleases are left out.
 * @param {string} module
 */
export async function versionsOf(module) {
  const list = (await get(`${module}/@v/list`)).toString("utf8");
  const versions = [...list.matchAll(/^v(\d+\.\d+\.\d+)$/gm)].map(([, version = ""]) => version);
  return versions.sort(compareVersions);
}

/**
 * Returns the releases of Docker Compose after a version, each with the version of compose-go that it uses.
 * @param {string} version
 */
export async function releasesAfter(version) {
  const releases = [];
  for (const module of COMPOSE) {
    for (const compose of await versionsOf(module)) {
      if (compareVersions(compose, version) <= 0) continue;
      const mod = (await get(`${module}/@v/v${compose}.mod`)).toString("utf8");
      const composeGo = new RegExp(`^\\s*(?:require )?${COMPOSE_GO} v(\\d+\\.\\d+\\.\\d+)`, "m").exec(mod)?.[1];
      if (composeGo === undefined) throw new Error(`Docker Compose ${compose} does not name a version of compose-go.`);
      releases.push({ compose, composeGo });
    }
  }
  return releases;
}

/**
 * Returns the text of the JSON schema in a version of compose-go, and the checksum of that module. Go's checksum
 * database must have the same checksum. No other file of the module is read.
 * @param {string} version
 */
export async function schemaOf(version) {
  const files = filesIn(await get(`${COMPOSE_GO}/@v/v${version}.zip`));
  const checksum = checksumOf(files);
  // Go also reads the checksum database through the module proxy.
  const [database] = goSetting("GOSUMDB").split("+");
  const known = (await get(`sumdb/${database}/lookup/${COMPOSE_GO}@v${version}`)).toString("utf8");
  if (!known.includes(`${COMPOSE_GO} v${version} ${checksum}\n`)) {
    throw new Error(`The module proxy answers another ${COMPOSE_GO} ${version} than Go's checksum database knows.`);
  }
  const schema = files.get(`${COMPOSE_GO}@v${version}/schema/compose-spec.json`);
  if (schema === undefined) throw new Error(`compose-go ${version} has no schema/compose-spec.json.`);
  return { text: schema.toString("utf8"), checksum };
}
