/** Does the work while the clock of this process is wrong by so many milliseconds; timers go on as they do. */
export async function withOtherClock<T>(offsetMs: number, work: () => Promise<T>): Promise<T> {
  const real = globalThis.Date
  const now = (): number => real.now() + offsetMs
  globalThis.Date = new Proxy(real, {
    apply: () => new real(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  })
  try {
    return await work()
  } finally {
    globalThis.Date = real
  }
}
