import type { StandardSchemaV1 } from '@standard-schema/spec'
import { it } from 'vitest'
import { z } from 'zod'

import { external } from './external.ts'
import type { StepContext } from './context.ts'
import type { Artifact } from './handle.ts'
import { matrix, vector, type Matrix } from '../materializer/arrays.ts'
import { list, optional } from '../materializer/port.ts'
import { pipeline } from './pipeline.ts'
import { slot } from './slot.ts'
import { step } from './step.ts'

declare const m: Matrix
declare const v: Float64Array

const load = step({ name: 'l', outputs: { x: matrix, y: vector } }).implement(async () => ({
  x: { shape: [1, 2], data: v },
  y: v,
}))
const train = step({
  name: 't',
  params: z.object({ gamma: z.number().default(1) }),
  inputs: { x: matrix, y: vector },
  output: z.number(),
}).implement(({ gamma, x, y }, { signal }) => gamma + x.data.length + y.length)
const req = step({
  name: 'r',
  params: z.object({ lr: z.number(), seed: z.number().optional() }),
  inputs: { x: matrix, y: vector },
  output: z.number(),
}).implement(({ lr }) => lr)
const best = step({ name: 'b', inputs: { scores: list(z.number()) }, output: z.number() }).implement(({ scores }) =>
  Math.max(...scores),
)
const verdict = step({
  name: 'v',
  inputs: { s: z.number(), note: optional(z.string()) },
  output: z.enum(['good', 'bad']),
}).implement(async ({ s, note }) => (s > 0 && note !== 'x' ? 'good' : 'bad'))
const none = step({ name: 'n', inputs: { s: z.number() } }).implement(({ s }) => {
  console.log(s)
})
const many = step({ name: 'm', output: list(z.string()) }).implement(() => ['a'])
const len = step({ name: 'len', inputs: { docs: list(z.string()) }, output: z.boolean() }).implement(
  ({ docs }) => docs.length > 0,
)
const union = step({
  name: 'u',
  params: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('svc'), gamma: z.number() }),
    z.object({ kind: z.literal('nn'), layers: z.number() }),
  ]),
  output: z.number(),
}).implement((p) => (p.kind === 'svc' ? p.gamma : p.layers))
interface Opts {
  readonly a: number
}
declare const optsSchema: StandardSchemaV1<Opts, Opts>
const daily = step({
  name: 'd',
  params: z.object({ day: z.string(), limit: z.number().default(10) }),
  inputs: { s: z.number() },
  output: z.enum(['a', 'b']),
  secrets: ['API_KEY', 'DB'],
  files: ['data/*.csv'],
  ignore: { params: ['limit'] },
  expires: '1d',
  key: ({ params, inputs }) => [params.day, params.limit.toFixed(), inputs['s'] ?? null],
}).implement(({ limit }, { secrets }) => {
  const known: string = secrets.API_KEY + secrets.DB
  const maybe: string | undefined = secrets['OF_THE_PIPELINE']
  return limit > known.length + (maybe?.length ?? 0) ? 'a' : 'b'
})
const helper = ({ secrets }: StepContext): string | undefined => secrets['API_KEY']
const helped = step({ name: 'h', secrets: ['API_KEY'] }).implement((_args, context) => void helper(context))
const iface = step({ name: 'i', params: optsSchema, output: z.number() }).implement(({ a }) => a)

it('accepts every use of the authoring interface and refuses each misuse with one short error', () => {
  void (async () => {
    const d = load()
    const scores = [1, 2, 3].map((gamma) => train({ gamma, x: d.x, y: d.y }))
    const b: Artifact<number> = best({ scores })
    const n0 = none({ s: b }, { after: d })
    verdict({ s: b }, { after: n0, when: len({ docs: many() }) })
    verdict({ s: b, note: undefined as unknown as Artifact<string> })
    train({ gamma: b, x: d.x, y: d.y })
    union({ kind: 'svc', gamma: 1 })
    union({ kind: 'nn', layers: 1 })
    daily.with({ key: async ({ params }) => params.day, cache: true, undeclared: 'off' })
    daily({ day: 'x', s: b })
    helped()
    iface({ a: 1 })
    const preset = req.with({ params: { lr: 1 } })
    preset({ x: d.x, y: d.y })
    preset({ lr: 2, x: d.x, y: d.y })
    const num: number = await train.entrypoint({ x: m, y: v })
    await load.entrypoint()
    const search = pipeline({
      name: 's',
      params: z.object({ gammas: z.array(z.number()).default([1, 2]) }),
      build: ({ gammas }) => {
        const { x, y } = load()
        return best({ scores: gammas.map((gamma) => train({ gamma, x, y })) })
      },
    })
    const run = await search.run(
      { gammas: [0.1] },
      { name: 'a', steps: { train: { cache: false, params: { gamma: 2 } } } },
    )
    const n: number = await run.result.load()
    const evalP = pipeline({
      name: 'e',
      params: z.object({ k: z.number().default(1) }),
      inputs: { x: matrix, y: vector },
      build: ({ k, x, y }) => ({ score: train({ gamma: k, x, y }) }),
    })
    const outer = pipeline({
      name: 'o',
      build: () => {
        const a = search({ gammas: [1] })
        return { a, b: evalP(load()) }
      },
    })
    const r2 = await outer.run()
    const k: number = await r2.result.b.score.load()
    await evalP.run({ x: external(matrix, m), y: external(vector, { file: 'y.npy' }) })
    const sl = pipeline({
      name: 'mn',
      slots: {
        importer: slot({ outputs: { x: matrix, y: vector } }),
        trainer: slot({ inputs: { x: matrix, y: vector }, output: z.number() }),
      },
      build: (_p, { importer, trainer }) => trainer(importer()),
    })
    const s1 = sl.with({ steps: { importer: load } })
    const s2 = s1.with({ steps: { trainer: preset } })
    const q: number = await (await s2.run()).result.load()

    // @ts-expect-error
    step({ name: 'x', outputs: { a: vector, b: vector } }).implement(() => ({ a: v }))
    // @ts-expect-error
    step({ name: 'x', output: z.number() }).implement(() => 'a')
    // @ts-expect-error
    step({ name: 'x', output: z.number() }).implement(async () => {})
    // @ts-expect-error
    step({ name: 'x' }).implement(() => 3)
    // @ts-expect-error
    step({ name: 'x', output: z.enum(['a', 'b']) }).implement(() => 'c')
    // @ts-expect-error
    train({ gamma: 1, x: d.x })
    // @ts-expect-error
    train({ gama: 1, x: d.x, y: d.y })
    // @ts-expect-error
    train({ x: d.y, y: d.y })
    // @ts-expect-error
    train({ gamma: 'a', x: d.x, y: d.y })
    // @ts-expect-error
    req({ x: d.x, y: d.y })
    // @ts-expect-error
    sl.with({ steps: { trainer: best } })
    // @ts-expect-error
    sl.with({ steps: { foo: train } })
    // @ts-expect-error
    s1.run()
    // @ts-expect-error
    search.run({ gammas: ['a'] })
    // @ts-expect-error
    evalP.run()
    // @ts-expect-error
    pipeline({ name: 'w', params: z.object({ n: z.number() }), build: ({ n }) => n * 2 })({ n: b })
    // @ts-expect-error
    train.with({ params: { gama: 1 } })
    // @ts-expect-error
    daily.with({ key: ({ params }) => params.date })
    // @ts-expect-error
    step({ name: 'x', key: () => () => 1 })
    // @ts-expect-error
    step({ name: 'x', undeclared: 'never' })
    step({ name: 'x', secrets: ['A'] }).implement((_args, { secrets }) => {
      // @ts-expect-error
      const b2: string = secrets['B']
      return void b2
    })
  })
})

const lines = step({ name: 'lines', output: list(z.string(), { lazy: true }) }).implement(async function* () {
  yield 'a'
})
const widths = step({
  name: 'widths',
  inputs: { docs: list(z.string(), { lazy: true }) },
  outputs: { all: list(z.number(), { lazy: true }) },
}).implement(async ({ docs }) => {
  const all: number[] = []
  for await (const doc of docs) all.push(doc.length)
  return { all }
})
const eagerly = step({ name: 'e', inputs: { docs: list(z.string()) }, output: z.number() }).implement(
  ({ docs }) => docs.length,
)

it('joins lazy and eager lists', () => {
  const made = lines()
  eagerly({ docs: made })
  const { all } = widths({ docs: made })
  best({ scores: all })
  widths({ docs: [verdictText()] })
  // @ts-expect-error a list of numbers is none of texts
  widths({ docs: all })
  const texts = step({ name: 'x', output: list(z.string(), { lazy: true }) })
  // @ts-expect-error its items are numbers
  texts.implement(() => [1])
  const lengths = step({ name: 'x', inputs: { docs: list(z.string(), { lazy: true }) }, output: z.number() })
  // @ts-expect-error a lazy input is no array
  lengths.implement(({ docs }) => docs.length)
})

declare function verdictText(): Artifact<string>
