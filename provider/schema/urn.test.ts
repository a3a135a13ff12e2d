import { nameOf, readUrn, typeOf, urnOf } from "./urn";

test.each([
  ["urn:pulumi:dev::shop::lyceum:index:Scope::s", "dev", "shop", "lyceum:index:Scope", "s"],
  ["urn:pulumi:dev::shop::a:b:C$d:e:F$lyceum:index:Scope::s", "dev", "shop", "lyceum:index:Scope", "s"],
  ["urn:pulumi:dev::shop::t::a::b", "dev", "shop", "t", "a::b"],
  ["urn:pulumi:dev::shop::t::::a", "dev", "shop", "t", "::a"],
  ["urn:pulumi:dev::shop::p$t::a$b:c", "dev", "shop", "t", "a$b:c"],
])("the parts of %s are read", (urn, stack, project, type, name) => {
  expect(readUrn(urn)).toEqual({ stack, project, type, name });
  expect([nameOf(urn), typeOf(urn)]).toEqual([name, type]);
  expect(readUrn(urnOf({ stack, project, type, name }))).toEqual({ stack, project, type, name });
});

test.each(["", "train", "a::b::c::d", "urn:pulumi:dev", "urn:pulumi:dev::shop::t", "urn:pulumi:::shop::t::a"])(
  "%j is no URN: it is its own name, and has no type",
  (text) => expect([readUrn(text), nameOf(text), typeOf(text)]).toEqual([undefined, text, ""]),
);
