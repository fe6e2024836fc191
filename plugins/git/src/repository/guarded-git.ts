import type { SimpleGit } from 'simple-git'

/** Runs git in one folder. */
export interface GuardedGit {
  /** What it prints. Rejects with what it says where it fails, and soon after the signal is aborted. */
  run(...args: readonly string[]): Promise<string>
  /** The same git with more settings, which win over those of the repository: `name=value`. */
  with(settings: readonly string[]): GuardedGit
}

/** What of the environment git gets: enough to find itself and the settings of the user, and no secrets. */
const PASSED: readonly string[] = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'XDG_CONFIG_HOME',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_COUNT',
  'GIT_CEILING_DIRECTORIES',
  'GIT_EXEC_PATH',
]
const CONFIG_PAIR = /^GIT_CONFIG_(?:KEY|VALUE)_\d{1,3}$/

const OWN = {
  // Messages are told apart by their text.
  LC_ALL: 'C',
  // Status would write a refreshed index while somebody else works in the repository, and run a hook for it.
  GIT_OPTIONAL_LOCKS: '0',
  // A clone with objects missing would fetch them, by a command that the repository may name.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
} as const

/** Settings by which a repository could have programs started or much more looked at than is asked for. */
const SETTINGS: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'status.submoduleSummary=false',
  'submodule.recurse=false',
]

/** Git as it is safe in any repository: no program of the repository's choice is started, nothing is written or fetched. */
export function guardedGit(folder: string, signal: AbortSignal): GuardedGit {
  return guarded(folder, { signal, settings: SETTINGS })
}

function guarded(
  folder: string,
  options: { readonly signal: AbortSignal; readonly settings: readonly string[] },
): GuardedGit {
  let git: Promise<SimpleGit> | undefined
  return {
    async run(...args) {
      options.signal.throwIfAborted()
      git ??= open(folder, options)
      return (await git).raw([...args])
    },
    with: (settings) => guarded(folder, { ...options, settings: [...options.settings, ...settings] }),
  }
}

async function open(
  folder: string,
  { signal, settings }: { readonly signal: AbortSignal; readonly settings: readonly string[] },
): Promise<SimpleGit> {
  // Only here: it costs the time of a cached run.
  const { simpleGit } = await import('simple-git')
  const environment = passedEnvironment()
  return simpleGit({
    baseDir: folder,
    abort: signal,
    config: [...settings],
    allowEnvironment: Object.keys(environment),
    // The settings above are ours and switch off what these flags are about.
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeFilter: true },
  }).env(environment)
}

function passedEnvironment(): Record<string, string> {
  const names = [...PASSED, ...Object.keys(process.env).filter((name) => CONFIG_PAIR.test(name))]
  const passed = names.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  // Sound: every entry is a pair of texts.
  return { ...(Object.fromEntries(passed) as Record<string, string>), ...OWN }
}
