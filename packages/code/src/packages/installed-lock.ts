/** An installed package, as it is found on the disk. */
export interface LockedPackage {
  /** Real path. */
  readonly dir: string
  /** The name of its folder in `node_modules`, with the scope: the name under which it was asked for. */
  readonly folderName: string
  readonly name: string
  readonly version: string
}

/** What a package manager has written down of the packages that it has installed. */
export interface InstalledLock {
  /**
   * The integrity of a package, or the commit of one that comes from git; `undefined` if it is not known for certain.
   */
  integrityOf(installed: LockedPackage): string | undefined
}

const COMMIT = /#([\da-f]{40}|[\da-f]{64})$/

/** The commit in the address of a git repository, as npm and yarn write it. */
export function commitOf(address: string): string | undefined {
  if (!/^git[+:@]|^https?:.*\.git#|^(?:github|gitlab|bitbucket):/.test(address)) return undefined
  return COMMIT.exec(address)?.[1]
}
