import { DiagnosticCollector } from "../diagnostic";
import type { ProjectCode } from "./catalogue";
import { projectCatalogue } from "./catalogue";
import type { SourceRow } from "./sources";

/** Gathers the faults of all files of a project. */
export class ProjectFaults extends DiagnosticCollector<ProjectCode> {
  constructor(readonly sources: SourceRow) {
    super(sources, undefined, projectCatalogue);
  }
}
