export { PROJECT_SCHEMA, type ProjectValues } from './project-schema.ts'
export { RUN_SCHEMA, type RunValues } from './run-schema.ts'
export { loadProjectConfig, type ProjectConfig } from './project-config.ts'
export { loadRunConfig, type RunConfig, type TextParam } from './run-config.ts'
