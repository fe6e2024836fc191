/** A stack frame that never was, in the shape that `Error.prepareStackTrace` gets from V8. */
export class SyntheticCallSite {
  readonly #place: { readonly file: string; readonly line: number; readonly column: number }

  constructor(place: { readonly file: string; readonly line: number; readonly column: number }) {
    this.#place = place
  }

  getFileName(): string {
    return this.#place.file
  }

  getScriptNameOrSourceURL(): string {
    return this.#place.file
  }

  getLineNumber(): number {
    return this.#place.line
  }

  getColumnNumber(): number {
    return this.#place.column
  }

  isToplevel(): boolean {
    return true
  }

  isNative(): boolean {
    return false
  }

  isEval(): boolean {
    return false
  }

  isAsync(): boolean {
    return false
  }

  isPromiseAll(): boolean {
    return false
  }

  isConstructor(): boolean {
    return false
  }

  getEvalOrigin(): undefined {
    return undefined
  }

  getFunctionName(): null {
    return null
  }

  getTypeName(): null {
    return null
  }

  getMethodName(): null {
    return null
  }

  getThis(): undefined {
    return undefined
  }

  getFunction(): undefined {
    return undefined
  }

  toString(): string {
    return `${this.#place.file}:${this.#place.line}:${this.#place.column}`
  }
}
