import { isOfSameStack, writerId } from "./writer";

test("resources of one stack have different names, and recognize each other", () => {
  const [one, other] = [writerId("s", "urn:a"), writerId("s", "urn:b")];
  expect([one === other, isOfSameStack(one, other), writerId("s", "urn:a") === one]).toEqual([false, true, true]);
  expect(one).toMatch(/^files-[0-9a-f]{24}$/);
});

test("a resource of another stack, and a name of another form, are not of the same stack", () => {
  const own = writerId("s", "urn:a");
  expect(isOfSameStack(own, writerId("t", "urn:a"))).toBe(false);
  expect(isOfSameStack(own, own.slice(0, -1))).toBe(false);
  expect(isOfSameStack("files-", "files-")).toBe(false);
});
