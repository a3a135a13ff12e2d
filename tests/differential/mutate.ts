import {
  Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
  type YAMLMap,
  YAMLSeq,
} from "yaml";
import type { Random } from "../chaos/random";
import type { Project } from "./corpus";
import type { Compared } from "./run";

/** A position in a document that can be changed. */
type Spot =
  | { readonly kind: "entry"; readonly map: YAMLMap; readonly index: number }
  | { readonly kind: "item"; readonly list: YAMLSeq; readonly index: number };

/**
 * A project with one change in one of its YAML files: a part is removed, renamed, repeated, or gets another type.
 * `undefined` if the chosen file contains nothing to change.
 */
function mutantOf(project: Project, random: Random, number: number): Project | undefined {
  const file = random.pick(Object.keys(project.files).filter((path) => /\.ya?ml$/.test(path)));
  const before = project.files[file] ?? "";
  const [document, ...others] = parseAllDocuments(before, { uniqueKeys: false });
  if (!(document instanceof Document) || others.length > 0 || document.errors.length > 0) return undefined;
  const spots = spotsIn(document.contents);
  const original = textOf(document);
  if (spots.length === 0 || original === undefined) return undefined;
  const change = random.pick(changes);
  change.apply(random.pick(spots), random);
  const text = textOf(document);
  if (text === undefined || text === original) return undefined;
  return {
    ...project,
    name: `${project.name}, mutant ${number} (${change.name} in ${file})`,
    files: { ...project.files, [file]: text },
    changed: file,
  };
}

/**
 * Returns the first `count` mutants for a seed. Most come from projects that both sides accept, because more can go
 * wrong in these projects.
 */
export function mutantsOf(of: readonly Compared[], count: number, random: Random): Project[] {
  const right = of.filter(({ ours, theirs }) => ours.accepted && theirs.accepted);
  const made: Project[] = [];
  while (made.length < count) {
    const { project } = random.pick(random.chance(0.85) ? right : of);
    const mutant = mutantOf(project, random, made.length);
    if (mutant !== undefined) made.push(mutant);
  }
  return made;
}

/** A document as text. `undefined` if an alias has lost its anchor. */
function textOf(document: Document): string | undefined {
  // Null is written as `null`, because some readers misread a colon directly before a comma.
  visit(document, {
    Scalar: (_, node) => {
      if (node.value === null) delete node.source;
    },
  });
  try {
    return String(document);
  } catch {
    return undefined;
  }
}

function spotsIn(root: unknown): Spot[] {
  const spots: Spot[] = [];
  const walk = (node: unknown): void => {
    if (isMap(node)) {
      for (const [index, pair] of node.items.entries()) {
        spots.push({ kind: "entry", map: node, index });
        walk(pair.value);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        spots.push({ kind: "item", list: node, index });
        walk(item);
      }
    }
  };
  walk(root);
  return spots;
}

const changes: readonly { readonly name: string; readonly apply: (spot: Spot, random: Random) => void }[] = [
  {
    name: "dropped",
    apply: (spot) => {
      if (spot.kind === "entry") spot.map.items.splice(spot.index, 1);
      else spot.list.items.splice(spot.index, 1);
    },
  },
  {
    name: "renamed",
    apply: (spot, random) => {
      if (spot.kind === "entry") {
        const pair = pairAt(spot);
        pair.key = misspelt(wordOf(pair.key), random);
      } else spot.list.items[spot.index] = misspelt(wordOf(spot.list.items[spot.index]), random);
    },
  },
  { name: "retyped", apply: (spot, random) => put(spot, random.pick(otherTypes)(valueAt(spot))) },
  {
    name: "duplicated",
    apply: (spot, random) => {
      if (spot.kind === "item") spot.list.items.splice(spot.index, 0, copy(spot.list.items[spot.index]));
      else if (random.chance(0.3)) spot.map.items.push(pairAt(spot));
      else {
        const twin = new Document().createPair(`${wordOf(pairAt(spot).key)}2`, null);
        twin.value = copy(pairAt(spot).value) as null;
        spot.map.items.push(twin);
      }
    },
  },
];

/** Replacements of a value by another type. */
const otherTypes: readonly ((value: unknown) => unknown)[] = [
  () => null,
  () => true,
  () => 7,
  () => 1.5,
  () => -1,
  () => "",
  () => "words of some kind",
  () => [],
  () => ({}),
  (value) => [value],
  (value) => ({ key: value }),
  (value) => (isSeq(value) ? value.items[0] : isMap(value) ? new YAMLSeq() : `${wordOf(value)}`),
  (value) => (isMap(value) ? value.items.map(({ key }) => wordOf(key)) : value),
  (value) => (isScalar(value) && Number.isFinite(Number(value.value)) ? Number(value.value) : value),
];

function pairAt({ map, index }: Extract<Spot, { kind: "entry" }>): Pair {
  return map.items[index] as Pair;
}

function valueAt(spot: Spot): unknown {
  return spot.kind === "entry" ? pairAt(spot).value : spot.list.items[spot.index];
}

function put(spot: Spot, value: unknown): void {
  const node = new Document().createNode(value);
  if (spot.kind === "entry") pairAt(spot).value = node;
  else spot.list.items[spot.index] = node;
}

function copy(value: unknown): unknown {
  const node = value as { clone?: () => Node } | null;
  return typeof node?.clone === "function" ? node.clone() : value;
}

function wordOf(value: unknown): string {
  return isScalar(value) ? String(value.value) : typeof value === "string" ? value : "thing";
}

/** A word with a typing error: one character added, removed or swapped. */
function misspelt(text: string, random: Random): string {
  const at = random.whole(0, Math.max(0, text.length - 1));
  return random.pick([
    `${text}x`,
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + (text[at + 1] ?? "") + (text[at] ?? "") + text.slice(at + 2),
    text.toUpperCase(),
    `${text.slice(0, at)}-${text.slice(at)}`,
  ]);
}
