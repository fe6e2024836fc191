import { detect } from 'package-manager-detector/detect'

/** A program that installs packages. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'yarn@berry' | 'bun' | 'deno'

/**
 * The package manager of a folder: that of the nearest lockfile, `packageManager` or `devEngines` field in the folder or
 * above it, else the one that started this process, else npm.
 *
 * @param folder absolute
 */
export async function packageManagerOf(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<PackageManager> {
  const detected = await detect({ cwd: folder })
  return known(detected?.agent) ?? startedBy(environment) ?? 'npm'
}

/** The package manager that started this process, as `npm create` does. */
export function startedBy(environment: NodeJS.ProcessEnv = process.env): PackageManager | undefined {
  return known(environment['npm_config_user_agent']?.split('/')[0])
}

/** Variants of one program take the same commands; one that is not known here has none that could be shown. */
function known(agent: string | undefined): PackageManager | undefined {
  switch (agent) {
    case 'npm':
    case 'pnpm':
    case 'yarn':
    case 'yarn@berry':
    case 'bun':
    case 'deno':
      return agent
    case 'pnpm@6':
      return 'pnpm'
    default:
      return undefined
  }
}
