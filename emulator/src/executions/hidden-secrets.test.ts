import { accepted } from "./execution";
import type { StoredRun } from "./execution-store";
import { type HideSecrets, hiddenIn, hiddenName } from "./hidden-secrets";
import { RunOutput } from "./output";
import { lacksPassword, maskedBody, maskedExecution, maskedRequest, maskOf, withoutSecrets } from "./registry-password";

function run(fileName: string | null, body: Record<string, unknown>): StoredRun {
  const fields = { executionId: "local-1", sequence: 1, fileName, machine: "cpu", at: 0 };
  return { execution: accepted(fields), body, output: new RunOutput() };
}

/** Hides the word `hunter`, and the word that follows `KEY=` in the Compose text. */
const hide: HideSecrets = (text) => {
  const own = /KEY=(\w+)/.exec(text)?.[1];
  const shown = (line: string) =>
    (own === undefined ? line : line.replaceAll(own, "[own]")).replaceAll("hunter", "[it]");
  return { text: shown(text), hide: shown };
};

test("the text and the output of a run have neither its secrets nor its registry password", () => {
  const hidden = hiddenIn(run(null, { compose_file_code: "KEY=wxyz pass1", docker_password: "pass1" }), hide);
  expect([hidden.text, hidden.hide("wxyz and pass1")]).toEqual(["KEY=[own] [redacted]", "[own] and [redacted]"]);
  expect(hiddenIn(run(null, {}), hide).text).toBe("");
});

test("the secrets of a run are searched once", () => {
  let searches = 0;
  const counting: HideSecrets = (text) => {
    searches++;
    return hide(text);
  };
  const one = run("name", { compose_file_code: "x" });
  expect(hiddenIn(one, counting)).toBe(hiddenIn(one, counting));
  expect([hiddenName(one, counting), hiddenName(one, counting), searches]).toEqual(["name", "name", 2]);
});

const KEY = "yyptx00123456abcdefga001q7zk-";
test.each<[string, string | null, string, string | null]>([
  ["none", null, "", null],
  ["one without secrets", "train", "KEY=wxyz", "train"],
  ["one with a secret of its text", `${KEY}run-wxyz`, "KEY=wxyz", `${KEY}run-[own]`],
  ["one that is a secret by itself", `${KEY}hunter`, "", `${KEY}[it]`],
  ["one with a secret of a text of 4 KiB", "wxyz", "KEY=wxyz ".padEnd(4096, "x"), "[own]"],
  [
    "one with a secret of a longer text, which is not searched for a name",
    "wxyz",
    "KEY=wxyz ".padEnd(4097, "x"),
    "wxyz",
  ],
  ["one with the registry password, however long the text is", "pass1", "x".repeat(5000), "[redacted]"],
])("the page shows of the name of a run: %s", (_what, fileName, text, expected) => {
  expect(hiddenName(run(fileName, { compose_file_code: text, docker_password: "pass1" }), hide)).toBe(expected);
});

test("a registry secret that is a part of another one leaves nothing of the longer one", () => {
  const body = {
    docker_password: "abcd",
    aws_session_token: "xxabcdyy",
    note: ["xxabcdyy", { deep: "abcd" }, 1, null],
  };
  expect(maskedBody(body)).toEqual({
    docker_password: "[redacted]",
    aws_session_token: "[redacted]",
    note: ["[redacted]", { deep: "[redacted]" }, 1, null],
  });
  expect(withoutSecrets(body)).toEqual({ ...body, docker_password: "[redacted]", aws_session_token: "[redacted]" });
});

test.each([
  ["of three letters, which other words may have", "abc", "abc abcd"],
  ["of four letters", "abcd", "abc [redacted]"],
  ["that is masked already", "[redacted]", "abc abcd"],
  ["that is a number", 1234, "abc abcd"],
])("a registry password %s is searched in other texts or not", (_what, docker_password, expected) => {
  expect(maskOf({ docker_password })("abc abcd")).toBe(expected);
});

test.each([
  [{ docker_registry_credential_type: "basic", docker_password: "[redacted]" }, true],
  [{ docker_registry_credential_type: "basic", docker_password: "pass" }, false],
  [{ docker_registry_credential_type: "aws", docker_password: "[redacted]" }, false],
])("a stored start %p lacks its password: %s", (body, expected) => expect(lacksPassword(body)).toBe(expected));

test("the log masks a text that names a field with a secret, and absent secrets stay absent", () => {
  expect(maskedRequest("docker_password=x")).toBe("[redacted]");
  expect([maskedRequest("x"), maskedRequest(null), maskedRequest(7)]).toEqual(["x", null, 7]);
  expect(maskedRequest([{ docker_password: "pass1" }])).toEqual([{ docker_password: "[redacted]" }]);
  expect(maskedBody({ docker_password: null, aws_session_token: undefined })).toEqual({ docker_password: null });
});

test("the errors and the name of an execution do not have its password", () => {
  const mask = maskOf({ docker_password: "pass1" });
  const { execution } = run("pass1", {});
  const failed = { ...execution, errors: ["a pass1"], dockerErrors: ["b pass1"], systemErrors: ["c pass1"] };
  expect(maskedExecution(failed, mask)).toMatchObject({
    fileName: "[redacted]",
    errors: ["a [redacted]"],
    dockerErrors: ["b [redacted]"],
    systemErrors: ["c [redacted]"],
  });
  expect(maskedExecution(run(null, {}).execution, mask).fileName).toBeNull();
});
