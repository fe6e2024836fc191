/** A way to break the promises of a component, and the test that is meant to notice. */
export interface Fault<T> {
  /** The methods that take the place of those of a component that works. */
  readonly breaks: (inner: T) => Partial<T>
  /** Section and name of the test. */
  readonly noticedBy: string
}

/** Faults, by what a faulty component does: "a store that loses notices". */
export type Faults<T> = { readonly [name: string]: Fault<T> }

/** A component of which some methods are broken. */
export function broken<T extends object>(inner: T, methods: Partial<T>): T {
  return new Proxy(inner, {
    get(target, name) {
      const value: unknown = Reflect.get(name in methods ? methods : target, name)
      // Bound, because a method of a class with private fields works on that very object only.
      return typeof value === 'function' && !(name in methods) ? value.bind(target) : value
    },
  })
}
