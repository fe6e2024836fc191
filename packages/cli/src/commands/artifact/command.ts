import type { Command } from '../../command.ts'
import { subCommands, type SubCommands } from '../../sub-commands.ts'
import { ARTIFACT_HELP } from './artifact-help.ts'

/** Every command on artifacts by its name; none is loaded before it is called. */
export const ARTIFACT_COMMANDS: SubCommands = {
  list: async () => (await import('./list.ts')).artifactListCommand,
  show: async () => (await import('./show.ts')).artifactShowCommand,
  cat: async () => (await import('./cat.ts')).artifactCatCommand,
  export: async () => (await import('./export.ts')).artifactExportCommand,
  lineage: async () => (await import('./lineage.ts')).artifactLineageCommand,
  push: async () => (await import('./push.ts')).artifactPushCommand,
}

/** `cairn artifact`: the commands on artifacts. */
export const artifactCommand: Command = subCommands('artifact', { commands: ARTIFACT_COMMANDS, help: ARTIFACT_HELP })
