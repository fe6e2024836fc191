export { NODE_CONDITIONS, processConditions, splitOptions } from './conditions.ts'
export { installedPackage, packageOfFile, type InstalledPackage, type PackageManifest } from './installed-package.ts'
export { packageInPnp, pnpApiFor, type PnpApi } from './pnp-api.ts'
export { packageEntry } from './package-entry.ts'
