export { livingHolder, type ShareHold } from '../files/hold-file.ts'
export { packagesLockFile, withPackagesLocked, type PackagesLock } from './lock-packages.ts'
export { packageManagerOf, startedBy, type PackageManager } from './package-manager.ts'
export {
  addCommand,
  installCommand,
  removeCommand,
  runCommand,
  type AddOptions,
  type CommandLine,
} from './package-command.ts'
