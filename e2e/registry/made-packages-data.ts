/** A package that somebody else has published. */
export interface MadePackage {
  readonly name: string
  readonly version: string
  /** @default 'latest' */
  readonly tag?: string
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  /** Its only module. */
  readonly code: string
}

const PLUGIN = `import { cachePolicy, ContentCachePolicy, definePlugin } from '@cairnml/core'

export default definePlugin({
  name: 'works',
  components: [cachePolicy({ create: (_options, { name }) => new ContentCachePolicy(name, {}) })],
})
`
const OF_THIS_RELEASE = { '@cairnml/core': '^0.0.0' }

const plugin = (name: string, more: Partial<MadePackage> = {}): MadePackage => ({
  name: `cairnml-plugin-${name}`,
  version: '1.0.0',
  peerDependencies: OF_THIS_RELEASE,
  code: PLUGIN,
  ...more,
})

/** Plugins as they are found in a registry. */
export const MADE_PACKAGES: readonly MadePackage[] = [
  plugin('works', { version: '1.2.0' }),
  plugin('works', { version: '1.3.0' }),
  plugin('works', { version: '2.0.0-rc.1', tag: 'next' }),
  // One of another release of Cairn, and that release.
  plugin('ahead', { peerDependencies: { '@cairnml/core': '^9.0.0' } }),
  { name: '@cairnml/core', version: '9.0.0', tag: 'next', code: '' },
  plugin('none', { code: 'export default 5\n' }),
  plugin('hurt', { scripts: { postinstall: 'echo cannot compile >&2; exit 3' } }),
  plugin('slow', { scripts: { postinstall: 'touch "$INIT_CWD/scripts-began" && sleep 30' } }),
  // Cairn's own package lacks what it depends on: nobody else's is meant then.
  { ...plugin('lacking', { dependencies: { 'cairnml-missing': '1.0.0' } }), name: '@cairnml/plugin-lacking' },
  plugin('lacking'),
  { ...plugin('sealed'), name: '@sealed/stores' },
]
