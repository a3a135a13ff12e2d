import { inspect } from "node:util";
import { clientFor, errorOf, FULL_START, TOKEN } from "../testing/client";
import { type Answer, json, serverForEachTest, text } from "../testing/server";

const server = serverForEachTest();

/** A secret with two lines. The resource declares this secret, but no request contains it. */
const DECLARED = "declared-canary words\nand its-other-line";

describe("secrets of a start", () => {
  const secrets = [
    TOKEN,
    ...[
      FULL_START.docker_password,
      FULL_START.aws_access_key_id,
      FULL_START.aws_secret_access_key,
      FULL_START.aws_session_token,
    ],
  ].filter((secret) => secret !== undefined);
  const spellings = secrets.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString("base64"),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  const echo = [...spellings, Buffer.from(`robot:${FULL_START.docker_password}`).toString("base64")].join(" | ");

  test.each<[string, Answer]>([
    ["a detail", json(400, { detail: echo })],
    ["a validation error", json(422, { detail: [{ loc: ["body", "docker_password"], msg: echo, input: echo }] })],
    ["a page", text(502, `<p>${echo}</p>`)],
    ["an unreadable yes", text(200, echo)],
    ["a redirect", text(302, echo, { location: `https://host/?token=${encodeURIComponent(TOKEN)}` })],
  ])("that the service repeats in %s are shown nowhere", async (_name, answer) => {
    server.answerWith(answer);
    const error = errorOf(await clientFor(server.url).client.start(FULL_START));
    const shown = [error.message, error.stack, inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
    for (const each of shown) for (const spelling of spellings) expect(each).not.toContain(spelling);
  });

  test("stay out of later answers as well", async () => {
    server.answerWith(
      json(200, { execution_id: "e-1" }),
      json(200, { status: "failed", errors: [`login ${FULL_START.docker_password} failed`], stdout: `${TOKEN}\n` }),
    );
    const { client } = clientFor(server.url);
    await client.start(FULL_START);
    await expect(client.record("e-1")).resolves.toMatchObject({
      value: { errors: ["login [redacted] failed"], output: "[redacted]\n" },
    });
  });

  // Each of these texts is cut in the middle of the secret.
  test.each<[string, number, "abort" | "record", (message: string) => Answer]>([
    ["an error of a record", 2048, "record", (message) => json(200, { status: "failed", errors: [message] })],
    ["the message of an abort", 2048, "abort", (message) => json(200, { message })],
    ["a detail", 1000, "record", (message) => json(400, { detail: message })],
    ["a validation error", 1000, "record", (message) => json(422, { detail: [{ msg: message }] })],
    ["a page", 300, "record", (message) => text(400, message)],
    ["the title of a page", 300, "record", (message) => text(400, `<title>${message}</title>`)],
  ])("of a resource's inputs leave no half if %s is cut", async (_name, cut, call, answer) => {
    for (const inside of [1, 9, 19, DECLARED.length - 5]) {
      server.answerWith(answer(`${"x ".repeat(cut).slice(-(cut - inside))}${DECLARED}${" y".repeat(100)}`));
      const { client } = clientFor(server.url);
      client.keepOut(() => [DECLARED]);
      const shown = await client[call]("e-1").then(
        (found) => JSON.stringify(found),
        (error: unknown) => String(error),
      );
      expect(shown).not.toMatch(/decl|canary|words|its-|line/);
      expect(shown).toContain("x x x");
    }
  });

  test("of a resource's inputs leave no half if an output is cut", async () => {
    for (const behind of [1, 9, 19, DECLARED.length - 5]) {
      const tail = "y\n".repeat(32_768).slice(0, 65_536 - behind - 1);
      server.answerWith(json(200, { status: "failed", stdout: `x\n${DECLARED}${tail}\n` }), json(200, {}));
      const { client } = clientFor(server.url);
      client.keepOut(() => [DECLARED]);
      const shown = JSON.stringify(await client.record("e-1"));
      expect(shown).not.toMatch(/decl|canary|words|its-|line/);
      expect(shown.length).toBeGreaterThan(65_000);
    }
  });

  test("of a resource's inputs are searched for only before a text is redacted, and only once", async () => {
    let searches = 0;
    const { client } = clientFor(server.url);
    client.keepOut(() => {
      searches += 1;
      return ["one-line-canary"];
    });
    server.answerWith(
      json(200, { status: "running" }),
      ...["failed", "failed"].map((status) => json(200, { status, errors: ["one-line-canary"] })),
    );
    await client.record("e-1");
    expect(searches).toBe(0);
    for (let call = 0; call < 2; call += 1)
      await expect(client.record("e-1")).resolves.toMatchObject({ value: { errors: ["[redacted]"] } });
    expect(searches).toBe(1);
  });
});
