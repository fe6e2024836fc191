import type { PackageManager } from '../packed/packed-manifest.ts'
import { ADD } from '../stranger/refusals-data.ts'
import { LocalRegistry } from './local-registry.ts'
import { RegistryProject } from './registry-project.ts'

/** How a package manager does what is said to be next. */
interface Words {
  readonly create: string
  readonly cairn: string
  readonly remove: string
}

const WORDS: { readonly [M in PackageManager]: Words } = {
  npm: { create: 'npm create cairnml@latest', cairn: 'npx cairn', remove: 'npm uninstall' },
  pnpm: { create: 'pnpm create cairnml', cairn: 'pnpm cairn', remove: 'pnpm remove' },
}

/** A created project in which plugins are added and removed. */
export class PluginProject extends RegistryProject {
  readonly words: Words & { readonly add: string }
  readonly #registry: LocalRegistry

  private constructor(manager: PackageManager, registry: LocalRegistry) {
    super(registry.url, 'my-project')
    this.words = { ...WORDS[manager], add: ADD[manager] }
    this.#registry = registry
  }

  /** @throws Error if it cannot be made or installed */
  static async create(manager: PackageManager): Promise<PluginProject> {
    const project = new PluginProject(manager, await LocalRegistry.start())
    await project.types(`${project.words.create} my-project`, { cwd: '..' })
    await project.types(`${manager} install`)
    return project
  }

  /** The plugins that `package.json` names, with their ranges. */
  get named(): Readonly<Record<string, string>> {
    // Sound: Cairn wrote it, and the package manager keeps its form.
    const { dependencies } = JSON.parse(this.read('package.json')) as {
      readonly dependencies: Readonly<Record<string, string>>
    }
    return Object.fromEntries(Object.entries(dependencies).filter(([name]) => name.includes('plugin')))
  }

  override [Symbol.dispose](): void {
    this.#registry[Symbol.dispose]()
    super[Symbol.dispose]()
  }
}
