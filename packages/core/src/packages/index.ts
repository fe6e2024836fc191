export { NODE_CONDITIONS, processConditions, splitOptions } from './conditions.ts'
export { installedPackage, type InstalledPackage, type PackageManifest } from './installed-package.ts'
export { packageInPnp, pnpApiFor, type PnpApi } from './pnp-api.ts'
