/** The name under which a container holds a `T`. Equal names are equal tokens, also across two copies of core. */
export type Token<T> = symbol & { readonly __value?: (value: T) => T }

/** Makes a typed token. */
export function token<T>(name: string): Token<T> {
  // Sound: the type parameter is a phantom, and only this function gives a name its type.
  return Symbol.for(`cairnml/token/${name}`) as Token<T>
}

/** A token as an error names it. */
export function tokenName(of: symbol): string {
  return of.description?.replace('cairnml/token/', '') ?? 'an unnamed token'
}
