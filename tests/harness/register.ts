import { existsSync } from "node:fs";
import { join } from "node:path";
import { close } from "./closing";
import type { EngineName } from "./emulator";
import { Story } from "./scenario";

/** A story as a test file declares it. */
export interface StoryDeclaration {
  /** `__dirname` of the test file. */
  readonly folder: string;
  /** Default both. */
  readonly engines?: readonly EngineName[];
  /** See {@link Telling.variant}. */
  readonly variant?: string;
  /** Folder of the program when it is not the story's own, from the story's folder; an example, say. */
  readonly program?: string;
  /** See {@link Telling.namedByLabel}. */
  readonly namedByLabel?: boolean;
  /** Seconds for the whole telling on one engine. Default 240. */
  readonly seconds?: number;
}

/**
 * Declares one jest test for each engine. Without Docker its variants are left out, and their names say so.
 * The work folder of a story that failed is kept under `.cache/stories`.
 */
export function tell(title: string, declaration: StoryDeclaration, act: (story: Story) => Promise<void>): void {
  for (const engine of declaration.engines ?? ["simulated", "docker"]) {
    if (engine === "docker" && process.env.LYCEUM_TEST_DOCKER !== "1") {
      test.skip(`${title} (docker; left out: LYCEUM_TEST_DOCKER is not 1)`, () => undefined);
      continue;
    }
    test(`${title} (${engine})`, () => tellOnce(declaration, engine, act), (declaration.seconds ?? 240) * 1000);
  }
}

async function tellOnce(
  { folder, program, variant, namedByLabel = false }: StoryDeclaration,
  engine: EngineName,
  act: (story: Story) => Promise<void>,
): Promise<void> {
  const own = join(folder, `program-${variant}`);
  const programFolder = variant !== undefined && existsSync(own) ? own : join(folder, program ?? "program");
  const story = await Story.begin({
    folder,
    engine,
    programFolder,
    namedByLabel,
    ...(variant === undefined ? {} : { variant }),
  });
  try {
    await act(story);
    await close(story);
  } catch (error) {
    await story.abandon();
    throw error;
  }
  story.work.remove();
}
