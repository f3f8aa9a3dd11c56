import { BUCKET_STAGES } from './bucket.ts';
import { DENSIFY_STAGES } from './densify.ts';
import { FACET_STAGES } from './facet.ts';
import { FILTER_STAGES } from './filter.ts';
import { GRAPH_STAGES } from './graph-lookup.ts';
import { GROUP_STAGES } from './group.ts';
import { LOOKUP_STAGES } from './lookup.ts';
import { OUTPUT_STAGES } from './output.ts';
import { PROJECT_STAGES } from './project.ts';
import { ROOT_STAGES } from './replace-root.ts';
import { SOURCE_STAGES } from './sources.ts';
import type { Stages } from './stage.ts';
import { UNWIND_STAGES } from './unwind.ts';
import { WINDOW_STAGES } from './window.ts';

/** All stages of pipelines. */
export const STAGES: Stages = new Map([
  ...FILTER_STAGES,
  ...PROJECT_STAGES,
  ...ROOT_STAGES,
  ...GROUP_STAGES,
  ...BUCKET_STAGES,
  ...UNWIND_STAGES,
  ...LOOKUP_STAGES,
  ...GRAPH_STAGES,
  ...FACET_STAGES,
  ...WINDOW_STAGES,
  ...DENSIFY_STAGES,
  ...SOURCE_STAGES,
  ...OUTPUT_STAGES,
]);
