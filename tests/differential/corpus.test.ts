import { Document, parseAllDocuments } from "yaml";
import { VALIDATION_CATALOGUE } from "../../compose";
import { bundleProject } from "../../compose/project";
import { memoryFiles } from "../../compose/project/testing/memory-files";
import type { Schema } from "../../compose/validate/schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "../../compose/validate/schema.generated";
import { readCorpus } from "./corpus";

/** Walks a value and its schema together, and records the schema of every property of the value. */
function note(value: unknown, unresolved: Schema, observed: Set<Schema>): void {
  const schema = resolved(unresolved);
  for (const branch of schema.oneOf ?? []) note(value, branch, observed);
  if (Array.isArray(value)) {
    for (const item of value) if (schema.items !== undefined) note(item, schema.items, observed);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, found] of Object.entries(value)) {
      const property = schema.properties?.[key];
      if (property !== undefined) {
        observed.add(property);
        note(found, property, observed);
      }
      for (const [pattern, below] of Object.entries(schema.patternProperties ?? {})) {
        if (property === undefined && new RegExp(pattern, "u").test(key)) note(found, below, observed);
      }
    }
  }
}

/**
 * Every property in the schema, with its first path. A property that services, jobs and init containers share occurs
 * once.
 */
function everyProperty(unresolved: Schema, path: string, found: Map<Schema, string>): void {
  const schema = resolved(unresolved);
  for (const branch of schema.oneOf ?? []) everyProperty(branch, path, found);
  if (schema.items !== undefined) everyProperty(schema.items, `${path}[]`, found);
  for (const [key, below] of Object.entries(schema.properties ?? {})) {
    if (!found.has(below)) found.set(below, `${path}.${key}`);
    everyProperty(below, `${path}.${key}`, found);
  }
  for (const below of Object.values(schema.patternProperties ?? {})) everyProperty(below, `${path}.*`, found);
}

/** The data of a YAML document. `undefined` if the document is not valid. */
function dataOf(document: Document): unknown {
  try {
    return document.errors.length === 0 ? document.toJS() : undefined;
  } catch {
    return undefined;
  }
}

function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolved(SCHEMA_DEFINITIONS[schema.$ref] ?? {});
}

const corpus = readCorpus();

it("has at least 150 projects, each with a name of its own", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(150);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

it("holds every property of the Compose Specification", () => {
  const wanted = new Map<Schema, string>();
  everyProperty(DOCUMENT_SCHEMA, "", wanted);
  const observed = new Set<Schema>();
  for (const { files } of corpus) {
    for (const [path, text] of Object.entries(files)) {
      if (!/\.ya?ml$/.test(path)) continue;
      for (const document of parseAllDocuments(text, { uniqueKeys: false, merge: true, logLevel: "silent" })) {
        if (!(document instanceof Document)) continue;
        note(dataOf(document), DOCUMENT_SCHEMA, observed);
      }
    }
  }
  expect(wanted.size).toBeGreaterThan(300);
  expect([...wanted].flatMap(([property, path]) => (observed.has(property) ? [] : [path]))).toEqual([]);
});

it("holds in corpus/ a project for each error of the structure (LYC21xx) and the references (LYC22xx) of a text", () => {
  const errors = Object.entries(VALIDATION_CATALOGUE).flatMap(([code, { severity }]) =>
    severity === "error" && /^LYC2[12]/.test(code) ? [code] : [],
  );
  const observed = new Set<string>();
  for (const { files, run } of corpus) {
    const absolute = Object.entries(files).map(([path, text]) => [`/p/${path}`, text]);
    const options = { paths: run.files, from: "/p", profiles: run.profiles, variables: new Map() };
    for (const { code } of bundleProject(options, memoryFiles(Object.fromEntries(absolute))).diagnostics)
      observed.add(code);
  }
  expect(errors.length).toBeGreaterThan(30);
  expect(errors.filter((code) => !observed.has(code))).toEqual([]);
});
