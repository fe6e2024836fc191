/** The components that a plugin can be scaffolded for, as commands call them. */
export const PLUGIN_PORTS = ['artifact-store', 'orchestrator', 'metadata-store', 'cache-policy', 'cache-index'] as const

/** A component that a plugin can be scaffolded for. */
export type PluginPort = (typeof PLUGIN_PORTS)[number]

/** What each is, in a few words, for those who choose. */
export const PORT_MEANINGS: { readonly [P in PluginPort]: string } = {
  'artifact-store': 'where results lie',
  orchestrator: 'where and how steps run',
  'metadata-store': 'where runs are recorded',
  'cache-policy': 'what decides whether a result is reused',
  'cache-index': 'where results are looked up',
}

/** Whether a text names one. */
export function isPluginPort(text: string): text is PluginPort {
  return (PLUGIN_PORTS as readonly string[]).includes(text)
}
