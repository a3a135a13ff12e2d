// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { validateCompose } from "../../compose";
import { rulesOfText } from ".";

function reported(...services: string[]): string[] {
  const text = `services:\n${services.map((settings, index) => `  s${index}: {image: i, ${settings}}\n`).join("")}`;
  return validateCompose(text, rulesOfText()).diagnostics.map(
    ({ code, message, range }) => `${code}@${range?.start.line}:${range?.start.column} ${message.split(": ")[1] ?? ""}`,
  );
}

it.each([
  [["restart: always"], "LYC2408@2:27 the only service is started again when it ends"],
  [["restart: always", "restart: always"], "LYC2408@2:27 each of the 2 services is started again when it ends"],
  [["restart: always", "scale: 0"], "LYC2408@2:27 the only service is started again when it ends"],
] as const)("reports a run that never ends by itself: %j", (services, mark) =>
  expect(reported(...services)).toEqual([mark]),
);

it.each([
  [["tty: true"]],
  [["restart: always", "restart: 'no'"]],
  [["restart: '${R:-always}'"]],
  [["restart: always, profiles: [p]"]],
] as const)("has nothing against one that may: %j", (services) => expect(reported(...services)).toEqual([]));

describe("a job next to a server, where the run's completion is awaited", () => {
  const found = (services: string, untilCompleted = true, job = {}) =>
    validateCompose(`services: {${services}}\n`, rulesOfText({ untilCompleted, ...job })).diagnostics.map(
      ({ code, message, remedy }) => `${code} ${message}. ${remedy}`,
    );
  const ofServer =
    'goes on when the other services have ended: the run may only end by its time limit, which is no success. Name the job with `job: "NAME"` (`--job NAME`), so that its end ends the run. Or use a server outside of the run. Nobody outside the service knows whether it ends a run before all of its services have ended.';
  const goesOn = (name: string) => `LYC2408 services.${name} ${ofServer}`;

  it.each([
    ["job: {image: job}, web: {image: web, restart: always}, cache: {image: redis}", ["web", "cache"]],
    ["job: {image: job}, db: {image: 'postgres:16', command: [pg_dump]}", []],
    ["job: {image: job}, other: {image: my/postgres-tools}", []],
  ])("the services %s", (services, names) => expect(found(services)).toEqual(names.map(goesOn)));

  it("is not reported if the end is not awaited", () =>
    expect(found("job: {image: job}, db: {image: postgres}", false)).toEqual([]));

  it("is reported for a named job only where its end is not awaited, because then nobody stops the server", () => {
    const services = "job: {image: postgres}, db: {image: postgres}";
    expect(found(services, true, { job: "job" })).toEqual([]);
    expect(found(services, undefined, { job: "job", untilCompleted: undefined })).toEqual([]);
    expect(found(services, false, { job: "job" })).toEqual([
      'LYC2408 services.db goes on when the job has ended: nobody waits for the job and stops it, so the run goes on until its time limit. Set `waitFor: "completed"`, so that the provider stops this service at the end of the job.',
    ]);
  });
});
