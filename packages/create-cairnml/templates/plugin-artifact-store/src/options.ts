/** Options of the artifact store, as a stack file writes them. */
export interface AcmeOptions {
  /** Folder of the objects, absolute or from the project. @default `acme` in the folder `.cairn` of the project */
  readonly path?: string | undefined
}
