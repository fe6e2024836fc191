import type { CommandLine, PackageManager, ShareHold } from '@cairnml/core/package-manager'

import type { StackSession } from '../stack/stack-session.ts'

/** Where plugins are installed, and by what. */
export interface PluginChange {
  readonly session: StackSession
  readonly manager: PackageManager
  /** Gets the process that changes packages. */
  readonly share: ShareHold
}

/** A plugin that is asked for. */
export interface PluginRequest {
  /** As it was typed. */
  readonly given: string
  /** The packages that it may mean, as a package manager is asked for them; the first that exists is meant. */
  readonly specifiers: readonly string[]
  /** What installs each of them. */
  readonly lines: readonly CommandLine[]
}
