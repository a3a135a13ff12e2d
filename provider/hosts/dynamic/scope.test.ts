import { create, diff, read, update } from "./scope";

test("every scope has a new secret, and its id does not reveal it", async () => {
  const [one, other] = [await create({}), await create({})];
  expect(one.outs.secret).toMatch(/^[\w-]{32}$/);
  expect(one.outs.secret).not.toBe(other.outs.secret);
  expect(one.id).not.toContain(String(one.outs.secret));
});

test("a scope never changes", async () => {
  expect(await diff()).toEqual({ changes: false });
  expect(await read("scope-x", { secret: "s" })).toEqual({ id: "scope-x", props: { secret: "s" } });
  expect(await update("scope-x", { secret: "s" })).toEqual({ outs: { secret: "s" } });
});
