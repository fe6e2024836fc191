import { ARTIFACT_ERRORS } from './artifact-errors-data.ts'
import { AUTHORING_ERRORS } from './authoring-errors-data.ts'
import { CACHING_ERRORS } from './caching-errors-data.ts'
import { COMMAND_ERRORS } from './command-errors-data.ts'
import { CONFIG_ERRORS } from './config-errors-data.ts'
import { PARAMETER_ERRORS } from './parameter-errors-data.ts'
import { RUN_ERRORS } from './run-errors-data.ts'
import { STACK_ERRORS } from './stack-errors-data.ts'
import { STORE_ERRORS } from './store-errors-data.ts'

/** One entry of the catalogue; see the README of this folder for how to write one. */
export interface ErrorEntry {
  // `never` admits a function of any one details type; `cairnError` ties each code to its own.
  readonly message: (details: never) => string
  readonly hint?: string | ((details: never) => string)
  /** @default 2 */
  readonly exitCode?: number
}

type Catalogue = typeof AUTHORING_ERRORS &
  typeof PARAMETER_ERRORS &
  typeof ARTIFACT_ERRORS &
  typeof RUN_ERRORS &
  typeof CACHING_ERRORS &
  typeof STORE_ERRORS &
  typeof STACK_ERRORS &
  typeof CONFIG_ERRORS &
  typeof COMMAND_ERRORS

/** Every permanent error code of the core packages. */
export type ErrorCode = keyof Catalogue
/** The facts that an error of this code carries. */
export type ErrorDetails<C extends ErrorCode> = Parameters<Catalogue[C]['message']>[0]

/** All entries by code. */
export const CATALOGUE: Readonly<Record<ErrorCode, ErrorEntry>> = {
  ...AUTHORING_ERRORS,
  ...PARAMETER_ERRORS,
  ...ARTIFACT_ERRORS,
  ...RUN_ERRORS,
  ...CACHING_ERRORS,
  ...STORE_ERRORS,
  ...STACK_ERRORS,
  ...CONFIG_ERRORS,
  ...COMMAND_ERRORS,
}

/** Every code, in the order of the catalogue. */
export const ERROR_CODES: readonly ErrorCode[] = Object.keys(CATALOGUE) as ErrorCode[]
