import { ARTIFACT_STORE_TASKS } from '../artifact-store/process-tasks.ts'
import { CACHE_INDEX_TASKS } from '../cache-index/process-tasks.ts'
import { METADATA_STORE_TASKS } from '../metadata-store/process-tasks.ts'
import type { ComponentTask } from './component-task.ts'

/** Everything that a process may be started for, by name. */
export const COMPONENT_TASKS: { readonly [name: string]: (task: ComponentTask<never>) => Promise<void> } = {
  ...ARTIFACT_STORE_TASKS,
  ...CACHE_INDEX_TASKS,
  ...METADATA_STORE_TASKS,
}

/** The name of a task. */
export type ComponentTaskName =
  | keyof typeof ARTIFACT_STORE_TASKS
  | keyof typeof CACHE_INDEX_TASKS
  | keyof typeof METADATA_STORE_TASKS
