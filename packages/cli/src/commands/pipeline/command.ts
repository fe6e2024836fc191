import type { Command } from '../../command.ts'
import { subCommands, type SubCommands } from '../../sub-commands.ts'
import { PIPELINE_HELP } from './pipeline-help.ts'

/** Every command on pipelines by its name; none is loaded before it is called. */
export const PIPELINE_COMMANDS: SubCommands = {
  list: async () => (await import('./list.ts')).pipelineListCommand,
  show: async () => (await import('./show.ts')).pipelineShowCommand,
  versions: async () => (await import('./versions.ts')).pipelineVersionsCommand,
}

/** `cairn pipeline`: the commands on pipelines. */
export const pipelineCommand: Command = subCommands('pipeline', { commands: PIPELINE_COMMANDS, help: PIPELINE_HELP })
