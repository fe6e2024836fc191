import type { PortName } from '@cairnml/core'

import type { Command } from './command.ts'

/** Every command by its name; none is loaded before it is called. */
export const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  init: async () => ({ command: (await import('./commands/init/command.ts')).initCommand }),
  run: async () => ({ command: (await import('./commands/run/command.ts')).runCommand }),
  sweep: async () => ({ command: (await import('./commands/sweep/command.ts')).sweepCommand }),
  explain: async () => ({ command: (await import('./commands/explain/command.ts')).explainCommand }),
  pipeline: async () => ({ command: (await import('./commands/pipeline/command.ts')).pipelineCommand }),
  artifact: async () => ({ command: (await import('./commands/artifact/command.ts')).artifactCommand }),
  cache: async () => ({ command: (await import('./commands/cache/command.ts')).cacheCommand }),
  stack: async () => ({ command: (await import('./commands/stack/command.ts')).stackGroupCommand }),
  orchestrator: async () => component('orchestrator', 'orchestrator'),
  'artifact-store': async () => component('artifact-store', 'artifactStore'),
  'metadata-store': async () => component('metadata-store', 'metadataStore'),
  'cache-policy': async () => component('cache-policy', 'cachePolicy'),
  'cache-index': async () => component('cache-index', 'cacheIndex'),
  provenance: async () => component('provenance', 'provenance'),
  plugin: async () => ({ command: (await import('./commands/plugin/command.ts')).pluginGroupCommand }),
  doctor: async () => ({ command: (await import('./commands/doctor/command.ts')).doctorCommand }),
  help: async () => ({ command: (await import('./commands/help/command.ts')).helpCommand }),
  completion: async () => ({ command: (await import('./commands/completion/command.ts')).completionCommand }),
  version: async () => ({ command: (await import('./commands/version/command.ts')).versionCommand }),
}

/** Commands that no help lists: programs call them. */
export const HIDDEN_COMMANDS: typeof COMMANDS = {
  complete: async () => ({ command: (await import('./commands/complete/command.ts')).completeCommand }),
}

async function component(command: string, port: PortName): Promise<{ readonly command: Command }> {
  const { componentCommand } = await import('./commands/component/command.ts')
  return { command: componentCommand(command, port) }
}
