// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { validateCompose } from "..";

function reported(...services: string[]): string[] {
  const text = `services:\n${services.map((settings, index) => `  s${index}: {image: i, ${settings}}\n`).join("")}`;
  return validateCompose(text).diagnostics.map(
    ({ code, message, range }) => `${code}@${range?.start.line}:${range?.start.column} ${message.split(": ")[1] ?? ""}`,
  );
}

it.each([
  [["restart: always"], "LYC2408@2:27 the only service is started again (assumed)"],
  [["restart: unless-stopped"], "LYC2408@2:27 the only service is started again (assumed)"],
  [["deploy: {restart_policy: {condition: any}}"], "LYC2408@2:55 the only service is started again (assumed)"],
  [["restart: always", "restart: always"], "LYC2408@2:27 all 2 services are started again (assumed)"],
  [["restart: always", "restart: 'no', profiles: [p]"], "LYC2408@2:27 the only service is started again (assumed)"],
  [["restart: always", "scale: 0"], "LYC2408@2:27 the only service is started again (assumed)"],
] as const)("reports a run that never ends by itself: %j", (services, mark) =>
  expect(reported(...services)).toEqual([mark]),
);

it.each([
  [["tty: true"]],
  [["restart: on-failure"]],
  [["restart: always", "tty: true"]],
  [["restart: always", "restart: 'no'"]],
  [["restart: always, deploy: {restart_policy: {condition: none}}"]],
  [["restart: '${R:-always}'"]],
  [["restart: always, profiles: [p]"]],
  [["restart: always, scale: 0"]],
] as const)("has nothing against one that may: %j", (services) => expect(reported(...services)).toEqual([]));
